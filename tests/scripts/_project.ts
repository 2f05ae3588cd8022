/** A project of somebody's in a temporary folder, and the real command line in it. */
import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parseRun } from "../../src/run/run-file.ts";
import type { Run } from "../../src/run/types.ts";

export const launcher = join(import.meta.dirname, "../../scripts/launch.mjs");

export interface TestProject {
  root: string;
  /** Writes a file, with the folders on its way. */
  write(path: string, text: string): void;
  read(path: string): string;
  has(path: string): boolean;
  /** Ids under `content/runs`, oldest first. */
  runs(): string[];
  /** The public record of a run; the newest without an id. Throws when there is none. */
  run(id?: string): Run;
  /** `guild …` without a terminal, to its end. */
  guild(...words: string[]): SpawnSyncReturns<string>;
  guildIn(folder: string, words: readonly string[], env?: NodeJS.ProcessEnv): SpawnSyncReturns<string>;
  remove(): void;
}

/** Makes the folder with these files; no git, no package.json. */
export function makeProject(files: Record<string, string> = {}): TestProject {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "guildhall-test-")));
  const runsFolder = join(root, "content", "runs");
  const guildIn: TestProject["guildIn"] = (folder, words, env = {}) =>
    spawnSync(process.execPath, [launcher, ...words], {
      cwd: join(root, folder),
      env: { ...process.env, NO_COLOR: "1", ...env },
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    });
  const project: TestProject = {
    root,
    write(path, text) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    },
    read: (path) => readFileSync(join(root, path), "utf8"),
    has: (path) => existsSync(join(root, path)),
    runs() {
      const ids = existsSync(runsFolder) ? readdirSync(runsFolder) : [];
      // Two runs of one second are not in the order of their names.
      return ids.sort((a, b) => (project.run(a).started < project.run(b).started ? -1 : 1));
    },
    run(id = project.runs().at(-1)) {
      if (id === undefined) throw new Error("nothing was recorded");
      return parseRun(JSON.parse(readFileSync(join(runsFolder, id, "run.json"), "utf8")));
    },
    guild: (...words) => guildIn(".", words),
    guildIn,
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
  for (const [path, text] of Object.entries(files)) project.write(path, text);
  return project;
}

/** A program that prints its arguments and some variables as one line of JSON, and fails when FLAG_EPOCHS is 0. */
export const tell = `
if (process.env.FLAG_EPOCHS === "0") process.exit(3);
const { RUN_DIR, RUNDIR, PARENT_RUN_DIR } = process.env;
const flags = Object.fromEntries(Object.entries(process.env).filter(([name]) => name.startsWith("FLAG_")).sort());
console.log(JSON.stringify({ words: process.argv.slice(2), cwd: process.cwd(), RUN_DIR, RUNDIR, PARENT_RUN_DIR, flags }));
`;
