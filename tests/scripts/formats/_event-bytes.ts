/** Event files made by hand for tests: framing and just enough protobuf. */
import { crc32c, masked } from "../../../scripts/formats/_crc32c.ts";

/** A TFRecord around `data`. */
export function record(data: Uint8Array): Buffer {
  const framed = Buffer.alloc(data.length + 16);
  framed.writeBigUInt64LE(BigInt(data.length), 0);
  framed.writeInt32LE(masked(crc32c(framed, 0, 8)), 8);
  framed.set(data, 12);
  framed.writeInt32LE(masked(crc32c(framed, 12, 12 + data.length)), 12 + data.length);
  return framed;
}

/** The first twelve bytes of a record of this length. */
export function header(length: bigint): Buffer {
  const bytes = Buffer.alloc(12);
  bytes.writeBigUInt64LE(length, 0);
  bytes.writeInt32LE(masked(crc32c(bytes, 0, 8)), 8);
  return bytes;
}

export function varint(value: number): Buffer {
  const bytes: number[] = [];
  for (let left = value; ; left = Math.floor(left / 128)) {
    if (left < 128) return Buffer.from([...bytes, left]);
    bytes.push((left % 128) + 128);
  }
}

/** Field `id` with these bytes in it. */
export function field(id: number, data: Uint8Array | string): Buffer {
  const bytes = Buffer.from(data as Uint8Array); // a string or bytes: Buffer.from takes both
  return Buffer.concat([varint(id * 8 + 2), varint(bytes.length), bytes]);
}

export function double(id: number, value: number): Buffer {
  const bytes = Buffer.alloc(9, id * 8 + 1);
  bytes.writeDoubleLE(value, 1);
  return bytes;
}

export function float(id: number, value: number): Buffer {
  const bytes = Buffer.alloc(5, id * 8 + 5);
  bytes.writeFloatLE(value, 1);
  return bytes;
}

export function whole(id: number, value: number): Buffer {
  return Buffer.concat([varint(id * 8), varint(value)]);
}

/** An event with these parts after its time and step; a step of 0 is not stored. */
export function event(step: number, ...parts: Uint8Array[]): Buffer {
  return Buffer.concat([double(1, 1e9 + step), ...(step === 0 ? [] : [whole(2, step)]), ...parts]);
}

/** An event of one scalar, as torch writes it. */
export function scalar(tag: string, step: number, value: number): Buffer {
  return event(step, field(5, field(1, Buffer.concat([field(1, tag), float(2, value)]))));
}

/** The event that tells that the program has begun again at `step`. */
export function restart(step: number): Buffer {
  return event(step, field(7, whole(1, 1)));
}

export const version = event(0, field(3, "brain.Event:2"));
