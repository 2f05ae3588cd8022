import { appendFileSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import format from "../../../scripts/formats/event-file.ts";
import { event, field, header, record, restart, scalar, version } from "./_event-bytes.ts";
import { Collected, readAll } from "./_findings.ts";

const fixtures = join(import.meta.dirname, "../../fixtures/event-files");
const files = (folder: string) =>
  readdirSync(join(fixtures, folder))
    .sort()
    .map((name) => join(fixtures, folder, name));

const test = suite<{ folder: string; path: string }>("event file");
test.before.each((context) => {
  context.folder = mkdtempSync(join(tmpdir(), "event-file-"));
  context.path = join(context.folder, "events.out.tfevents.1.host");
});
test.after.each(({ folder }) => rmSync(folder, { recursive: true }));

/** A file of `count` scalars, the first record the version. */
const plain = (count: number): Buffer[] => [
  record(version),
  ...Array.from({ length: count }, (_, step) => record(scalar("loss", step, step / 2))),
];
const steps = ({ scalars }: Collected) => scalars.map(([, step]) => step);

test("is known by its name, or by how it begins", () => {
  const head = record(version);
  assert.ok(format.recognises("logs/train/events.out.tfevents.1795458986.host.1.0", head));
  assert.ok(format.recognises("events.out.tfevents.1795458986.host.1.0.v2", Buffer.alloc(0)));
  assert.ok(format.recognises("renamed", head));
  assert.not(format.recognises("logs/events.out.tfevents.1795458986/readme.txt", Buffer.from("hello")));
  assert.not(format.recognises("metrics.csv", Buffer.from("step,loss\n")));
});

test("reads what torch writes: scalars, a histogram, an image, text, and the restart of a second file", () => {
  const [first, second] = files("torch");
  const read = readAll(format.open(first!));
  assert.equal(read.damage, []);
  assert.equal(read.scalars[0], ["loss", 0, 1795458986.25, 1]);
  assert.ok(read.lines.includes("loss@7=NaN"));
  assert.ok(read.lines.includes("val/acc@2=Infinity"));
  assert.equal(read.images, [["digit", 9, 1795458995.25, read.images[0]![3], "PNG"]]);
  assert.equal(read.texts, [["note/text_summary", 9, 1795458995.25, "half *way*: ünïcode ☃"]]);
  const quantile = (name: string) => read.scalars.find(([tag]) => tag === `weights/${name}`)![3];
  const shown = ["min", "p05", "p25", "p50", "p75", "p95", "max"].map(quantile);
  assert.equal(
    shown,
    shown.toSorted((a, b) => a - b),
  );
  // 500 draws of a standard normal distribution.
  assert.ok(Math.abs(quantile("p50")) < 0.2 && Math.abs(quantile("p95") - 1.645) < 0.3, String(shown));
  assert.is(readAll(format.open(second!)).lines[0], "restart@6");
});

test("reads hparams as flags, and leaves the metrics that they name to the scalars", () => {
  const read = readAll(format.open(files("hparams")[0]!));
  assert.equal(read.all, { lr: 0.01, layers: 3, optimizer: "adam", amp: 1 }, "torch stores True as a number");
  assert.equal(read.damage, []);
});

test("reads what TF2 and Keras write: tensors of every type", () => {
  const read = readAll(format.open(files("keras")[0]!));
  assert.equal(
    read.lines.filter((line) => line.startsWith("custom/scalar")),
    [0, 1, 2, 3, 4].map((step) => `custom/scalar@${step}=${step / 2}`),
  );
  assert.equal(
    read.images.map(([tag, , , , head]) => [tag, head]),
    [
      ["digit", "PNG"],
      ["digit", "PNG"],
    ],
  );
  assert.is(read.texts[0]![3], "hello **tf2**");
  assert.equal(read.all, { flag: true, lr: 0.01, optimizer: "adam", hidden: 64 });
});

test("tells the same, however little is read at a time", () => {
  for (const folder of ["torch", "tensorboardX", "hparams", "tensors", "keras"]) {
    for (const path of files(folder)) {
      const whole = readAll(format.open(path));
      for (const budget of [1, 7, 100, 4096]) assert.equal(readAll(format.open(path), budget), whole, `${path} by ${budget}`);
    }
  }
});

test("a growing file is read to where it is whole, and on from there", ({ path }) => {
  const [head, ...points] = plain(4);
  writeFileSync(path, Buffer.concat([head!, points[0]!, points[1]!.subarray(0, 20)]));
  const tail = format.open(path);
  const found = new Collected();
  assert.is(tail.read(found, 1 << 20), false);
  assert.equal(steps(found), [0]);
  appendFileSync(path, points[1]!.subarray(20));
  tail.read(found, 1 << 20);
  assert.equal(steps(found), [0, 1]);
  appendFileSync(path, points[2]!);
  appendFileSync(path, points[3]!.subarray(0, 5));
  tail.end(found);
  assert.equal(steps(found), [0, 1, 2]);
  assert.equal(found.damage, ["record 5: cut short at the end of the file"]);
});

test("a budget is kept, and more is announced", ({ path }) => {
  writeFileSync(path, Buffer.concat(plain(100)));
  const tail = format.open(path);
  const found = new Collected();
  assert.is(tail.read(found, 500), true);
  assert.ok(found.scalars.length > 0 && found.scalars.length <= 500 / 40, String(found.scalars.length));
  tail.end(found);
  assert.is(found.scalars.length, 100);
});

test("an empty file, and one that is not there", ({ path }) => {
  writeFileSync(path, "");
  assert.equal(readAll(format.open(path)), new Collected());
  assert.throws(() => format.open(`${path}.gone`), /ENOENT/);
});

test("a record with a wrong checksum is passed over and told", ({ path }) => {
  const records = plain(5);
  records[3]![20]! ^= 4;
  writeFileSync(path, Buffer.concat(records));
  const read = readAll(format.open(path));
  assert.equal(steps(read), [0, 1, 3, 4]);
  assert.equal(read.damage, ["record 4: wrong checksum"]);
});

test("after a wrong length the next record is found", ({ path }) => {
  for (const broken of [0, 1, 4, 7, 8, 11]) {
    const records = plain(5);
    records[3]![broken]! ^= 1;
    writeFileSync(path, Buffer.concat(records));
    for (const budget of [3, 1 << 20]) {
      const read = readAll(format.open(path), budget);
      assert.equal(steps(read), [0, 1, 3, 4]);
      assert.equal(read.damage, [`record 4: wrong length, ${records[3]!.length} bytes passed over`]);
    }
  }
});

test("a wrong checksum at the very end may still be being written, until the end", ({ path }) => {
  const holed = Buffer.concat(plain(3));
  holed.fill(0, holed.length - 30); // a page that a network file system has not brought yet
  writeFileSync(path, holed);
  const tail = format.open(path);
  const found = new Collected();
  tail.read(found, 1 << 20);
  assert.equal([steps(found), found.damage], [[0, 1], []]);
  tail.end(found);
  assert.equal([steps(found), found.damage], [[0, 1], ["record 4: wrong checksum"]]);
});

test("a file of zeros, and one of noise, hold nothing, and that is told once", ({ path }) => {
  for (const bytes of [Buffer.alloc(100), Buffer.alloc(5 << 20), Buffer.alloc(3 << 20, "noise")]) {
    writeFileSync(path, bytes);
    const read = readAll(format.open(path));
    assert.equal([read.lines, read.damage], [[], [`record 1: wrong length, the last ${bytes.length} bytes passed over`]]);
  }
});

test("a hole that is filled later is read then", ({ path }) => {
  const whole = Buffer.concat(plain(3));
  for (const from of [plain(1)[0]!.length, whole.length - 30, whole.length - 100]) {
    const holed = Buffer.from(whole);
    holed.fill(0, from);
    writeFileSync(path, holed);
    const tail = format.open(path);
    const found = new Collected();
    tail.read(found, 1 << 20);
    assert.ok(found.scalars.length < 3);
    writeFileSync(path, whole);
    tail.read(found, 1 << 20);
    tail.end(found);
    assert.equal([steps(found), found.damage], [[0, 1, 2], []]);
  }
});

test("a hole where the next record will be is waited for", ({ path }) => {
  const records = plain(2);
  writeFileSync(path, Buffer.concat([...records, Buffer.alloc(4096)]));
  const tail = format.open(path);
  const found = new Collected();
  tail.read(found, 1 << 20);
  assert.equal([steps(found), found.damage], [[0, 1], []]);
  tail.end(found);
  assert.equal(found.damage, ["record 4: wrong length, the last 4096 bytes passed over"]);
});

test("a length of many terabytes costs no memory and no time", ({ path }) => {
  for (const length of [2n ** 24n + 1n, 2n ** 40n, 2n ** 63n, 2n ** 64n - 1n]) {
    writeFileSync(path, Buffer.concat([record(version), header(length), Buffer.alloc(5000, 7)]));
    const before = process.memoryUsage().arrayBuffers;
    const read = readAll(format.open(path));
    assert.equal(read.damage, ["record 2: cut short at the end of the file"]);
    assert.ok(process.memoryUsage().arrayBuffers - before < 4 << 20);
  }
});

test("a graph of any size is passed over; another record that is too long is told", ({ path }) => {
  const huge = Buffer.alloc(17 << 20, 1);
  const records = [record(event(0, field(4, huge))), record(event(3, field(5, huge))), record(scalar("loss", 4, 1))];
  writeFileSync(path, Buffer.concat(records));
  const read = readAll(format.open(path));
  assert.equal(steps(read), [4]);
  assert.equal(read.damage, ["record 2: longer than 16 MiB"]);
  records[0]![1 << 20]! ^= 1;
  writeFileSync(path, Buffer.concat(records));
  assert.equal(readAll(format.open(path)).damage, ["record 1: wrong checksum", "record 2: longer than 16 MiB"]);
});

test("a file that is cut and written anew is read anew, and what it told before is taken back", ({ path }) => {
  writeFileSync(path, Buffer.concat(plain(5)));
  const tail = format.open(path);
  const found = new Collected();
  tail.read(found, 1 << 20);
  truncateSync(path, 0);
  appendFileSync(path, Buffer.concat(plain(2)));
  while (tail.read(found, 1 << 20));
  assert.equal(found.lines.slice(5), ["restart@0", "loss@0=0", "loss@1=0.5"]);
  tail.end(found);
  assert.equal(found.damage, ["the file was replaced while it was read"]);
});

test("a file that another takes the place of is read to its end first", ({ path }) => {
  const [head, ...points] = plain(3);
  writeFileSync(path, Buffer.concat([head!, points[0]!]));
  const tail = format.open(path);
  const found = new Collected();
  tail.read(found, 1 << 20);
  appendFileSync(path, Buffer.concat([points[1]!, points[2]!.subarray(0, 30)]));
  writeFileSync(`${path}.new`, Buffer.concat([head!, points[0]!, points[1]!, points[2]!]));
  renameSync(`${path}.new`, path);
  tail.end(found);
  assert.equal(found.lines, ["loss@0=0", "loss@1=0.5", "restart@0", "loss@0=0", "loss@1=0.5", "loss@2=1"]);
  assert.equal(found.damage, ["record 4: cut short at the end of the file", "the file was replaced while it was read"]);
});

test("a file that is deleted is read on as long as it is open", ({ path }) => {
  writeFileSync(path, Buffer.concat(plain(3)));
  const tail = format.open(path);
  rmSync(path);
  const found = new Collected();
  tail.read(found, 1 << 20);
  tail.end(found);
  assert.equal([steps(found), found.damage], [[0, 1, 2], []]);
});

test("a restart stands where it happened", ({ path }) => {
  const records = [scalar("loss", 1, 1), scalar("loss", 2, 2), restart(2), scalar("loss", 2, 3)];
  writeFileSync(path, Buffer.concat(records.map(record)));
  assert.equal(readAll(format.open(path)).lines, ["loss@1=1", "loss@2=2", "restart@2", "loss@2=3"]);
});

/** Numbers that look random and are the same each time. */
function* numbers(seed: number): Generator<number, never> {
  for (let state = seed; ; ) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    yield state;
  }
}

test("flipped bits, cuts and noise never throw or hang, and never tell a value that was not written", ({ path }) => {
  const real = ["torch", "tensorboardX", "hparams", "tensors", "keras"].map((folder) => readFileSync(files(folder)[0]!));
  const written = new Set(
    ["torch", "tensorboardX", "hparams", "tensors", "keras"].flatMap((folder) => readAll(format.open(files(folder)[0]!)).lines),
  );
  const random = numbers(7);
  const next = (below: number) => random.next().value % below;
  for (let round = 0; round < 400; round += 1) {
    const bytes = Buffer.from(real[next(real.length)]!);
    for (let flips = next(20); flips >= 0; flips -= 1) bytes[next(bytes.length)]! ^= 1 << next(8);
    const cut = bytes.subarray(round % 3 === 0 ? next(bytes.length) : 0, round % 2 === 0 ? next(bytes.length) : bytes.length);
    writeFileSync(path, cut);
    const read = readAll(format.open(path), 1 + next(5000));
    for (const line of read.lines) assert.ok(written.has(line), `${line} in round ${round}`);
  }
});

test("messages with the right checksum and nonsense inside never throw or hang", ({ path }) => {
  const real = ["torch", "hparams", "tensors", "keras"].map((folder) => readFileSync(files(folder)[0]!));
  const messages = real.flatMap((bytes) => {
    const found: Buffer[] = [];
    for (let at = 0; at < bytes.length; ) {
      const length = bytes.readUInt32LE(at);
      found.push(bytes.subarray(at + 12, at + 12 + length));
      at += length + 16;
    }
    return found;
  });
  const random = numbers(11);
  const next = (below: number) => random.next().value % below;
  const records = Array.from({ length: 4000 }, () => {
    const message = Buffer.from(messages[next(messages.length)]!);
    for (let flips = next(6); flips >= 0; flips -= 1) message[next(message.length)] = next(256);
    return record(message.subarray(0, next(4) === 0 ? next(message.length) : message.length));
  });
  writeFileSync(path, Buffer.concat([...records, record(scalar("loss", 1, 1))]));
  const read = readAll(format.open(path));
  assert.is(read.lines.at(-1), "loss@1=1");
});

test.run();
