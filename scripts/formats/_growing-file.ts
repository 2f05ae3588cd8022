import { closeSync, fstatSync, openSync, readSync, statSync } from "node:fs";

/** So much is read in one go. */
export const CHUNK_BYTES = 1 << 20;
/** What was not taken is read again the next time, up to this much: it may have been a page that had not come yet. */
const AGAIN_BYTES = 64 << 10;

/** Shared by all files: between two readings only what is long and was not taken stays with a file. */
const scratch = Buffer.allocUnsafeSlow(CHUNK_BYTES + AGAIN_BYTES);

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
  let furthest = 0;
  let again = 0;
  let held = scratch;
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
    const left = to - from;
    if (left <= AGAIN_BYTES) {
      again = left;
      position -= left;
      held = scratch;
      [from, to] = [0, 0];
    } else if (held === scratch) {
      held = Buffer.from(scratch.subarray(from, to));
      [from, to] = [0, left];
    }
  };
  const readOn = (more: number, take: Take): number => {
    const known = again;
    again = 0;
    makeRoom(known + more);
    const read = readSync(file, held, to, known + more, position);
    position += read;
    to += read;
    furthest = Math.max(furthest, position);
    give(take);
    return Math.max(0, read - known);
  };
  return {
    read: (most, take) => readOn(Math.min(most, CHUNK_BYTES), take),
    rest: (take) => void (again > 0 ? readOn(0, take) : give(take)),
    isReplaced() {
      const own = fstatSync(file);
      const named = statSync(path, { throwIfNoEntry: false });
      return own.size < furthest || (named !== undefined && (named.ino !== own.ino || named.dev !== own.dev));
    },
    close: () => closeSync(file),
  };
}
