/** Zip archives, stored or deflated, with 64-bit sizes. Source: PKWARE APPNOTE 6.3.10. */
import { createReadStream } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { crc32, createInflateRaw } from "node:zlib";
import type { Unpacked } from "./unpacked-folder.ts";

const DAMAGED = "it is no zip archive, or damaged";
/** The list of what is in it is read into memory. */
const MOST_LIST_BYTES = 64 * 1024 * 1024;

interface Entry {
  path: string;
  method: number;
  packed: number;
  size: number;
  sum: number;
  at: number;
  /** Of a Unix file; 0 where it says nothing. */
  mode: number;
  encrypted: boolean;
}

/** Throws Error for what is no zip, damaged or encrypted, and what `into` throws. */
export async function unzip(archive: string, into: Unpacked): Promise<void> {
  const file = await open(archive);
  try {
    for (const entry of await entriesOf(file)) {
      if (entry.path.endsWith("/")) into.folder(entry.path);
      else if ((entry.mode & 0o170000) === 0o120000) into.link(entry.path, await textOf(archive, file, entry));
      else await into.file(entry.path, contentOf(archive, file, entry));
    }
  } finally {
    await file.close();
  }
}

async function entriesOf(file: FileHandle): Promise<Entry[]> {
  const { size } = await file.stat();
  const tail = await bytesAt(file, Math.max(0, size - 65_557), Math.min(size, 65_557));
  let end = tail.length - 22;
  while (end >= 0 && tail.readUInt32LE(end) !== 0x06054b50) end -= 1;
  if (end < 0) throw new Error(DAMAGED);
  const wide = end >= 20 && tail.readUInt32LE(end - 20) === 0x07064b50;
  const record = wide ? await bytesAt(file, Number(tail.readBigUInt64LE(end - 12)), 56) : null;
  const length = record === null ? tail.readUInt32LE(end + 12) : Number(record.readBigUInt64LE(40));
  const from = record === null ? tail.readUInt32LE(end + 16) : Number(record.readBigUInt64LE(48));
  if (length > MOST_LIST_BYTES || from + length > size) throw new Error(DAMAGED);
  const list = await bytesAt(file, from, length);
  const entries: Entry[] = [];
  for (let at = 0; at + 46 <= list.length; ) {
    if (list.readUInt32LE(at) !== 0x02014b50) break;
    const names = list.readUInt16LE(at + 28);
    const extras = list.readUInt16LE(at + 30);
    const extra = list.subarray(at + 46 + names, at + 46 + names + extras);
    entries.push(entryAt(list.subarray(at, at + 46), list.toString("utf8", at + 46, at + 46 + names), extra));
    at += 46 + names + extras + list.readUInt16LE(at + 32);
  }
  return entries;
}

function entryAt(head: Buffer, path: string, extra: Buffer): Entry {
  const narrow = { size: head.readUInt32LE(24), packed: head.readUInt32LE(20), at: head.readUInt32LE(42) };
  const wide = wideNumbers(extra);
  const number = (value: number): number => (value === 0xffffffff ? Number(wide.shift() ?? value) : value);
  return {
    path,
    method: head.readUInt16LE(10),
    size: number(narrow.size),
    packed: number(narrow.packed),
    at: number(narrow.at),
    sum: head.readUInt32LE(16),
    mode: head.readUInt8(5) === 3 ? head.readUInt32LE(38) >>> 16 : 0,
    encrypted: (head.readUInt16LE(8) & 1) === 1,
  };
}

/** Of the extra field 1: sizes and the offset, those that have no room in 32 bits, in this order. */
function wideNumbers(extra: Buffer): bigint[] {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== 1) continue;
    const numbers: bigint[] = [];
    const end = Math.min(extra.length, at + 4 + extra.readUInt16LE(at + 2));
    for (let from = at + 4; from + 8 <= end; from += 8) numbers.push(extra.readBigUInt64LE(from));
    return numbers;
  }
  return [];
}

async function* contentOf(archive: string, file: FileHandle, entry: Entry): AsyncGenerator<Uint8Array> {
  if (entry.encrypted) throw new Error("it needs a password");
  if (entry.method !== 0 && entry.method !== 8)
    throw new Error(`${entry.path} is packed in a way that is not known (${entry.method})`);
  const head = await bytesAt(file, entry.at, 30);
  if (head.readUInt32LE(0) !== 0x04034b50) throw new Error(DAMAGED);
  const start = entry.at + 30 + head.readUInt16LE(26) + head.readUInt16LE(28);
  let sum = 0;
  let size = 0;
  if (entry.packed > 0) {
    const packed = createReadStream(archive, { start, end: start + entry.packed - 1 });
    const content = entry.method === 0 ? packed : packed.pipe(createInflateRaw());
    packed.once("error", (error) => content.destroy(error));
    for await (const chunk of content as AsyncIterable<Uint8Array>) {
      sum = crc32(chunk, sum);
      size += chunk.length;
      if (size > entry.size) break;
      yield chunk;
    }
  }
  if (size !== entry.size || sum !== entry.sum) throw new Error(`${entry.path} is damaged`);
}

async function textOf(archive: string, file: FileHandle, entry: Entry): Promise<string> {
  if (entry.size > 4096) throw new Error(DAMAGED);
  const parts: Uint8Array[] = [];
  for await (const part of contentOf(archive, file, entry)) parts.push(part);
  return Buffer.concat(parts).toString("utf8");
}

/** Throws where the file ends before. */
async function bytesAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  if (bytesRead < length) throw new Error(DAMAGED);
  return buffer;
}
