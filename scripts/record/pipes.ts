import { spawnSync } from "node:child_process";
import { closeSync, constants, openSync, unlinkSync } from "node:fs";
import { join } from "node:path";
import { loadKoffi } from "./koffi.ts";

/** O_CLOEXEC of Linux on all that koffi has a build for. */
const CLOEXEC = 0o2000000;
/** F_SETPIPE_SZ of fcntl(2), and the most that anybody may ask for: a program that prints a lot waits less often for us. */
const SET_PIPE_SIZE = 1031;
const PIPE_BYTES = 1024 * 1024;

export interface Pipe {
  /** Becomes non-blocking when Node reads it. Both are closed on exec. */
  readEnd: number;
  writeEnd: number;
}

/**
 * Makes real pipes; null where none can be made (another system, a file system without).
 *
 * Not Node's own: those are sockets, and a script's `echo x > /dev/stderr` or `tee /dev/stderr` fails on a socket. By pipe(2)
 * where koffi lets us call it; else they are named for a moment inside `folder`, which takes a program (mkfifo) and 5 ms.
 */
export async function openPipes(folder: string, count: number): Promise<Pipe[] | null> {
  if (count === 0) return [];
  if (process.platform === "win32") return null;
  return (await unnamedPipes(count)) ?? namedPipes(folder, count);
}

async function unnamedPipes(count: number): Promise<Pipe[] | null> {
  if (process.platform !== "linux") return null;
  const open: Pipe[] = [];
  try {
    const library = (await loadKoffi()).load(null);
    const pipe2: (ends: Int32Array, flags: number) => unknown = library.func("int pipe2(int *, int)");
    const fcntl: (file: number, command: number, value: number) => unknown = library.func("int fcntl(int, int, int)");
    while (open.length < count) {
      const ends = new Int32Array(2);
      if (pipe2(ends, CLOEXEC) !== 0) throw new Error("no descriptors left");
      open.push({ readEnd: ends[0]!, writeEnd: ends[1]! });
      fcntl(ends[1]!, SET_PIPE_SIZE, PIPE_BYTES); // refused where a user has too many: then it stays small
    }
    return open;
  } catch {
    closePipes(open);
    return null; // no koffi here
  }
}

function namedPipes(folder: string, count: number): Pipe[] | null {
  const paths = Array.from({ length: count }, (_, index) => join(folder, `.${index}.pipe`));
  const open: Pipe[] = [];
  try {
    if (spawnSync("mkfifo", ["-m", "600", ...paths], { stdio: "ignore" }).status !== 0) return null;
    for (const path of paths) {
      // The reading end first and without blocking; then there is a reader, and opening the writing end blocks no more.
      const readEnd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
      const writeEnd = openSync(path, constants.O_WRONLY);
      open.push({ readEnd, writeEnd });
    }
    return open;
  } catch {
    closePipes(open);
    return null;
  } finally {
    for (const path of paths) removeQuietly(path);
  }
}

/** Closes both ends of each. */
export function closePipes(pipes: readonly Pipe[]): void {
  for (const { readEnd, writeEnd } of pipes) {
    closeSync(readEnd);
    closeSync(writeEnd);
  }
}

function removeQuietly(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // it was never made
  }
}
