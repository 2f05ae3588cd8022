import { suite } from "uvu";
import * as assert from "uvu/assert";
import { isBetter, readingOf, spreadOf } from "../../../src/views/reading.ts";
import { aRun, bareProject, course } from "./_runs.ts";

const test = suite("reading");

test("reads the best finite value by the goal, else the last", () => {
  const summary = course([0.5, 0.9, Number.NaN, 0.7]);
  assert.equal(readingOf(summary, "max"), { value: 0.9, step: 2, kind: "best" });
  assert.equal(readingOf(summary, "min"), { value: 0.5, step: 1, kind: "best" });
  assert.equal(readingOf(summary, null), { value: 0.7, step: 4, kind: "last" });
});

test("a single value is neither best nor last", () => {
  assert.equal(readingOf(course([3]), "max"), { value: 3, step: 0, kind: "only" });
});

test("without a finite value reads the last, whatever it is", () => {
  const reading = readingOf(course([Number.NaN, Number.POSITIVE_INFINITY]), "max");
  assert.equal(reading, { value: Number.POSITIVE_INFINITY, step: 2, kind: "last" });
});

test("anything is better than NaN, and NaN than nothing", () => {
  assert.ok(isBetter(1, Number.NaN, "max"));
  assert.not.ok(isBetter(Number.NaN, 1, "max"));
  assert.not.ok(isBetter(Number.NaN, Number.NaN, "min"));
  assert.not.ok(isBetter(1, 1, "max"));
});

test("a group's spread counts completed runs and says how many it left out", () => {
  const runs = [
    aRun({ acc: [0.1, 0.9] }),
    aRun({ acc: [0.1, 0.7] }),
    aRun({ acc: [0.1, 0.99] }, {}, { status: "error", exitCode: 1 }),
    aRun({ acc: [0.1, 0.98], loss: [1, Number.NaN] }),
    aRun({}),
  ];
  const spread = spreadOf({ runs }, "acc", bareProject)!;
  assert.is(spread.n, 2);
  assert.ok(Math.abs(spread.mean - 0.8) < 1e-12);
  assert.equal([spread.min, spread.max], [0.7, 0.9]);
  assert.is(spread.excluded, 3);
  assert.is(spread.diverged, 1);
  assert.is(spread.run, runs[0]);
});

test("a spread of nothing is null", () => {
  assert.is(spreadOf({ runs: [] }, "acc", bareProject), null);
  assert.is(spreadOf({ runs: [aRun({ acc: [Number.NaN] })] }, "acc", bareProject), null);
});

test.run();
