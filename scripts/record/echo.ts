import { fstatSync, write as writeFile, writeSync } from "node:fs";
import { descriptorOf } from "./same-output.ts";

/** How much may wait for a slow reader before the command is held back. */
const WAITING_BYTES = 256 * 1024;
/** How long to wait when the other end says "try again" (a terminal or pipe that somebody made non-blocking). */
const RETRY_MS = 5;

/** Passes bytes on to our own stdout or stderr, in order, unchanged. */
export interface Echo {
  /** False when the reader is behind: hold back until `ready`. */
  write(chunk: Uint8Array): boolean;
  /** Resolves when there is room again, or when nobody reads any more. */
  ready(): Promise<void>;
  /** Resolves when everything has been passed on, or dropped because nobody reads any more. */
  flushed(): Promise<void>;
}

/**
 * Echoes to a stream. A descriptor is written to directly and in the background: Node's own streams write to pipes and
 * terminals synchronously, and while a stopped pager holds such a write no signal would be passed on.
 *
 * When the reader is gone (`| head`, a closed terminal) the echo is dropped and the recording goes on.
 */
export function makeEcho(stream: NodeJS.WritableStream): Echo {
  const writeSome = writerFor(stream);
  const queue: Uint8Array[] = [];
  let waiting = 0;
  let busy = false;
  let gone = false;
  let wake: (() => void)[] = [];

  const pump = async (): Promise<void> => {
    busy = true;
    while (queue.length > 0 && !gone) {
      const chunk = queue[0]!;
      const written = await writeSome(chunk);
      if (written === null) gone = true;
      else {
        waiting -= written;
        if (written === chunk.length) queue.shift();
        else queue[0] = chunk.subarray(written);
      }
      if (gone || waiting < WAITING_BYTES / 2) release();
    }
    if (gone) {
      queue.length = 0;
      waiting = 0;
    }
    busy = false;
    release();
  };
  const release = (): void => {
    const waked = wake;
    wake = [];
    for (const done of waked) done();
  };
  const changed = (): Promise<void> => new Promise((done) => wake.push(done));

  return {
    write(chunk) {
      if (gone || chunk.length === 0) return true;
      queue.push(chunk);
      waiting += chunk.length;
      if (!busy) void pump();
      return waiting < WAITING_BYTES;
    },
    async ready() {
      while (!gone && waiting >= WAITING_BYTES / 2) await changed();
    },
    async flushed() {
      while (busy) await changed();
    },
  };
}

/** Writes the beginning of a chunk and resolves to how many bytes that was; null when nobody reads any more. */
type WriteSome = (chunk: Uint8Array) => Promise<number | null>;

function writerFor(stream: NodeJS.WritableStream): WriteSome {
  const descriptor = descriptorOf(stream);
  if (descriptor === null) {
    return (chunk) =>
      new Promise((done) => {
        stream.write(chunk, (error) => done(error ? null : chunk.length));
      });
  }
  // A file takes what it is given: another thread would only cost the command's own.
  if (isFile(descriptor)) return (chunk) => Promise.resolve(writeNow(descriptor, chunk));
  return (chunk) =>
    new Promise((done) => {
      writeFile(descriptor, chunk, (error, written) => {
        if (error === null) done(written);
        else if (error.code === "EAGAIN") setTimeout(() => done(0), RETRY_MS);
        else done(null);
      });
    });
}

function isFile(descriptor: number): boolean {
  try {
    return fstatSync(descriptor).isFile();
  } catch {
    return false; // closed already
  }
}

function writeNow(descriptor: number, chunk: Uint8Array): number | null {
  try {
    return writeSync(descriptor, chunk);
  } catch {
    return null; // a full disk, for one: the log is another file and tells of its own troubles
  }
}
