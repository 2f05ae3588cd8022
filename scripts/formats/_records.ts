import { crc32c, masked } from "./_crc32c.ts";

/** A record that is longer is checked and passed over: no number, text or thumbnail needs so much. */
const LARGEST_RECORD = 16 << 20;
/** After this much that cannot be read, what has been searched is given up. */
const SEARCH_KEPT = 1 << 20;
/** So much of it is looked at first. */
const GLANCE = 64;
/** Length, its checksum; the record; its checksum. */
const HEADER = 12;
const FOOTER = 4;

/** The checksum of a length of 0. */
const ZERO_CHECK = masked(crc32c(new Uint8Array(8), 0, 8));

export interface RecordSink {
  /** The record `bytes[start, end)`, whose checksum is right. The bytes are valid during the call only. */
  record(bytes: Buffer, start: number, end: number): void;
  /** Is a record that begins so, and is too long to be read, a loss? */
  misses(bytes: Buffer, start: number, end: number): boolean;
  /** What could not be read, in a few words. */
  damaged(what: string): void;
}

export interface Records {
  /**
   * Takes whole records off `bytes[start, end)`, the file's next bytes, and gives back where the first begins that is not whole
   * yet: from there on the bytes are to be given again, with more behind them. With `last` nothing follows: what is left is torn.
   */
  take(bytes: Buffer, start: number, end: number, last: boolean): number;
}

/**
 * TFRecord framing: u64 length, masked CRC-32C of it, the bytes, their masked CRC-32C; all little-endian.
 *
 * A record with a wrong checksum is passed over and told. When the length itself is wrong, the next header is searched for byte by
 * byte: a length with a right checksum is found by chance once in 2^32. A wrong checksum with no record behind it waits: it may
 * still be being written, or be a page that a network file system has not brought yet. Memory is never sized by a stored length.
 */
export function readRecords(sink: RecordSink): Records {
  let [knownLow, knownCheck] = [0, ZERO_CHECK];
  let number = 0; // of the record that comes next, from 1
  let searched = 0; // bytes after the broken header that hold no other one
  let lost = 0; // bytes given up
  let passing: { left: number; crc: number; missed: boolean } | null = null;

  /** Goes on with a record that is too long to be held; gives back where it stopped. */
  const pass = (bytes: Buffer, start: number, end: number): number => {
    const { left, crc, missed } = passing!;
    const taken = Math.min(left, end - start);
    passing = { left: left - taken, crc: crc32c(bytes, start, start + taken, crc), missed };
    const footer = start + taken;
    if (passing.left > 0 || end - footer < FOOTER) return footer;
    const right = bytes.readInt32LE(footer) === masked(passing.crc);
    if (!right) sink.damaged(`record ${number}: wrong checksum`);
    else if (missed) sink.damaged(`record ${number}: longer than ${LARGEST_RECORD >> 20} MiB`);
    passing = null;
    return footer + FOOTER;
  };

  return {
    take(bytes, start, end, last) {
      let at = start;
      for (;;) {
        if (passing !== null) at = pass(bytes, at, end);
        if (passing !== null || end - at < HEADER) break;
        const low = int32(bytes, at);
        const high = int32(bytes, at + 4);
        const check = int32(bytes, at + 8);
        // Records of one tag have one length: its checksum has been looked at before.
        const isKnown = low === knownLow && check === knownCheck && high === 0 && lost === 0;
        if (!isKnown && (lost > 0 || !isHeader(bytes, at))) {
          const found = search(bytes, at + searched, end);
          if (found === null) {
            searched = Math.max(0, end - HEADER + 1 - at);
            if (searched <= SEARCH_KEPT) break;
            lost += searched;
            at += searched;
            searched = 0;
            break;
          }
          sink.damaged(`record ${number + 1}: wrong length, ${lost + found - at} bytes passed over`);
          at = found;
          [searched, lost] = [0, 0];
          continue;
        }
        searched = 0;
        if (high === 0) [knownLow, knownCheck] = [low, check];
        const length = (low >>> 0) + (high >>> 0) * 2 ** 32;
        const data = at + HEADER;
        if (length > LARGEST_RECORD) {
          if (end - data < GLANCE && !last) break;
          number += 1;
          passing = { left: length, crc: 0, missed: sink.misses(bytes, data, Math.min(end, data + GLANCE)) };
          at = data;
          continue;
        }
        const footer = data + length;
        if (footer + FOOTER > end) break;
        const right = int32(bytes, footer) === masked(crc32c(bytes, data, footer));
        if (!right && !last && isHole(bytes, footer + FOOTER, end)) break;
        number += 1;
        if (right) sink.record(bytes, data, footer);
        else sink.damaged(`record ${number}: wrong checksum`);
        at = footer + FOOTER;
      }
      if (!last || (at === end && passing === null && lost === 0)) return at;
      const broken = passing === null && (lost > 0 || (end - at >= HEADER && !isHeader(bytes, at)));
      sink.damaged(
        broken
          ? `record ${number + 1}: wrong length, the last ${lost + end - at} bytes passed over`
          : `record ${passing === null ? number + 1 : number}: cut short at the end of the file`,
      );
      return end;
    },
  };
}

function isHeader(bytes: Buffer, at: number): boolean {
  return int32(bytes, at + 8) === masked(crc32c(bytes, at, at + 8));
}

/** As readInt32LE, which looks at its arguments each time. */
function int32(bytes: Uint8Array, at: number): number {
  return bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
}

/** After a record that is wrong: is what follows nothing that is known, and not so much of it that waiting would have an end? */
function isHole(bytes: Buffer, start: number, end: number): boolean {
  return end - start <= SEARCH_KEPT && search(bytes, start, end) === null;
}

/** Where the next header begins in `bytes[start, end)`, or null. Only lengths below 4 GiB count: a quick look rejects most places. */
function search(bytes: Buffer, start: number, end: number): number | null {
  for (let at = start; at + HEADER <= end; at += 1) {
    if (bytes[at + 4] === 0 && bytes[at + 5] === 0 && bytes[at + 6] === 0 && bytes[at + 7] === 0 && isHeader(bytes, at))
      return at;
  }
  return null;
}
