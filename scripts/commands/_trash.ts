/**
 * The trash: `.guild/trash/` with the folders of a project, `content/runs/<id>` and `runs/<id>`. A run is moved there and back; only
 * `guild purge` takes it away for good.
 */
import { cpSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ToolError } from "../../src/run/error.ts";
import { trashRoot } from "./_selection.ts";

/** What makes up a run, relative to a project: its public record and its own directory. */
function partsOf(id: string): string[] {
  return [join("content", "runs", id), join("runs", id)];
}

/** Moves a run to the trash. An older run of the same name in it is replaced: it was imported anew since. */
export function moveToTrash(root: string, id: string): void {
  const guildFolder = join(root, ".guild");
  mkdirSync(guildFolder, { recursive: true });
  if (!existsSync(join(guildFolder, ".gitignore"))) writeFileSync(join(guildFolder, ".gitignore"), "*\n");
  purge(root, id);
  moveParts(id, root, trashRoot(root));
}

/** Moves a run back. Throws ToolError `run-exists` when a run of that name has come to be in its place. */
export function restoreFromTrash(root: string, id: string): void {
  const [taken] = partsOf(id).filter((part) => existsSync(join(root, part)) && existsSync(join(trashRoot(root), part)));
  if (taken !== undefined) {
    throw new ToolError("run-exists", `${taken} is there again, so the deleted run was left in the trash`, {
      hint: `Delete or move the new one first: guild rm ${id}`,
    });
  }
  moveParts(id, trashRoot(root), root);
}

/** Takes a run out of the trash for good. */
export function purge(root: string, id: string): void {
  for (const part of partsOf(id)) rmSync(join(trashRoot(root), part), { recursive: true, force: true });
}

/** The public record last: as long as a run is listed, it can be moved again after an interruption. */
function moveParts(id: string, from: string, to: string): void {
  for (const part of partsOf(id).reverse()) {
    if (!existsSync(join(from, part))) continue;
    mkdirSync(dirname(join(to, part)), { recursive: true });
    move(join(from, part), join(to, part));
  }
}

function move(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    // A door: what renameSync throws has a code. `runs/` may be a link to another disk, where renaming does not reach.
    if ((error as NodeJS.ErrnoException).code !== "EXDEV") throw error;
    cpSync(from, to, { recursive: true, preserveTimestamps: true, verbatimSymlinks: true });
    rmSync(from, { recursive: true, force: true });
  }
}
