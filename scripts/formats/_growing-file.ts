import { closeSync, fstatSync, openSync, readSync, statSync } from "node:fs";

/** So much is read in one go. */
export const CHUNK_BYTES = 1 << 20;

/** Shared by all files: between two readings only what was not taken stays with a file. */
const scratch = Buffer.allocUnsafeSlow(CHUNK_BYTES + (64 << 10));

/** Takes what it can of `bytes[start, end)`, the file's next bytes, and gives back where to begin the next time. */
type Take = (bytes: Buffer, start: number, end: number) => number;

export interface GrowingFile {
  /** Reads at most `most` bytes behind what was read before and gives them, after what was not taken, to `take`. 0 at the end. */
  read(most: number, take: Take): number;
  /** What was not taken, once more. */
  rest(take: Take): void;
  /** The path names another file now, or the file is shorter than what was read of it. */
  isReplaced(): boolean;
  close(): void;
}

/** Opens a file that may be growing. Memory holds what was not taken, never more than was really read. Throws what the file system throws. */
export function openGrowingFile(path: string): GrowingFile {
  const file = openSync(path, "r");
  let position = 0;
  let held = Buffer.alloc(0);
  let [from, to] = [0, 0];
  /** Room for `more` bytes behind what is held. */
  const makeRoom = (more: number): void => {
    const length = to - from;
    if (held !== scratch && held.length - to >= more) return;
    const roomy = length + more <= scratch.length ? scratch : Buffer.allocUnsafeSlow(2 * length + more);
    held.copy(roomy, 0, from, to);
    held = roomy;
    [from, to] = [0, length];
  };
  const give = (take: Take): void => {
    from = take(held, from, to);
    if (held !== scratch) return;
    held = Buffer.from(scratch.subarray(from, to));
    [from, to] = [0, held.length];
  };
  return {
    read(most, take) {
      const more = Math.min(most, CHUNK_BYTES);
      makeRoom(more);
      const read = readSync(file, held, to, more, position);
      position += read;
      to += read;
      give(take);
      return read;
    },
    rest: give,
    isReplaced() {
      const own = fstatSync(file);
      const named = statSync(path, { throwIfNoEntry: false });
      return own.size < position || (named !== undefined && (named.ino !== own.ino || named.dev !== own.dev));
    },
    close: () => closeSync(file),
  };
}
