import { accessSync, constants, existsSync, mkdirSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ToolError } from "../../src/run/error.ts";
import { makeRunId } from "../../src/run/ids.ts";
import type { Effects } from "./effects.ts";
import { keepReserve, reservesOf } from "./reserve.ts";

/** A run's name and its places, all absolute. They exist, but for the public record's: it is made when there is something in it. */
export interface Claim {
  id: string;
  /** RUN_DIR: the program's own output directory. */
  runDir: string;
  /** The exact log. */
  logDir: string;
  /** The public record. */
  contentDir: string;
  /** Takes back what was made, for a command that could not be started. Leaves whatever somebody else put there. */
  giveUp(): void;
}

/** Git leaves runs alone, and nothing else: TensorBoard's SummaryWriter also likes a folder called `runs`. */
export const RUNS_IGNORED = `/${"[0-9]".repeat(8)}T${"[0-9]".repeat(6)}-*/\n`;

/**
 * Makes the directories of a new run. `mkdir` of `runs/<id>` without `-p` is the lock: two recorders never share a run, on
 * NFS either; when the name is taken, a longer suffix is tried.
 *
 * Throws ToolError `not-writable` (exit code 125) with the path when `runs/` or `content/` cannot be written; nothing has been
 * started then.
 */
export function claimRun(root: string, started: Date, effects: Effects): Claim {
  const made: string[] = [];
  const folder = (path: string): void => {
    const missing = missingFolders(path);
    attempt(path, () => makeFolder(path, missing));
    made.push(...missing);
  };
  const file = (path: string, text: string): void => {
    if (existsSync(path)) return;
    attempt(path, () => writeFileSync(path, text, { flag: "wx" }));
    made.push(path);
  };
  const runs = join(root, "runs");
  const records = join(root, "content", "runs");
  try {
    folder(runs);
    folder(records);
    file(join(runs, ".gitignore"), RUNS_IGNORED);
    folder(join(root, ".guild"));
    file(join(root, ".guild", ".gitignore"), "*\n");
    const id = makeRunFolder(runs, started, effects);
    const places = { id, runDir: join(runs, id), logDir: join(runs, id, ".guild"), contentDir: join(records, id) };
    try {
      attempt(places.logDir, () => mkdirSync(places.logDir));
      attempt(places.contentDir, () => accessSync(records, constants.W_OK | constants.X_OK));
    } catch (error) {
      giveUp(root, places, made);
      throw error;
    }
    // Before the command starts: it may fill the disk faster than we load.
    for (const path of reservesOf(root, places)) keepReserve(path);
    return { ...places, giveUp: () => giveUp(root, places, made) };
  } catch (error) {
    takeBack(made);
    throw error;
  }
}

/** Node says ENOENT of a recursive mkdir on a read-only disk; the plain one knows better. */
function makeFolder(path: string, missing: readonly string[]): void {
  try {
    mkdirSync(path, { recursive: true });
  } catch (error) {
    if (codeOf(error) === "ENOENT") for (const folder of missing) mkdirSync(folder);
    throw error;
  }
}

function makeRunFolder(runs: string, started: Date, effects: Effects): string {
  for (let digits = 4; ; digits = Math.min(digits + 2, 16)) {
    const id = makeRunId(started, effects.random, digits);
    try {
      mkdirSync(join(runs, id));
      return id;
    } catch (error) {
      if (codeOf(error) !== "EEXIST") throw notWritable(join(runs, id), error);
    }
  }
}

function attempt(path: string, action: () => void): void {
  try {
    action();
  } catch (error) {
    if (codeOf(error) === "EEXIST" && existsSync(path) && !path.endsWith("runs")) return; // another recorder was first
    throw notWritable(path, error);
  }
}

const HINTS: Record<string, string> = {
  ENOSPC: "The disk is full. Make room on it (df -h shows it), or run guild in a directory on another disk.",
  EDQUOT: "Your quota of the disk is used up. Remove something, or run guild in a directory on another disk.",
  EROFS: "The disk can only be read. Run guild in a project directory that can be written.",
};

function notWritable(path: string, cause: unknown): ToolError {
  const reason =
    cause instanceof Error
      ? cause.message.replace(/^(\w+): /, "$1, ").replace(/, (?:mkdir|open|write|access).*$/, "")
      : String(cause);
  return new ToolError("not-writable", `Cannot write ${path}: ${reason}. Nothing was started.`, {
    hint: HINTS[String(codeOf(cause))] ?? "Make the directory writable, or run guild in a project directory of your own.",
    exitCode: 125,
    cause,
  });
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}

/** The folders on the way to `path` that are not there yet, the outermost first. */
function missingFolders(path: string): string[] {
  return existsSync(path) ? [] : [...missingFolders(dirname(path)), path];
}

/** Removes a run that never was, and with it the folders that were `made` for it and are empty. */
export function giveUp(root: string, places: Omit<Claim, "giveUp">, made: string[] = []): void {
  for (const path of [...reservesOf(root, places), places.runDir, places.contentDir])
    rmSync(path, { recursive: true, force: true });
  takeBack(made);
}

/** Removes what was made, the last first; a folder that is no longer empty belongs to somebody else now. */
function takeBack(made: string[]): void {
  for (const path of made.reverse()) {
    try {
      if (path.endsWith(".gitignore")) rmSync(path);
      else rmdirSync(path);
    } catch {
      // not empty, or gone: both are fine
    }
  }
}
