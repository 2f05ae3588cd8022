/** What `guild run --` adds to a command, also beside what Guild AI adds. */
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { defineFigure, type Row } from "./_contract.ts";
import { repository, withFolder } from "./project.ts";
import { median } from "./statistics.ts";
import { timed } from "./timed.ts";

const rounds = 11;
const limitSeconds = 0.15;
const limitRatio = 1 / 8;
/** The launcher finds this Node first, as a shell would. */
const env = { ...process.env, PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH ?? ""}` };

export default defineFigure({
  method:
    `\`guild run -- true\` and \`true\` take turns, ${rounds} times each after one unmeasured round, ` +
    "in a git repository with one file; the figure is the median of the differences. `true` hides nothing: whatever the recorder " +
    "does is waited for. Installed means the compiled JavaScript that the package ships; the other row is a checkout's TypeScript. " +
    "Beside Guild AI: `python3 train.py` (one line) bare, under ours and under `guild run -y train.py` in turns, with a home of its own; " +
    "it is looked for in GUILD_AI and on the PATH.",
  measure: () =>
    withFolder(async (folder) => {
      const project = join(folder, "project");
      spawnSync("git", ["init", "--quiet", project]);
      writeFileSync(join(project, "train.py"), "print('loss: 0.5')\n");
      const installed = installedGuild(join(folder, "installed"));
      const rows: Row[] = [];
      const ways = [
        ["installed", installed],
        ["from a checkout", join(repository, "scripts/launch.mjs")],
      ] as const;
      for (const [name, guild] of ways) {
        const [extra = NaN] = await extraSeconds(["true"], [[guild, "run", "--quiet", "--", "true"]], project);
        rows.push({
          what: `extra wall time of \`guild run -- CMD\` over \`CMD\`, start to exit, ${name}`,
          measured: `${extra.toFixed(3)} s, median of ${rounds}`,
          limit: `${limitSeconds} s`,
          within: extra <= limitSeconds,
        });
      }
      return [...rows, ...(await besideGuildAi(installed, project, join(folder, "home")))];
    }),
});

/** Seconds that each of `recorded` takes longer than `bare`, in turns: medians. */
async function extraSeconds(bare: readonly string[], recorded: readonly string[][], cwd: string): Promise<number[]> {
  for (const command of recorded) await timed(command, cwd, env);
  const differences = recorded.map((): number[] => []);
  for (let round = 0; round < rounds; round++) {
    const { wallSeconds } = await timed(bare, cwd, env);
    for (const [index, command] of recorded.entries()) {
      differences[index]?.push((await timed(command, cwd, env)).wallSeconds - wallSeconds);
    }
  }
  return differences.map(median);
}

async function besideGuildAi(guild: string, project: string, home: string): Promise<Row[]> {
  const other = findGuildAi();
  if (other === null) {
    console.error("SKIPPED: Guild AI is not here (pip install guildai; GUILD_AI=path/to/its/guild)");
    return [];
  }
  mkdirSync(home);
  const ours = [guild, "run", "--quiet", "--", "python3", "train.py"];
  const theirs = [other, "-H", home, "run", "-y", "train.py"];
  const [extra = NaN, extraOfOther = NaN] = await extraSeconds(["python3", "train.py"], [ours, theirs], project);
  return [
    {
      what: "the same over `python3 train.py`, as a share of what `guild run` of Guild AI 0.9 adds to it",
      measured: `${(extra / extraOfOther).toFixed(3)} (${extra.toFixed(3)} s of ${extraOfOther.toFixed(2)} s), medians of ${rounds}`,
      limit: "1/8",
      within: extra <= extraOfOther * limitRatio,
    },
  ];
}

/** Ours is called `guild` too: the other one says "guild 0.9.0". */
function findGuildAi(): string | null {
  const places = (process.env.PATH ?? "").split(delimiter).map((folder) => join(folder, "guild"));
  const isOther = (path: string): boolean => /^guild \d/.test(spawnSync(path, ["--version"], { encoding: "utf8" }).stdout ?? "");
  return [...(process.env.GUILD_AI ? [process.env.GUILD_AI] : []), ...places].find(isOther) ?? null;
}

/** The package as it is installed: what `npm pack` ships, with this checkout's node_modules in reach. The path of its command. */
function installedGuild(folder: string): string {
  const packed = spawnSync("npm", ["pack", "--pack-destination", join(folder, "..")], { cwd: repository, encoding: "utf8" });
  const name = packed.stdout.trim().split("\n").at(-1);
  if (packed.status !== 0 || !name) throw new Error(`npm pack failed:\n${packed.stderr}`);
  spawnSync("tar", ["-xzf", join(folder, "..", name), "-C", join(folder, "..")]);
  cpSync(join(folder, "../package"), join(folder, "node_modules/guildhall"), { recursive: true });
  linkModules(folder);
  return join(folder, "node_modules/guildhall/scripts/launch.mjs");
}

function linkModules(folder: string): void {
  spawnSync("sh", [
    "-c",
    `ln -s "$1"/* "$2"/ 2>/dev/null`,
    "link",
    join(repository, "node_modules"),
    join(folder, "node_modules"),
  ]);
}
