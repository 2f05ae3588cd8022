/** What `guild run --` adds to a command. */
import { spawnSync } from "node:child_process";
import { cpSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { defineFigure } from "./_contract.ts";
import { guild, repository, withFolder } from "./project.ts";
import { median } from "./statistics.ts";
import { timed } from "./timed.ts";

const rounds = 11;
const limitSeconds = 0.25;
const command = ["true"];

export default defineFigure({
  method:
    `\`guild run -- ${command.join(" ")}\` and \`${command.join(" ")}\` take turns, ${rounds} times each after one unmeasured round, ` +
    "in a git repository with one file; the figure is the median of the differences. `true` hides nothing: whatever the recorder " +
    "does is waited for. Installed means the compiled JavaScript that the package ships; the other row is a checkout's TypeScript.",
  measure: () =>
    withFolder(async (folder) => {
      const repositoryLike = join(folder, "project");
      spawnSync("git", ["init", "--quiet", repositoryLike]);
      writeFileSync(join(repositoryLike, "train.py"), "print('loss: 0.5')\n");
      const installed = installedGuild(join(folder, "installed"));
      const rows = [];
      for (const [name, words] of [["installed", installed] as const, ["from a checkout", guild] as const]) {
        const extra = await extraSeconds(words, repositoryLike);
        rows.push({
          what: `extra wall time of \`guild run -- CMD\` over \`CMD\`, start to exit, ${name}`,
          measured: `${extra.toFixed(3)} s, median of ${rounds}`,
          limit: `${limitSeconds} s`,
          within: extra <= limitSeconds,
        });
      }
      return rows;
    }),
});

async function extraSeconds(words: readonly string[], cwd: string): Promise<number> {
  const recorded = [...words, "run", "--quiet", "--", ...command];
  await timed(recorded, cwd);
  const differences: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const bare = await timed(command, cwd);
    const wrapped = await timed(recorded, cwd);
    differences.push(wrapped.wallSeconds - bare.wallSeconds);
  }
  return median(differences);
}

/** The package as it is installed: what `npm pack` ships, with this checkout's node_modules in reach. */
function installedGuild(folder: string): string[] {
  const packed = spawnSync("npm", ["pack", "--pack-destination", join(folder, "..")], { cwd: repository, encoding: "utf8" });
  const name = packed.stdout.trim().split("\n").at(-1);
  if (packed.status !== 0 || !name) throw new Error(`npm pack failed:\n${packed.stderr}`);
  spawnSync("tar", ["-xzf", join(folder, "..", name), "-C", join(folder, "..")]);
  cpSync(join(folder, "../package"), join(folder, "node_modules/guildhall"), { recursive: true });
  linkModules(folder);
  return [process.execPath, join(folder, "node_modules/guildhall/scripts/launch.mjs")];
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
