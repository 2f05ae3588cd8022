import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { placedFiles } from "../../src/load/placed-files.ts";
import type { RunFile } from "../../src/run/types.ts";
import { listOutputFiles } from "./output-files.ts";

/** Larger files are listed without a digest. */
const FILE_BYTES = 64 * 1024 * 1024;
/** All files together: whoever writes more waits for its training, not for us. */
const TOTAL_BYTES = 256 * 1024 * 1024;
/** So many files stand in `run.json`. */
const LISTED = 200;

/** The files of RUN_DIR that the command has written, for the public record: by path, with their SHA-256 while they are small; and how many were left out. */
export async function digestFiles(runDir: string): Promise<{ files: RunFile[]; omitted: number }> {
  const isPlaced = placedFiles(runDir);
  const all = listOutputFiles(runDir).filter((file) => !isPlaced(file));
  const files: RunFile[] = [];
  let total = 0;
  for (const { path, bytes } of all.slice(0, LISTED)) {
    const small = bytes <= FILE_BYTES && total + bytes <= TOTAL_BYTES;
    if (small) total += bytes;
    const sha256 = small ? await digest(join(runDir, path)) : null;
    files.push(sha256 === null ? { path, bytes } : { path, bytes, sha256 });
  }
  return { files: files.sort((a, b) => (a.path < b.path ? -1 : 1)), omitted: all.length - files.length };
}

/** Hexadecimal; null when the file cannot be read. */
async function digest(path: string): Promise<string | null> {
  const hash = createHash("sha256");
  try {
    await pipeline(createReadStream(path), hash);
    return hash.digest("hex");
  } catch {
    return null;
  }
}
