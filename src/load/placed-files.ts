import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isObject } from "../run/shape.ts";

/** A file that was put into RUN_DIR before the command started: none of the run's own while it stays as it was. */
export interface PlacedFile {
  /** Relative to RUN_DIR, forward slashes. */
  path: string;
  bytes: number;
  mtimeMs: number;
}

/** The list of them in the exact log's folder. */
export const PLACED_LIST = "placed.json";

/** Tells the files that were put into RUN_DIR, and that the command has not changed, from those that it has written. */
export function placedFiles(runDir: string): (file: PlacedFile) => boolean {
  const placed = new Map(readPlacedList(join(runDir, ".guild")).map((file) => [file.path, file]));
  return ({ path, bytes, mtimeMs }) => {
    const before = placed.get(path);
    return before !== undefined && before.bytes === bytes && before.mtimeMs === mtimeMs;
  };
}

function readPlacedList(logDir: string): PlacedFile[] {
  try {
    const raw: unknown = JSON.parse(readFileSync(join(logDir, PLACED_LIST), "utf8"));
    // A door: only we write the file; a wrong entry fits no file.
    return (Array.isArray(raw) ? raw : []).filter((entry): entry is PlacedFile => isObject(entry));
  } catch {
    return []; // nothing was put there, or the list is torn: then everything counts as written
  }
}
