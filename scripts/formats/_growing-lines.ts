import { closeSync, openSync, readSync, statSync } from "node:fs";
import { StringDecoder } from "node:string_decoder";

/** So much of a file's beginning tells whether it is still the same file that only grew. */
const HEAD_BYTES = 4096;
const CHUNK_BYTES = 256 * 1024;
/** A longer line is cut off by nobody sane: what is longer is skipped. */
const LINE_CHARS = 1024 * 1024;

export interface GrowingLines {
  /**
   * Gives the whole lines that were appended since the last call, without their ends, at most `budgetBytes` of them; true when
   * there is more. When the file was written anew (another file, a shorter one, another beginning), `onAnew` is called and the
   * lines come from its beginning. Throws what the file system throws; a file that is gone gives nothing.
   */
  read(budgetBytes: number, onLine: (line: string) => void, onAnew: () => void): boolean;
  /** What stands after the last line end. */
  readonly rest: string;
}

/** Follows a text file by its path. No descriptor is kept: a program may write hundreds, and replaces them as it likes. */
export function followLines(path: string): GrowingLines {
  let offset = 0;
  let head: Buffer = Buffer.alloc(0);
  let seen = { ino: -1, size: 0, mtimeMs: 0 };
  let rest = "";
  let decoder = new StringDecoder("utf8");

  const take = (text: string, onLine: (line: string) => void): void => {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    if (rest.length > LINE_CHARS) rest = "";
    for (const line of lines) onLine(line.endsWith("\r") ? line.slice(0, -1) : line);
  };

  return {
    get rest() {
      return rest;
    },
    read(budgetBytes, onLine, onAnew) {
      const stat = statSync(path, { throwIfNoEntry: false });
      if (stat === undefined || !stat.isFile()) return false;
      const { ino, size, mtimeMs } = stat;
      if (ino === seen.ino && size === seen.size && mtimeMs === seen.mtimeMs && offset >= size) return false;
      const file = openSync(path, "r");
      try {
        const beginning = Buffer.alloc(Math.min(HEAD_BYTES, head.length));
        readSync(file, beginning, 0, beginning.length, 0);
        if (size < offset || !beginning.equals(head)) {
          offset = 0;
          head = Buffer.alloc(0);
          rest = "";
          decoder = new StringDecoder("utf8");
          onAnew();
        }
        const chunk = Buffer.alloc(Math.min(CHUNK_BYTES, Math.max(0, size - offset)));
        for (let left = budgetBytes; left > 0 && offset < size; ) {
          const got = readSync(file, chunk, 0, Math.min(chunk.length, left), offset);
          if (got === 0) break;
          if (head.length < HEAD_BYTES) head = Buffer.concat([head, chunk.subarray(0, Math.min(got, HEAD_BYTES - head.length))]);
          offset += got;
          left -= got;
          take(decoder.write(chunk.subarray(0, got)), onLine);
        }
        seen = { ino, size, mtimeMs };
        return offset < size;
      } finally {
        closeSync(file);
      }
    },
  };
}
