import { type Field, fields, signed, varint } from "./_protobuf.ts";

/** How elements of a type lie in `tensor_content`: their size and how one is read. By TensorFlow's DataType. */
const CONTENT: Record<number, [bytes: number, read: (bytes: Buffer, at: number) => number]> = {
  1: [4, (bytes, at) => bytes.readFloatLE(at)],
  2: [8, (bytes, at) => bytes.readDoubleLE(at)],
  3: [4, (bytes, at) => bytes.readInt32LE(at)],
  4: [1, (bytes, at) => bytes.readUInt8(at)],
  5: [2, (bytes, at) => bytes.readInt16LE(at)],
  6: [1, (bytes, at) => bytes.readInt8(at)],
  9: [8, (bytes, at) => Number(bytes.readBigInt64LE(at))],
  10: [1, (bytes, at) => bytes.readUInt8(at)],
  14: [2, (bytes, at) => bfloat(bytes.readUInt16LE(at))],
  17: [2, (bytes, at) => bytes.readUInt16LE(at)],
  19: [2, (bytes, at) => half(bytes.readUInt16LE(at))],
  22: [4, (bytes, at) => bytes.readUInt32LE(at)],
  23: [8, (bytes, at) => Number(bytes.readBigUInt64LE(at))],
};
const FLOAT32 = 1;
const BFLOAT16 = 14;

/** The fields of TensorProto that hold numbers one by one: 6 double, 5 float, 13 half bits, the others whole numbers. */
const FLOATS = 5;
const DOUBLES = 6;
const STRINGS = 8;
const HALVES = 13;
const INTEGERS = new Set([7, 10, 11]);
const UNSIGNED = new Set([16, 17]);

/** What a tensor is, without its elements. A size that is negative or unknown is 0. */
export interface Tensor {
  type: number;
  shape: number[];
  /** The first elements, row by row, at most as many as were asked for; none for text. */
  numbers: number[];
  /** Text elements: where they stand. */
  strings: Pick<Field, "start" | "end">[];
  /** Where the element stands, of a tensor that is one float32; null for every other. */
  floatAt: number | null;
}

/**
 * Reads the TensorProto `bytes[start, end)`: at most `limit` elements, so that a hostile shape costs nothing. When a tensor is
 * stored with fewer elements than its shape has, TensorFlow means the last one repeated; that is done up to `limit` too.
 */
export function readTensor(bytes: Buffer, start: number, end: number, limit: number): Tensor {
  const tensor: Tensor = { type: 0, shape: [], numbers: [], strings: [], floatAt: null };
  const { numbers, strings } = tensor;
  let content: Pick<Field, "start" | "end"> | null = null;
  for (const field of fields(bytes, start, end)) {
    if (field.id === 1) tensor.type = field.number;
    else if (field.id === 2) tensor.shape = readShape(bytes, field);
    if (field.id > 2) tensor.floatAt = numbers.length === 0 ? floatAt(field, tensor.type) : null;
    if (field.id === 4) content = { start: field.start, end: field.end };
    else if (field.id === STRINGS && strings.length < limit) strings.push({ start: field.start, end: field.end });
    else takeNumbers(bytes, field, tensor, limit);
  }
  const [size, read] = CONTENT[tensor.type] ?? [0, () => 0];
  if (content !== null && size > 0) {
    for (let at = content.start; at + size <= content.end && numbers.length < limit; at += size) numbers.push(read(bytes, at));
  }
  const elements = Math.min(
    limit,
    tensor.shape.reduce((product, size) => product * size, 1),
  );
  while (numbers.length > 0 && numbers.length < elements) numbers.push(numbers.at(-1)!);
  return tensor;
}

/** Of a field that holds one float32, whichever way, where it stands. */
function floatAt({ id, start, end }: Field, type: number): number | null {
  return type === FLOAT32 && (id === 4 || id === FLOATS) && end - start === 4 ? start : null;
}

/** Elements that stand one by one: packed into one field, or each in its own. */
function takeNumbers(bytes: Buffer, field: Field, { type, numbers }: Tensor, limit: number): void {
  const { id, wire, end } = field;
  if (id === DOUBLES || id === FLOATS) {
    const size = id === DOUBLES ? 8 : 4;
    for (let at = field.start; at + size <= end && numbers.length < limit; at += size) {
      numbers.push(id === DOUBLES ? bytes.readDoubleLE(at) : bytes.readFloatLE(at));
    }
    return;
  }
  if (id !== HALVES && !INTEGERS.has(id) && !UNSIGNED.has(id)) return;
  if (wire !== 0 && wire !== 2) return;
  for (let at = field.start; at < end && numbers.length < limit; ) {
    const value = varint(bytes, at, end);
    if (value === null) return;
    if (id === HALVES) numbers.push(type === BFLOAT16 ? bfloat(value.number & 0xffff) : half(value.number & 0xffff));
    else numbers.push(INTEGERS.has(id) ? signed(bytes, at, value.end) : value.number);
    at = value.end;
  }
}

function readShape(bytes: Buffer, { start, end }: Field): number[] {
  const shape: number[] = [];
  for (const dim of fields(bytes, start, end)) {
    if (dim.id !== 2 || dim.wire !== 2 || shape.length >= 32) continue;
    let size = 0;
    for (const field of fields(bytes, dim.start, dim.end)) {
      if (field.id === 1 && field.wire === 0 && field.number < 2 ** 53) size = field.number;
    }
    shape.push(size);
  }
  return shape;
}

/** IEEE 754 binary16. */
function half(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return exponent === 0 ? sign * 2 ** -14 * (fraction / 1024) : sign * 2 ** (exponent - 15) * (1 + fraction / 1024);
}

const wide = new DataView(new ArrayBuffer(4));

/** The upper half of a binary32. */
function bfloat(bits: number): number {
  wide.setUint32(0, bits << 16);
  return wide.getFloat32(0);
}
