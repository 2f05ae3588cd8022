import { suite } from "uvu";
import * as assert from "uvu/assert";
import { columnTexts, repeated, signedText, spreadText } from "../../../src/views/numbers.ts";
import type { Spread } from "../../../src/views/reading.ts";
import { aRun } from "./_runs.ts";

const test = suite("numbers in words");
const spread = (more: Partial<Spread>): Spread => ({
  n: 3,
  mean: 0.967,
  min: 0.961,
  max: 0.971,
  excluded: 0,
  diverged: 0,
  run: aRun({}),
  unit: "1",
  ...more,
});

test("a mean never stands without its range and size", () => {
  assert.is(spreadText(spread({}), "seed"), "0.961–0.971 over 3 seeds");
  assert.is(spreadText(spread({ unit: "ratio" }), "seed"), "96.1–97.1 % over 3 seeds");
  assert.is(spreadText(spread({ n: 2, min: 0.5, max: 0.5 }), "run"), "all 0.5 over 2 runs");
  assert.is(spreadText(spread({ n: 1 }), "seed"), "single run");
});

test("runs that do not count are said", () => {
  assert.is(spreadText(spread({ excluded: 2, diverged: 1 }), "seed"), "0.961–0.971 over 3 seeds (2 not counted, 1 diverged)");
  assert.is(spreadText(spread({ n: 1, excluded: 1 }), "run"), "single run (1 not counted)");
});

test("repetitions are seeds when each run has its own", () => {
  assert.is(repeated([aRun({}, { seed: 1 }), aRun({}, { seed: 2 })]), "seed");
  assert.is(repeated([aRun({}, { seed: 1 }), aRun({}, { seed: 1 })]), "run");
  assert.is(repeated([aRun({}), aRun({})]), "run");
});

test("numbers of a column stand with their points under each other", () => {
  assert.equal(columnTexts([0.9, 0.9672, null, Number.NaN], "1"), ["0.9000", "0.9672", null, "NaN"]);
  assert.equal(columnTexts([0.98, 0.9861], "ratio"), ["98.0 %", "98.6 %"]);
  assert.equal(columnTexts([1, 2000], "1"), ["1", "2,000"]);
  assert.equal(columnTexts([1e-7, 0.5], "1"), ["1e-7", "0.5"]);
  assert.equal(columnTexts([1024, 2e9], "B"), ["1.02 kB", "2 GB"]);
  assert.equal(columnTexts([], "1"), []);
});

test("differences carry their sign", () => {
  assert.is(signedText(0.0123, "1"), "+0.012");
  assert.is(signedText(-0.0123, "ratio"), "−1.2 pt");
  assert.is(signedText(0, "s"), "±0");
});

test.run();
