import { closeSync, fstatSync, openSync, readSync, writeSync } from "node:fs";
import { diskTrouble } from "./disk-trouble.ts";

/** How often a file that could not be written is tried again: a disk that was full may have room later, and trainings are long. */
const RETRY_MS = 1000;

/** A file that only grows. Every call has reached the system when it returns. */
export interface Appender {
  /** Bytes that stand in the file. */
  readonly size: number;
  /** Bytes that were given and could not be kept. */
  readonly lost: number;
  /** False when not all of it could be written. */
  append(data: Uint8Array | string): boolean;
  close(): void;
}

/**
 * Opens a file to append to; it may hold something already. With `lines`, what is appended are whole lines, and a line that was
 * torn before (by a crash, or by a disk that was full for a while) is closed by a newline first.
 *
 * A failure is told once to `warn`, never thrown. The file is then tried again at most once a second: what is given meanwhile
 * is counted in `lost`.
 */
export function appendTo(
  path: string,
  { lines, warn, nowMs = () => performance.now() }: { lines: boolean; warn: (message: string) => void; nowMs?: () => number },
): Appender {
  let file: number | null = null;
  let size = 0;
  let lost = 0;
  let torn = false;
  let retryAt = Number.NEGATIVE_INFINITY;
  let closed = false;
  let warned = false;
  const failed = (error: unknown): void => {
    retryAt = nowMs() + RETRY_MS;
    if (warned) return;
    warned = true;
    warn(diskTrouble(`Not everything is recorded: cannot write ${path}`, error));
  };
  const open = (): number => {
    const opened = openSync(path, "a+");
    ({ size } = fstatSync(opened));
    torn = size > 0 && lastByte(opened, size) !== 10;
    return opened;
  };
  try {
    file = open();
  } catch (error) {
    failed(error);
  }
  return {
    get size() {
      return size;
    },
    get lost() {
      return lost;
    },
    append(data) {
      let bytes = typeof data === "string" ? Buffer.from(data) : data;
      let given = bytes.length;
      if (closed || nowMs() < retryAt) {
        lost += given;
        return false;
      }
      try {
        file ??= open();
        if (lines && torn) {
          bytes = Buffer.concat([Buffer.from("\n"), bytes]);
          given = bytes.length;
        }
        while (given > 0) {
          const written = writeSync(file, bytes, bytes.length - given, given);
          given -= written;
          size += written;
        }
        torn = false;
        return true;
      } catch (error) {
        torn = given < bytes.length || torn;
        lost += given;
        failed(error);
        return false;
      }
    },
    close() {
      closed = true;
      if (file !== null) closeSync(file);
      file = null;
    },
  };
}

function lastByte(file: number, size: number): number | undefined {
  const byte = Buffer.alloc(1);
  return readSync(file, byte, 0, 1, size - 1) === 1 ? byte[0] : undefined;
}
