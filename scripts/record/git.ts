/** Asking git about a project, without leaving a trace in it. */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

const GIT_TIMEOUT_MS = 10_000;
const MOST_BYTES = 256 * 1024 * 1024;

/** What is written by recording and building: it must not make the next run "dirty". */
export const NOT_CODE: readonly string[] = ["content", "runs", "sweeps", "dist", ".guild"];

/** The words that keep what is no code out of a git command; they come after `-- .`. */
export function withoutRecords(): string[] {
  return NOT_CODE.map((folder) => `:(exclude)${folder}`);
}

/**
 * What git prints (as UTF-8), or null when it fails, is missing, takes longer than ten seconds, or prints more than
 * `mostBytes`. Nothing is written into the repository: optional locks are off.
 */
export async function git(root: string, args: string[], mostBytes: number = MOST_BYTES): Promise<string | null> {
  if (!isInRepository(root)) return null;
  // The monitor, hooks and differs would start programs of theirs, a partial clone would ask its server; a description must not.
  // Submodules hear of these settings, too.
  const settings = [
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",
    "core.quotePath=false",
    "diff.external=",
    "submodule.recurse=false",
  ];
  const env = { ...process.env, GIT_OPTIONAL_LOCKS: "0", GIT_NO_LAZY_FETCH: "1", GIT_TERMINAL_PROMPT: "0", LC_ALL: "C" };
  const options = { cwd: root, env, maxBuffer: mostBytes, timeout: GIT_TIMEOUT_MS };
  return new Promise((resolve) => {
    execFile("git", [...settings.flatMap((setting) => ["-c", setting]), ...args], options, (error, stdout) =>
      resolve(error === null ? stdout : null),
    );
  });
}

/** A look upwards is cheaper than a process that finds nothing; whoever sets GIT_DIR knows where theirs is. */
function isInRepository(folder: string): boolean {
  if (process.env.GIT_DIR !== undefined || existsSync(join(folder, ".git"))) return true;
  return dirname(folder) !== folder && isInRepository(dirname(folder));
}
