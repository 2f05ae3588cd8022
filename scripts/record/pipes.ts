import { spawnSync } from "node:child_process";
import { closeSync, constants, openSync, unlinkSync } from "node:fs";
import { join } from "node:path";

export interface Pipe {
  /** Non-blocking. Both are closed on exec. */
  readEnd: number;
  writeEnd: number;
}

/**
 * Makes real pipes, named for a moment inside `folder`; null where none can be made (another system, a file system without).
 *
 * Not Node's own: those are sockets, and a script's `echo x > /dev/stderr` or `tee /dev/stderr` fails on a socket.
 */
export function openPipes(folder: string, count: number): Pipe[] | null {
  if (count === 0) return [];
  if (process.platform === "win32") return null;
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
