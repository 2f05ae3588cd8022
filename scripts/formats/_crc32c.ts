/** CRC-32C (Castagnoli), eight bytes at a time: Kounavis & Berry 2005, "slicing-by-8". Reflected polynomial 0x82f63b78. */
const TABLES = makeTables();
const [T0, T1, T2, T3, T4, T5, T6, T7] = TABLES as [T, T, T, T, T, T, T, T]; // made with eight below
type T = Int32Array;

/**
 * The checksum of `bytes[start, end)`, as a signed 32-bit number. To go on where an earlier part ended, give that part's checksum.
 * No bytes: `before`, which is 0 at the start. `end` must lie within `bytes`.
 */
export function crc32c(bytes: Uint8Array, start: number, end: number, before = 0): number {
  let crc = ~before;
  let at = start;
  for (const stop = end - 7; at < stop; at += 8) {
    crc ^= bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
    crc =
      T7[crc & 255]! ^
      T6[(crc >>> 8) & 255]! ^
      T5[(crc >>> 16) & 255]! ^
      T4[crc >>> 24]! ^
      T3[bytes[at + 4]!]! ^
      T2[bytes[at + 5]!]! ^
      T1[bytes[at + 6]!]! ^
      T0[bytes[at + 7]!]!;
  }
  for (; at < end; at += 1) crc = T0[(crc ^ bytes[at]!) & 255]! ^ (crc >>> 8);
  return ~crc;
}

/** As TFRecord files store a checksum: rotated and moved, so that a checksum of checksums is still worth something. */
export function masked(crc: number): number {
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) | 0;
}

function makeTables(): Int32Array[] {
  const tables = Array.from({ length: 8 }, () => new Int32Array(256));
  for (let byte = 0; byte < 256; byte += 1) {
    let crc = byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0x82f63b78 : 0);
    tables[0]![byte] = crc;
  }
  for (let table = 1; table < 8; table += 1) {
    for (let byte = 0; byte < 256; byte += 1) {
      const crc = tables[table - 1]![byte]!;
      tables[table]![byte] = tables[0]![crc & 255]! ^ (crc >>> 8);
    }
  }
  return tables;
}
