import { closeSync, fstatSync, openSync, readSync } from "node:fs";

/** At most this much is read in one go: a page that was opened late catches up in steps. */
const CHUNK_BYTES = 1 << 20;

/**
 * The bytes of a growing file from `offset` on, up to its last newline (all of them with `partial`), and where to go on.
 *
 * A line that is still being written stays for the next time, unless it alone fills a chunk. A file that is missing, or
 * shorter than `offset`, gives no bytes and the same offset.
 */
export function readTail(path: string, offset: number, partial = false): { bytes: Buffer; next: number } {
  let file: number;
  try {
    file = openSync(path, "r");
  } catch {
    return { bytes: Buffer.alloc(0), next: offset };
  }
  try {
    const length = Math.min(CHUNK_BYTES, fstatSync(file).size - offset);
    if (length <= 0) return { bytes: Buffer.alloc(0), next: offset };
    const buffer = Buffer.alloc(length);
    const chunk = buffer.subarray(0, readSync(file, buffer, 0, length, offset));
    const end = partial || (chunk.length === CHUNK_BYTES && !chunk.includes(10)) ? chunk.length : chunk.lastIndexOf(10) + 1;
    return { bytes: chunk.subarray(0, end), next: offset + end };
  } finally {
    closeSync(file);
  }
}
