/** The reader against TensorBoard's own: value by value with what EventAccumulator read in the same files. */
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { type EventColumns, readEventColumns } from "../../../scripts/formats/_event-columns.ts";
import { decodeNumber, type RawNumber } from "../../../src/run/numbers.ts";
import { announceSkip } from "../../runner/skip.ts";
import { record, restart, scalar } from "./_event-bytes.ts";

/** What `make.py` prints of one folder. */
interface Expected {
  scalars: Record<string, [wall: number, step: number, value: RawNumber][]>;
  histograms: Record<string, [step: number, min: RawNumber, max: RawNumber][]>;
  images: Record<string, number>;
}

const made = join(import.meta.dirname, "../../fixtures/event-files");
const shared = join(import.meta.dirname, "../../../../shared/fixtures");
const test = suite("event columns");

function eventFiles(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.includes("tfevents"))
    .map((name) => join(folder, name));
}

function points({ series }: EventColumns, tag: string): [number, number, number][] {
  const found = series.find((one) => one.tag === tag);
  if (found === undefined) return [];
  return [...found.values].map((value, i) => [found.walls[i]!, found.steps[i]!, value]);
}

/** Every scalar, and the ends of every histogram, of one folder; nothing more and nothing less than expected. */
function compare(folder: string, expected: Expected): void {
  const images: Record<string, number> = {};
  const columns = readEventColumns(eventFiles(folder), {
    image(tag) {
      images[tag] = (images[tag] ?? 0) + 1;
    },
    text() {},
    flags() {},
  });
  assert.equal(columns.damaged, { count: 0, first: null });
  const histogramTags = Object.keys(expected.histograms);
  const isQuantile = (tag: string) => histogramTags.some((name) => tag.startsWith(`${name}/`));
  const tags = columns.series.map(({ tag }) => tag).filter((tag) => !isQuantile(tag));
  assert.equal(tags.sort(), Object.keys(expected.scalars).sort(), folder);
  for (const [tag, rows] of Object.entries(expected.scalars)) {
    assert.equal(
      points(columns, tag),
      rows.map(([wall, step, value]) => [wall, step, decodeNumber(value)]),
      `${folder}: ${tag}`,
    );
  }
  for (const [tag, rows] of Object.entries(expected.histograms)) {
    const ends = (name: string) => points(columns, `${tag}/${name}`).map(([, step, value]) => [step, Math.fround(value)]);
    assert.equal(
      ends("min"),
      rows.map(([step, min]) => [step, Math.fround(decodeNumber(min))]),
    );
    assert.equal(
      ends("max"),
      rows.map(([step, , max]) => [step, Math.fround(decodeNumber(max))]),
    );
  }
  for (const [tag, count] of Object.entries(expected.images)) assert.ok(images[tag]! >= count, tag);
}

test("reads what EventAccumulator reads: torch, tensorboardX, hparams, tensors of every type, Keras; with restarts", () => {
  const expected = JSON.parse(readFileSync(join(made, "EXPECTED.json"), "utf8")) as Record<string, Expected>; // made by make.py
  assert.equal(Object.keys(expected).sort(), ["hparams", "keras", "tensors", "tensorboardX", "torch"].sort());
  for (const [folder, one] of Object.entries(expected)) compare(join(made, folder), one);
});

const python = process.env.GUILDHALL_BENCH_PYTHON ?? "python3";
const realRuns = ["tensorboard", "tensorboardX", "keras"]
  .map((name) => join(shared, name))
  .filter((folder) => existsSync(folder));
const hasTensorBoard = spawnSync(python, ["-c", "import torch, tensorboard, tensorboardX"]).status === 0;
const canCompare = hasTensorBoard && realRuns.length > 0;
if (!canCompare) {
  announceSkip(
    "event files of real runs need some in ../shared/fixtures, and a Python with torch, tensorboard and tensorboardX (GUILDHALL_BENCH_PYTHON)",
  );
}

(canCompare ? test : test.skip)("reads what EventAccumulator reads in real runs", () => {
  const folders = realRuns
    .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => join(folder, name)))
    .filter((path) => path.includes("tfevents"))
    .map((path) => join(path, ".."));
  const text = execFileSync(python, [join(made, "make.py"), ...new Set(folders)], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  const expected = JSON.parse(text) as Record<string, Expected>; // made by make.py
  assert.ok(Object.keys(expected).length > 20);
  for (const [folder, one] of Object.entries(expected)) compare(folder, one);
});

test("the files of a directory are one stream in order of their names; a restart takes back what came before", () => {
  const folder = mkdtempSync(join(tmpdir(), "event-columns-"));
  const write = (name: string, ...events: Uint8Array[]) => writeFileSync(join(folder, name), Buffer.concat(events.map(record)));
  write("events.out.tfevents.2.host", restart(2), scalar("loss", 2, 20), scalar("only", 5, 1), restart(5));
  write("events.out.tfevents.1.host", scalar("loss", 1, 1), scalar("loss", 2, 2), scalar("loss", 3, 3), scalar("acc", 3, 1));
  const columns = readEventColumns(eventFiles(folder).reverse());
  assert.equal(
    columns.series.map(({ tag, steps, values }) => [tag, [...steps], [...values]]),
    [["loss", [1, 2], [1, 20]]],
  );
  rmSync(folder, { recursive: true });
});

test("columns hold floats as long as that is exact", () => {
  const { series } = readEventColumns(eventFiles(join(made, "tensors")));
  const kinds = Object.fromEntries(series.map(({ tag, values }) => [tag, values.constructor.name]));
  assert.is(kinds.float_val, "Float32Array");
  assert.is(kinds.double_val, "Float64Array");
  assert.is(kinds.int64_content, "Float64Array");
});

test("no files, no series; a damaged file is named", () => {
  assert.equal(readEventColumns([]), { series: [], damaged: { count: 0, first: null } });
  const folder = mkdtempSync(join(tmpdir(), "event-columns-"));
  const bytes = record(scalar("loss", 1, 1));
  bytes[20]! ^= 1;
  writeFileSync(join(folder, "events.out.tfevents.1.host"), bytes);
  const { damaged } = readEventColumns(eventFiles(folder));
  assert.equal(damaged, { count: 1, first: "events.out.tfevents.1.host: record 1: wrong checksum" });
  rmSync(folder, { recursive: true });
});

test.run();
