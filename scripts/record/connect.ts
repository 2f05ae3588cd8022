/**
 * How the command is connected: what its stdin, stdout and stderr are, and where the recorder reads what it prints.
 *
 * Without a pseudo-terminal (that is another file's affair), stdin is inherited and the output goes through pipes. One pipe for
 * both streams where the recorder's own stdout and stderr are the same object, so that what was in order stays in order;
 * two where the user split them.
 */
import { spawnSync } from "node:child_process";
import { closeSync, constants, fstatSync, openSync, unlinkSync } from "node:fs";
import { Socket } from "node:net";
import { join } from "node:path";
import type { OutputStream } from "../../src/run/log-lines.ts";

/** One way on which output comes to us: the reading end of a pipe, or the master of a pseudo-terminal. */
export interface Channel {
  stream: OutputStream;
  /**
   * The descriptor behind `readable`, for somebody who has to go on reading when we are gone (the guard): it is given away with
   * `spawn`'s `stdio`, at place 3 or later (at 0, 1 and 2 libuv makes the shared description blocking). Non-blocking, closed on
   * exec, valid until `readable` is destroyed. It ends with EOF (a pipe) or with EIO (a pseudo-terminal).
   * Null where Node's own pipes had to do: those cannot be given away.
   */
  readEnd: number | null;
  /** Gets its bytes back as they come. Not yet flowing. */
  readable: NodeJS.ReadableStream & { destroy(): void };
}

/** Something that `spawn` takes for a stream: a file descriptor or Node's own pipe. */
export type ChildStream = number | "pipe" | "inherit";

export interface Connection {
  stdio: [ChildStream, ChildStream, ChildStream];
  shared: boolean;
  /** What is added to the command's environment because of this connection. */
  env: Record<string, string>;
  /** What a guard can hold, from before the command starts: the channels' reading ends. Empty where they cannot be given away. */
  held: { stream: OutputStream; readEnd: number }[];
  /**
   * To be called once the command runs (with Node's own pipes, if those were asked for): closes our copies of the writing ends.
   * When it returns, only the command's processes hold them, so a channel ends when the last of these has let go of it. This is
   * the moment for a guard to be given copies of the reading ends: one started earlier would inherit nothing, but wait for ever.
   */
  started(pipes: { stdout: Channel["readable"] | null; stderr: Channel["readable"] | null }): Channel[];
  /** To be called instead when it could not be started. */
  abandoned(): void;
}

/**
 * Opens the channels. `sameOutput`: are our own stdout and stderr the same object?
 *
 * Real pipes (named for a moment inside `folder`) and not Node's: those are sockets, and a script's `echo x > /dev/stderr` or
 * `tee /dev/stderr` fails on a socket. Where no pipe can be made (another system, a file system without them), Node's own
 * are used, one for each stream.
 */
export function connect(folder: string, sameOutput: boolean, environment: NodeJS.ProcessEnv): Connection {
  // In pipes Python holds back 8 KB; people watch their lines come. Whoever set it, even to nothing, is left alone.
  const env: Record<string, string> = environment.PYTHONUNBUFFERED === undefined ? { PYTHONUNBUFFERED: "1" } : {};
  const pipes = openPipes(folder, sameOutput ? ["t"] : ["o", "e"]);
  if (pipes === null) {
    return {
      stdio: ["inherit", "pipe", "pipe"],
      shared: false,
      env,
      held: [],
      started: ({ stdout, stderr }) => [
        ...(stdout ? [{ stream: "o" as const, readable: stdout, readEnd: null }] : []),
        ...(stderr ? [{ stream: "e" as const, readable: stderr, readEnd: null }] : []),
      ],
      abandoned: () => {},
    };
  }
  const out = pipes[0]!;
  const err = pipes.at(-1)!;
  return {
    stdio: ["inherit", out.writeEnd, err.writeEnd],
    shared: sameOutput,
    env,
    held: pipes.map(({ stream, readEnd }) => ({ stream, readEnd })),
    started: () => {
      for (const { writeEnd } of pipes) closeSync(writeEnd);
      return pipes.map(({ stream, readEnd }) => ({
        stream,
        readEnd,
        readable: new Socket({ fd: readEnd, readable: true, writable: false }),
      }));
    },
    abandoned: () => {
      for (const { readEnd, writeEnd } of pipes) {
        closeSync(readEnd);
        closeSync(writeEnd);
      }
    },
  };
}

/** Are these two streams the same terminal, file or pipe? Streams without a file descriptor are compared as objects. */
export function isSameOutput(stdout: object, stderr: object): boolean {
  const [out, err] = [descriptorOf(stdout), descriptorOf(stderr)];
  if (out === null || err === null) return stdout === stderr;
  try {
    const [a, b] = [fstatSync(out, { bigint: true }), fstatSync(err, { bigint: true })];
    return a.dev === b.dev && a.ino === b.ino;
  } catch {
    return false; // one of them is closed
  }
}

/** The file descriptor behind a stream, or null. */
export function descriptorOf(stream: object): number | null {
  return "fd" in stream && typeof stream.fd === "number" && stream.fd >= 0 ? stream.fd : null;
}

interface Pipe {
  stream: OutputStream;
  readEnd: number;
  writeEnd: number;
}

function openPipes(folder: string, streams: OutputStream[]): Pipe[] | null {
  if (process.platform === "win32") return null;
  const paths = streams.map((stream) => join(folder, `.${stream}.pipe`));
  const open: Pipe[] = [];
  try {
    if (spawnSync("mkfifo", ["-m", "600", ...paths], { stdio: "ignore" }).status !== 0) return null;
    for (const [index, stream] of streams.entries()) {
      // The reading end first and without blocking; then there is a reader, and opening the writing end blocks no more.
      const readEnd = openSync(paths[index]!, constants.O_RDONLY | constants.O_NONBLOCK);
      const writeEnd = openSync(paths[index]!, constants.O_WRONLY);
      open.push({ stream, readEnd, writeEnd });
    }
    return open;
  } catch {
    for (const { readEnd, writeEnd } of open) {
      closeSync(readEnd);
      closeSync(writeEnd);
    }
    return null;
  } finally {
    for (const path of paths) removeQuietly(path);
  }
}

function removeQuietly(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // it was never made
  }
}
