/** What is put into a run's directory before its command starts: required files, linked sources, files rewritten for the run. */
import { constants, lstatSync, mkdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { cp, readdir, stat } from "node:fs/promises";
import { dirname, isAbsolute, join, normalize, relative, sep } from "node:path";
import { PLACED_LIST, type PlacedFile } from "../../src/load/placed-files.ts";
import { ToolError } from "../../src/run/error.ts";

export type Placement =
  | {
      /** Relative to RUN_DIR, forward slashes. */
      to: string;
      /** A file or folder, absolute. */
      from: string;
      how: "copy" | "link";
      /** Takes the place of what was put there before. */
      replace?: boolean;
    }
  | { to: string; text: string; replace?: boolean };

/**
 * Puts everything in its place, in the order given: what is there already stays, unless `replace` says otherwise. Folders that are
 * linked are never written into. What was copied or written is listed in the placed list of `logDir`.
 *
 * Throws ToolError `not-placed` (exit code 125) with the path; nothing has been started then.
 */
export async function place(runDir: string, logDir: string, placements: readonly Placement[]): Promise<void> {
  const own = realpathSync(runDir);
  const placed: PlacedFile[] = [];
  for (const placement of placements) {
    const path = join(runDir, placeIn(placement.to));
    try {
      if (!isFree(path, own, placement.replace ?? false)) continue;
      mkdirSync(dirname(path), { recursive: true });
      if ("text" in placement) writeFileSync(path, placement.text);
      else if (placement.how === "link") symlinkSync(placement.from, path);
      else await copy(placement.from, path);
      if (!("how" in placement) || placement.how === "copy") placed.push(...(await filesIn(path, runDir)));
    } catch (cause) {
      throw notPlaced(placement.to, cause);
    }
  }
  if (placed.length > 0) writeFileSync(join(logDir, PLACED_LIST), `${JSON.stringify(placed)}\n`, { mode: 0o600 });
}

function placeIn(to: string): string {
  const path = normalize(to);
  if (!isAbsolute(path) && path !== ".." && !path.startsWith(`..${sep}`) && path !== ".") return path;
  throw new ToolError("not-placed", `${to} lies outside of the run's directory`, { exitCode: 2 });
}

/** Through a link to another folder nothing is written: that folder is somebody else's. */
function isFree(path: string, own: string, replace: boolean): boolean {
  let above = dirname(path);
  while (lstatSync(above, { throwIfNoEntry: false }) === undefined) above = dirname(above);
  const real = realpathSync(above);
  if (real !== own && !real.startsWith(own + sep)) return false;
  if (lstatSync(path, { throwIfNoEntry: false }) === undefined) return true;
  if (replace) rmSync(path, { recursive: true, force: true });
  return replace;
}

/** As a clone that takes no room, where the file system can; times are kept. */
async function copy(from: string, to: string): Promise<void> {
  await cp(from, to, {
    recursive: true,
    dereference: true,
    preserveTimestamps: true,
    errorOnExist: true,
    force: false,
    mode: constants.COPYFILE_FICLONE,
  });
}

async function filesIn(path: string, runDir: string): Promise<PlacedFile[]> {
  const found = await stat(path);
  if (found.isFile()) return [{ path: relative(runDir, path).split(sep).join("/"), bytes: found.size, mtimeMs: found.mtimeMs }];
  const below: PlacedFile[] = [];
  for (const name of await readdir(path)) below.push(...(await filesIn(join(path, name), runDir)));
  return below;
}

function notPlaced(to: string, cause: unknown): ToolError {
  if (cause instanceof ToolError) return cause;
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new ToolError("not-placed", `${to} cannot be put into the run's directory: ${reason}`, {
    hint: "Nothing was started.",
    exitCode: 125,
    cause,
  });
}
