import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isObject } from "../../src/run/shape.ts";
import type { OutputFile } from "./output-files.ts";

/** A file that was put into RUN_DIR before the command started: none of the run's own while it stays as it was. */
export type PlacedFile = OutputFile;

const NAME = "placed.json";

/** Throws what the file system throws. */
export function writePlacedList(logDir: string, placed: readonly PlacedFile[]): void {
  writeFileSync(join(logDir, NAME), `${JSON.stringify(placed)}\n`, { mode: 0o600 });
}

/** Tells the files that were put into RUN_DIR, and that the command has not changed, from those that it has written. */
export function placedFiles(runDir: string): (file: OutputFile) => boolean {
  const placed = new Map(readPlacedList(join(runDir, ".guild")).map((file) => [file.path, file]));
  return ({ path, bytes, mtimeMs }) => {
    const before = placed.get(path);
    return before !== undefined && before.bytes === bytes && before.mtimeMs === mtimeMs;
  };
}

function readPlacedList(logDir: string): PlacedFile[] {
  try {
    const raw: unknown = JSON.parse(readFileSync(join(logDir, NAME), "utf8"));
    // A door: only we write the file; a wrong entry fits no file.
    return (Array.isArray(raw) ? raw : []).filter((entry): entry is PlacedFile => isObject(entry));
  } catch {
    return []; // nothing was put there, or the list is torn: then everything counts as written
  }
}
