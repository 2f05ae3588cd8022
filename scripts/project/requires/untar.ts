/** Tar archives: POSIX ustar and pax, and GNU's long names. Source: POSIX.1-2017, pax, "ustar Interchange Format". */
import type { Unpacked } from "./unpacked-folder.ts";

const BLOCK = 512;
/** Names are read into memory. */
const MOST_HEADER_BYTES = 1024 * 1024;

/** Unpacks what `bytes` hold. Throws Error for what is no tar, damaged, or ends too early, and what `into` throws. */
export async function untar(bytes: AsyncIterable<Uint8Array>, into: Unpacked): Promise<void> {
  const input = readerOf(bytes);
  let told: Record<string, string> = {};
  for (;;) {
    const header = await input.take(BLOCK);
    if (header === null || header.every((byte) => byte === 0)) return;
    checkSum(header);
    const size = told.size === undefined ? octal(header, 124, 12) : Number(told.size);
    const type = String.fromCharCode(header[156] ?? 0);
    if (type === "x" || type === "L" || type === "K" || type === "g") {
      const text = await input.text(size);
      if (type === "x") told = { ...told, ...paxRecords(text) };
      else if (type !== "g") told = { ...told, [type === "L" ? "path" : "linkpath"]: text.replace(/\0.*$/s, "") };
      continue;
    }
    const path = told.path ?? nameOf(header);
    const target = told.linkpath ?? textAt(header, 157, 100);
    told = {};
    if (type === "5") into.folder(path);
    else if (type === "2") into.link(path, target);
    else if (type === "1") into.link(path, `${"../".repeat(depthOf(path))}${target}`);
    else if (type === "0" || type === "\0" || type === "7") {
      await into.file(path, input.content(size));
      continue;
    }
    await input.skip(size); // devices and the like are left out
  }
}

function depthOf(path: string): number {
  return path.split("/").filter((part) => part !== "" && part !== ".").length - 1;
}

function nameOf(header: Uint8Array): string {
  const prefix = textAt(header, 257, 5) === "ustar" && header[262] === 0 ? textAt(header, 345, 155) : "";
  const name = textAt(header, 0, 100);
  return prefix === "" ? name : `${prefix}/${name}`;
}

function textAt(header: Uint8Array, from: number, length: number): string {
  const field = header.subarray(from, from + length);
  const end = field.indexOf(0);
  return new TextDecoder().decode(end < 0 ? field : field.subarray(0, end));
}

/** GNU writes sizes above 8 GiB as a number in base 256. */
function octal(header: Uint8Array, from: number, length: number): number {
  const first = header[from] ?? 0;
  if (first >= 0x80) return header.subarray(from + 1, from + length).reduce((sum, byte) => sum * 256 + byte, first & 0x7f);
  const text = textAt(header, from, length).trim();
  if (text !== "" && !/^[0-7]+$/.test(text)) throw new Error("it is no tar archive, or damaged");
  return text === "" ? 0 : Number.parseInt(text, 8);
}

function checkSum(header: Uint8Array): void {
  const sum = header.reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 32 : byte), 0);
  if (sum !== octal(header, 148, 8)) throw new Error("it is no tar archive, or damaged");
}

/** `25 path=a/long/name\n` → `{path: "a/long/name"}`; the number counts bytes. */
function paxRecords(text: string): Record<string, string> {
  const bytes = Buffer.from(text);
  const records: Record<string, string> = {};
  let at = 0;
  while (at < bytes.length) {
    const length = Number.parseInt(bytes.toString("latin1", at, at + 20), 10);
    if (!(length > 0)) break;
    const [, key, value] = /^\d+ ([^=]+)=(.*)\n$/s.exec(bytes.toString("utf8", at, at + length)) ?? [];
    if (key !== undefined && value !== undefined) records[key] = value;
    at += length;
  }
  return records;
}

interface Reader {
  /** So many bytes; null at the very end. Throws where it ends in between. */
  take(bytes: number): Promise<Uint8Array | null>;
  /** So many bytes as text, and what fills their last block. */
  text(bytes: number): Promise<string>;
  content(bytes: number): AsyncGenerator<Uint8Array>;
  skip(bytes: number): Promise<void>;
}

function readerOf(bytes: AsyncIterable<Uint8Array>): Reader {
  const source = bytes[Symbol.asyncIterator]();
  let rest: Uint8Array = new Uint8Array(0);
  const some = async (most: number): Promise<Uint8Array | null> => {
    while (rest.length === 0) {
      const { done, value } = await source.next();
      if (done === true) return null;
      rest = value;
    }
    const part = rest.subarray(0, most);
    rest = rest.subarray(part.length);
    return part;
  };
  const reader: Reader = {
    async take(wanted) {
      const parts: Uint8Array[] = [];
      let left = wanted;
      while (left > 0) {
        const part = await some(left);
        if (part === null && left === wanted) return null;
        if (part === null) throw new Error("it ends too early");
        parts.push(part);
        left -= part.length;
      }
      return parts.length === 1 ? (parts[0] ?? new Uint8Array(0)) : Buffer.concat(parts);
    },
    async text(wanted) {
      if (wanted > MOST_HEADER_BYTES) throw new Error("it is no tar archive, or damaged");
      const whole = wanted === 0 ? new Uint8Array(0) : await reader.take(wanted);
      await reader.take(padding(wanted));
      return new TextDecoder().decode(whole ?? new Uint8Array(0));
    },
    async *content(wanted) {
      let left = wanted;
      while (left > 0) {
        const part = await some(left);
        if (part === null) throw new Error("it ends too early");
        left -= part.length;
        yield part;
      }
      await reader.take(padding(wanted));
    },
    async skip(wanted) {
      for await (const _ of reader.content(wanted));
    },
  };
  return reader;
}

/** What follows content until the next block begins. */
function padding(bytes: number): number {
  return (BLOCK - (bytes % BLOCK)) % BLOCK;
}
