/** The parts that the reader of event files is made of. */
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { crc32c, masked } from "../../../scripts/formats/_crc32c.ts";
import { misses } from "../../../scripts/formats/_event-blobs.ts";
import type { EventSink } from "../../../scripts/formats/_event-sink.ts";
import { readEvents } from "../../../scripts/formats/_events.ts";
import { quantiles, readHistogram, tensorHistogram } from "../../../scripts/formats/_histogram.ts";
import { readHparams } from "../../../scripts/formats/_hparams.ts";
import { fields, signed } from "../../../scripts/formats/_protobuf.ts";
import { readRecords } from "../../../scripts/formats/_records.ts";
import { readTensor } from "../../../scripts/formats/_tensor.ts";
import { double, event, field, float, record, scalar, varint, whole } from "./_event-bytes.ts";

const test = suite("event parts");
const all = (bytes: Uint8Array): [Buffer, number, number] => [Buffer.from(bytes), 0, bytes.length];

test("CRC-32C gives the published checksums", () => {
  // RFC 3720, appendix B.4.
  assert.is(crc32c(...all(Buffer.alloc(32))) >>> 0, 0x8a9136aa);
  assert.is(crc32c(...all(Buffer.alloc(32, 255))) >>> 0, 0x62a8ab43);
  assert.is(crc32c(...all(Uint8Array.from({ length: 32 }, (_, i) => i))) >>> 0, 0x46dd794e);
  assert.is(crc32c(...all(Buffer.from("123456789"))) >>> 0, 0xe3069283);
  assert.is(crc32c(...all(Buffer.alloc(0))), 0);
  // How a file that TensorFlow wrote begins: a length of 62, and its checksum.
  assert.is(masked(crc32c(...all(Buffer.from("3e00000000000000", "hex")))), Buffer.from("d9d240e7", "hex").readInt32LE());
});

test("a checksum in parts is the checksum of the whole, from any place to any place", () => {
  const bytes = Buffer.from(Array.from({ length: 100 }, (_, i) => (i * 37) % 256));
  for (let start = 0; start < 20; start += 3) {
    for (let middle = start; middle < 60; middle += 7) {
      assert.is(crc32c(bytes, middle, 100, crc32c(bytes, start, middle)), crc32c(bytes, start, 100));
    }
  }
});

test("records come whole, whatever the pieces", () => {
  const messages = ["", "a", "some longer record", "x".repeat(1000)].map((words) => Buffer.from(words));
  const bytes = Buffer.concat(messages.map(record));
  for (const piece of [1, 5, 17, 5000]) {
    const found: string[] = [];
    const damage: string[] = [];
    const records = readRecords({
      record: (data, start, end) => void found.push(data.toString("utf8", start, end)),
      misses,
      damaged: (what) => void damage.push(what),
    });
    let held = Buffer.alloc(0);
    for (let at = 0; at < bytes.length; at += piece) {
      held = Buffer.concat([held, bytes.subarray(at, at + piece)]);
      held = held.subarray(records.take(held, 0, held.length, false));
    }
    assert.is(records.take(held, 0, held.length, true), held.length);
    assert.equal(
      found,
      messages.map((one) => one.toString()),
    );
    assert.equal(damage, []);
  }
});

test("fields of a message, and none beyond its end", () => {
  const read = (bytes: Uint8Array): [id: number, number: number][] => {
    const found: [number, number][] = [];
    for (const { id, number } of fields(...all(bytes))) found.push([id, number]);
    return found;
  };
  const message = Buffer.concat([whole(1, 300), double(2, 0.5), field(3, "abc"), float(12, 1)]);
  assert.equal(
    read(message).map(([id]) => id),
    [1, 2, 3, 12],
  );
  assert.is(read(message)[0]![1], 300);
  for (let cut = 0; cut < message.length; cut += 1) assert.ok(read(message.subarray(0, cut)).length < 4);
  assert.equal(read(Buffer.from("0bffffff", "hex")), [], "groups are not known");
  assert.equal(read(Buffer.from("0affffffffffffffffff7f", "hex")), [], "a length beyond the end");
  assert.equal(read(Buffer.alloc(20, 255)), [], "a number without an end");
});

test("whole numbers below zero", () => {
  assert.is(signed(...all(Buffer.from("fbffffffffffffffff01", "hex"))), -5);
  assert.is(signed(...all(Buffer.from("80808080808080808001", "hex"))), -(2 ** 63));
});

test("tensors of every type, packed, unpacked and raw", () => {
  const shape = (...sizes: number[]) => field(2, Buffer.concat(sizes.map((size) => field(2, whole(1, size)))));
  const numbers = (...parts: Uint8Array[]) => readTensor(...all(Buffer.concat(parts)), 10).numbers;
  assert.equal(numbers(whole(1, 1), float(5, 0.5)), [0.5]);
  assert.equal(numbers(whole(1, 14), whole(13, 0x3fc0)), [1.5], "bfloat16");
  assert.equal(numbers(whole(1, 19), whole(13, 0x3e00)), [1.5], "half");
  assert.equal(numbers(whole(1, 19), whole(13, 0x8001)), [-(2 ** -24)], "the smallest half");
  assert.equal(numbers(whole(1, 19), whole(13, 0xfc00)), [Number.NEGATIVE_INFINITY]);
  assert.equal(numbers(whole(1, 14), field(4, Buffer.from("c03f", "hex"))), [1.5]);
  assert.equal(numbers(whole(1, 7), field(8, "text")), []);
  assert.equal(numbers(whole(1, 1), shape(2, 2), float(5, 3)), [3, 3, 3, 3], "the last element stands for the rest");
  assert.is(numbers(whole(1, 1), shape(1e9, 1e9), float(5, 3)).length, 10, "never more than asked for");
  assert.equal(numbers(whole(1, 1), field(4, Buffer.alloc(3))), [], "half an element");
  assert.equal(numbers(whole(1, 99), field(4, Buffer.alloc(8))), [], "a type from the future");
});

test("quantiles of a histogram, worked out by hand", () => {
  // 10 values in (0, 1], 30 in (1, 2], none in (2, 3], 10 in (3, 5], of which the largest is 4.
  const histogram = { min: 0, max: 4, limits: [1, 2, 3, 5], counts: [10, 30, 0, 10] };
  const expected = { min: 0, p05: 0.25, p25: 1 + 2.5 / 30, p50: 1.5, p75: 1 + 27.5 / 30, p95: 3.75, max: 4 };
  const found = Object.fromEntries(quantiles(histogram));
  for (const [name, value] of Object.entries(expected))
    assert.ok(Math.abs(found[name]! - value) < 1e-12, `${name} ${found[name]}`);
});

test("quantiles of one value, of nothing, of nonsense", () => {
  assert.equal(
    quantiles({ min: 2, max: 2, limits: [1.9, 2.1], counts: [0, 7] }).map(([, value]) => value),
    [2, 2, 2, 2, 2, 2, 2],
  );
  assert.equal(quantiles({ min: 0, max: 0, limits: [], counts: [] }), []);
  assert.equal(quantiles({ min: 0, max: 1, limits: [1], counts: [0] }), []);
  assert.equal(quantiles({ min: 0, max: 1, limits: [1], counts: [-1] }), []);
  assert.equal(quantiles({ min: 0, max: 1, limits: [1], counts: [Number.NaN] }), []);
  assert.equal(quantiles({ min: 2, max: 1, limits: [1], counts: [1] }), []);
  const broken = quantiles({ min: Number.NaN, max: Number.NaN, limits: [1], counts: [3] });
  assert.ok(broken.length === 7 && broken.every(([, value]) => Number.isNaN(value)), "weights that became NaN are told");
});

test("histograms as both kinds of writer store them", () => {
  const packed = (id: number, ...values: number[]) =>
    field(id, Buffer.concat(values.map((value) => double(1, value).subarray(1))));
  const histogram = { min: -1, max: 2, limits: [0, 2], counts: [1, 3] };
  assert.equal(readHistogram(...all(Buffer.concat([double(1, -1), double(2, 2), packed(6, 0, 2), packed(7, 1, 3)]))), histogram);
  const unpacked = [double(1, -1), double(2, 2), double(6, 0), double(6, 2), double(7, 1), double(7, 3)];
  assert.equal(readHistogram(...all(Buffer.concat(unpacked))), histogram);
  const rows = [-9, -1, 0, -1, 0, 1, 0, 2, 3, 2, 9, 0];
  assert.equal(tensorHistogram({ type: 2, shape: [4, 3], numbers: rows, strings: [], floatAt: null }), { ...histogram });
});

test("hparams of every type", () => {
  const entry = (name: string, value: Uint8Array) => field(1, Buffer.concat([field(1, name), field(2, value)]));
  const list = field(6, Buffer.concat([field(1, double(2, 1)), field(1, field(3, "b"))]));
  const entries = [
    entry("lr", double(2, 0.01)),
    entry("name", field(3, "adäm")),
    entry("amp", whole(4, 1)),
    entry("none", whole(1, 0)),
    entry("sizes", list),
    entry("__proto__", double(2, 3)),
  ];
  const flags = readHparams(...all(field(3, Buffer.concat(entries))));
  assert.equal(Object.entries(flags), [
    ["lr", 0.01],
    ["name", "adäm"],
    ["amp", true],
    ["none", null],
    ["sizes", [1, "b"]],
    ["__proto__", 3],
  ]);
  assert.equal(readHparams(...all(field(2, field(1, "an experiment")))), {});
  let nested: Buffer = double(2, 1);
  for (let depth = 0; depth < 5000; depth += 1) nested = field(6, field(1, nested));
  assert.equal(Object.keys(readHparams(...all(field(3, entry("deep", nested))))), ["deep"]);
});

/** What a reader tells of these events: `tag@step=value`. */
function told(...events: Uint8Array[]): string[] {
  const lines: string[] = [];
  const sink: EventSink = {
    points: (tag) => ({
      push: (step, wall, value) => void lines.push(`${tag}@${step}=${value}${wall === 1e9 + step ? "" : ` at ${wall}`}`),
    }),
    image: (tag, step, _wall, encoded) => void lines.push(`${tag}@${step} image ${encoded.length}`),
    text: (tag, step, _wall, words) => void lines.push(`${tag}@${step} text ${words}`),
    flags: (flags) => void lines.push(JSON.stringify(flags)),
    restart: (step) => void lines.push(`restart@${step}`),
    damaged: (what) => void lines.push(what),
  };
  const read = readEvents(sink);
  for (const one of events) read(...all(one));
  return lines;
}

test("the expected event and the unexpected one are read alike", () => {
  const tags = ["a", "loss", "bb", "lass"];
  const events: Uint8Array[] = [];
  const expected: string[] = [];
  for (let step = 0; step < 300; step += 1) {
    for (const tag of tags) {
      if (tag === "bb" && step % 7 !== 0) continue; // an order that is never the same for long
      const value = Math.fround(step / 3);
      events.push(scalar(tag, step * 2 ** (step % 40), value));
      expected.push(`${tag}@${step * 2 ** (step % 40)}=${value}`);
    }
  }
  assert.equal(
    told(...events).map((line) => line.replace(/ at .*/, "")),
    expected,
  );
});

test("an event that only looks like the last one is read for what it is", () => {
  const value = (...parts: Uint8Array[]) => event(1, field(5, field(1, Buffer.concat(parts))));
  const a = field(1, "a");
  const lines = told(
    value(a, float(2, 1)),
    value(a, float(2, 2)),
    value(field(1, "b"), float(2, 3)),
    value(a, float(3, 4)),
    value(a, varint(0x15), Buffer.alloc(2)),
    event(1, field(5, Buffer.concat([field(1, Buffer.concat([a, float(2, 5)])), field(1, Buffer.concat([a, float(2, 6)]))]))),
    event(1, field(5, field(1, Buffer.concat([float(2, 7), a])))),
    event(1, field(5, field(1, Buffer.concat([float(2, 8), field(1, "b")])))),
  );
  assert.equal(lines, ["a@1=1", "a@1=2", "b@1=3", "a@1=5", "a@1=6", "a@1=7", "b@1=8"]);
  const two = (x: number, y: number) =>
    event(
      1,
      field(5, Buffer.concat([field(1, Buffer.concat([a, float(2, x)])), field(1, Buffer.concat([field(1, "b"), float(2, y)]))])),
    );
  assert.equal(told(two(1, 2), two(1, 4)), ["a@1=1", "b@1=2", "a@1=1", "b@1=4"], "several values each time");
  const longer = Buffer.concat([scalar("a", 1, 3), field(5, field(1, Buffer.concat([field(1, "b"), float(2, 4)])))]);
  assert.equal(told(scalar("a", 1, 1), scalar("a", 1, 2), longer), ["a@1=1", "a@1=2", "a@1=3", "b@1=4"], "more behind it");
  const begins = Buffer.concat([scalar("a", 1, 1), field(7, whole(1, 1))]);
  assert.equal(told(begins, begins), ["restart@1", "a@1=1", "restart@1", "a@1=1"], "a start behind it");
  const before = (value: number) =>
    Buffer.concat([double(1, 1e9 - 5), Buffer.from("10fbffffffffffffffff01", "hex"), scalar("a", 0, value).subarray(9)]);
  assert.equal(told(before(1), before(2)), ["a@-5=1", "a@-5=2"], "a step below zero");
});

test("tensors without a word about their plugin are scalars when they are one number", () => {
  const tensor = (...parts: Uint8Array[]) => field(8, Buffer.concat(parts));
  const metadata = (plugin: string) => field(9, field(1, field(1, plugin)));
  const value = (...parts: Uint8Array[]) => event(2, field(5, field(1, Buffer.concat([field(1, "t"), ...parts]))));
  const one = tensor(whole(1, 1), float(5, 0.5));
  const two = tensor(whole(1, 1), float(5, 0.5), float(5, 1));
  const words = tensor(whole(1, 7), field(8, "x"), field(8, "y"));
  assert.equal(told(value(one), value(one), value(two)), ["t@2=0.5", "t@2=0.5"]);
  assert.equal(told(value(metadata("pr_curves"), one), value(one)), [], "nor later: the first value has said what it is");
  assert.equal(told(value(metadata("text"), words), value(words)), ["t@2 text x\ny", "t@2 text x\ny"]);
  const pictures = tensor(whole(1, 7), field(8, "8"), field(8, "8"), field(8, "png"), field(8, "picture"));
  assert.equal(told(value(metadata("images"), pictures)), ["t@2 image 3", "t@2 image 7"]);
});

test("a tag without an end, and tags without number, are bounded", () => {
  assert.equal(told(scalar("x".repeat(2000), 1, 1)), ["a tag longer than 1000 characters"]);
  const many = told(...Array.from({ length: 50_002 }, (_, i) => scalar(`t${i}`, 1, 1)));
  assert.equal(many.slice(50_000), ["more than 50000 tags", "more than 50000 tags"]);
});

test.run();
