/** The wire format of protocol buffers: https://protobuf.dev/programming-guides/encoding */

/**
 * One field of a message. Wire type 0: `number` (as unsigned, rounded above 2^53). 1 and 5: eight and four bytes at `start`.
 * 2: the bytes `[start, end)`.
 */
export interface Field {
  id: number;
  wire: number;
  number: number;
  start: number;
  end: number;
}

/**
 * The fields of the message `bytes[start, end)`, in order. A message that is cut short or is none gives what stands before the
 * first thing that is wrong: nothing is read outside it. The object is the same each time: take from it what is needed.
 */
export function* fields(bytes: Buffer, start: number, end: number): Generator<Field, void, void> {
  const field: Field = { id: 0, wire: 0, number: 0, start: 0, end: start };
  while (field.end < end) {
    const key = varint(bytes, field.end, end);
    if (key === null) return;
    field.id = Math.floor(key.number / 8);
    field.wire = key.number % 8;
    field.start = key.end;
    if (field.wire === 0 || field.wire === 2) {
      const value = varint(bytes, key.end, end);
      if (value === null) return;
      field.number = value.number;
      field.start = field.wire === 2 ? value.end : key.end;
      field.end = field.wire === 2 ? value.end + value.number : value.end;
    } else if (field.wire === 1 || field.wire === 5) field.end = key.end + (field.wire === 1 ? 8 : 4);
    else return;
    if (field.end > end) return;
    yield field;
  }
}

/** A variable-length number at `at` and where it ends; null when it is cut short or too long. */
export function varint(bytes: Buffer, at: number, end: number): { number: number; end: number } | null {
  let number = 0;
  for (let i = 0, scale = 1; i < 10 && at + i < end; i += 1, scale *= 128) {
    const byte = bytes[at + i]!;
    number += (byte & 127) * scale;
    if (byte < 128) return { number, end: at + i + 1 };
  }
  return null;
}

/** A varint that stands for a signed 64-bit number. */
export function signed(bytes: Buffer, at: number, end: number): number {
  let bits = 0n;
  for (let i = 0; i < 10 && at + i < end; i += 1) {
    bits |= BigInt(bytes[at + i]! & 127) << BigInt(7 * i);
    if (bytes[at + i]! < 128) break;
  }
  return Number(BigInt.asIntN(64, bits));
}

export function text(bytes: Buffer, { start, end }: Pick<Field, "start" | "end">): string {
  return bytes.toString("utf8", start, end);
}
