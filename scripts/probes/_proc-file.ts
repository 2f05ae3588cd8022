import { closeSync, openSync, readSync } from "node:fs";

/** A file of /proc that is read again and again. */
export interface ProcFile {
  /** The whole text as it is now. Throws what the file system throws. */
  read(): string;
  close(): void;
}

/**
 * Opens a file of /proc and keeps it open: reading it from the start again costs a tenth of opening it anew.
 * Gives null where there is none (another system, an older kernel, not allowed).
 */
export function openProcFile(path: string): ProcFile | null {
  let file: number;
  try {
    file = openSync(path, "r");
  } catch {
    return null;
  }
  let buffer = Buffer.alloc(4096);
  return {
    read() {
      for (;;) {
        const length = readSync(file, buffer, 0, buffer.length, 0);
        if (length < buffer.length) return buffer.toString("utf8", 0, length);
        buffer = Buffer.alloc(buffer.length * 4);
      }
    },
    close: () => closeSync(file),
  };
}

/** What is said where a file of /proc is missing. */
export function noFile(path: string): { absent: string } {
  return { absent: process.platform === "linux" ? `cannot read ${path}` : `${path} is there on Linux only` };
}
