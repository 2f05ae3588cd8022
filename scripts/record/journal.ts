/**
 * Where the command's output lies between the moment it has left the pipe and the moment it stands in the log. A recorder that is
 * killed between the two would take it along (some microseconds for each piece: at a thousand lines a second, one line in fifty
 * kills was lost). So bytes are read right into memory that is shared with a file, and outlive the process that read them.
 *
 * Node has no such memory; koffi lets us call mmap. Without koffi, or without /dev/shm, those microseconds stay unprotected.
 */
import { closeSync, existsSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { loadKoffi } from "./koffi.ts";
import type { SafeBuffer } from "./reading-end.ts";

/** Real memory, never a disk: a full disk would kill whoever touches a shared page (SIGBUS). */
const FOLDER = "/dev/shm";
const HEADER_BYTES = 4096;
const BUFFER_BYTES = 65_536;
/** What a buffer holds where nothing was read: no text has this byte, in any encoding that people print. */
const EMPTY = 0xff;
/** PROT_READ | PROT_WRITE, and MAP_SHARED: mmap(2). */
const READ_WRITE = 3;
const SHARED = 1;

export interface Journal {
  /** One for each channel: what the channel's bytes are read into. */
  buffers: Uint8Array<ArrayBuffer>[];
  /** The first `bytes` of that buffer stand in the log (or were given up), which is `logBytes` long now. */
  logged(channel: number, bytes: number, logBytes: number): void;
  close(): void;
}

/** Makes the journal of a run whose log is `logBytes` long; null where it cannot be had. */
export async function openJournal(runId: string, channels: number, logBytes: number): Promise<Journal | null> {
  if (channels === 0 || !existsSync(FOLDER)) return null;
  const path = pathOf(runId);
  const bytes = HEADER_BYTES + channels * BUFFER_BYTES;
  try {
    const koffi = await loadKoffi();
    const map = koffi.load(null).func("void *mmap(void *, size_t, int, int, int, int64_t)");
    const start = Buffer.alloc(bytes, EMPTY);
    start.writeBigInt64LE(BigInt(logBytes), 0);
    const file = openSync(path, "w+", 0o600);
    try {
      // All of it, so that no page of it is missing later.
      if (writeSync(file, start) !== bytes) throw new Error("no room");
      const memory: ArrayBuffer = koffi.view(map(null, bytes, READ_WRITE, SHARED, file, 0), bytes);
      return journalIn(memory, channels, path);
    } finally {
      closeSync(file);
    }
  } catch {
    rmSync(path, { force: true });
    return null; // no koffi, no room: a recorder without is still a recorder
  }
}

/** A channel's part of the journal, whose bytes are dealt with when they have been given to the log. */
export function safeBuffer(journal: Journal | null, channel: number, log: { readonly outputBytes: number }): SafeBuffer | null {
  const buffer = journal?.buffers[channel];
  if (journal === null || buffer === undefined) return null;
  return { buffer, done: (bytes) => journal.logged(channel, bytes, log.outputBytes) };
}

function journalIn(memory: ArrayBuffer, channels: number, path: string): Journal {
  const header = new DataView(memory, 0, HEADER_BYTES);
  const buffers = Array.from(
    { length: channels },
    (_, index) => new Uint8Array(memory, HEADER_BYTES + index * BUFFER_BYTES, BUFFER_BYTES),
  );
  return {
    buffers,
    logged(channel, bytes, logBytes) {
      // In this order: an empty buffer needs no length to be compared with.
      buffers[channel]?.fill(EMPTY, 0, bytes);
      header.setBigInt64(0, BigInt(logBytes), true);
    },
    close: () => rmSync(path, { force: true }),
  };
}

/**
 * What a killed recorder had read and not logged, of a log that is `logBytes` long: at most one piece, of one channel. It may have
 * been logged in part. Null for nothing. The journal is gone then.
 */
export function takeUnlogged(runId: string, logBytes: number): { channel: number; bytes: Buffer } | null {
  let journal: Buffer;
  try {
    journal = readFileSync(pathOf(runId));
  } catch {
    return null; // there was none
  }
  rmSync(pathOf(runId), { force: true });
  if (journal.length < HEADER_BYTES) return null;
  const done = Math.max(0, logBytes - Number(journal.readBigInt64LE(0)));
  for (let channel = 0; HEADER_BYTES + channel * BUFFER_BYTES < journal.length; channel += 1) {
    const at = HEADER_BYTES + channel * BUFFER_BYTES;
    const buffer = journal.subarray(at, at + BUFFER_BYTES);
    const length = buffer.findLastIndex((byte) => byte !== EMPTY) + 1;
    if (length > done) return { channel, bytes: Buffer.from(buffer.subarray(done, length)) };
  }
  return null;
}

function pathOf(runId: string): string {
  return `${FOLDER}/guild-${runId}`;
}
