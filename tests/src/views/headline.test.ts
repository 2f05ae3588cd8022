import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { Run } from "../../../src/run/types.ts";
import { headline, standingOf } from "../../../src/views/headline.ts";
import { phraseText } from "../../../src/views/phrase.ts";
import { aRun, bareProject } from "./_runs.ts";

const test = suite("headline");
const said = (runs: Run[], project = bareProject) => phraseText(headline(runs, standingOf(runs, project)));
const trained = (acc: number, flags: Run["flags"], more: Partial<Run> = {}) =>
  aRun({ val_acc: [0.1, acc, acc - 0.01] }, flags, more);

test("names the leading configuration with its range and size, and the latest run", () => {
  const runs = [
    aRun({ test_acc: [0.95] }, {}, { operation: "evaluate" }),
    trained(0.971, { lr: 0.1, seed: 3 }),
    trained(0.961, { lr: 0.1, seed: 2 }),
    trained(0.969, { lr: 0.1, seed: 1 }),
    trained(0.98, { lr: 0.5, seed: 1 }, { status: "error", exitCode: 1 }),
    trained(0.9, { lr: 0.5, seed: 2 }),
  ];
  assert.is(
    said(runs),
    "5 runs of train in 2 configurations, 6 runs in all. Best is lr=0.1 with val_acc 0.967, 0.961–0.971 over 3 seeds. The latest run, evaluate, completed.",
  );
});

test("a single run is called one", () => {
  assert.is(said([trained(0.9, {})]), "1 run of train. Best val_acc 0.9, single run. The latest run, train, completed.");
});

test("without a goal nothing is best", () => {
  const runs = [aRun({ foo: [1, 2] }, { a: 1 }), aRun({ foo: [1, 3] }, { a: 2 })];
  assert.match(said(runs), "Last foo 2; declare a goal for it and the best is named here.");
  assert.not.match(said(runs), "Best");
});

test("says failure, running, divergence and silence", () => {
  assert.match(
    said([trained(0.9, {}, { status: "error", exitCode: 1 })]),
    "No run has completed with a finite val_acc. The latest run, train, failed (exit code 1).",
  );
  assert.match(said([trained(0.9, {}, { status: "running", exitCode: null, label: "big" })]), / big is running\.$/);
  assert.match(said([aRun({ val_acc: [0.1, Number.NaN] })]), "diverged");
  assert.match(said([aRun({})]), "No metrics were found in their output.");
});

test("no runs, no sentence", () => {
  assert.is(said([]), "");
});

test("the project's subject is the operation with curves, unless a primary metric says otherwise", () => {
  const runs = [aRun({ val_acc: [0.1, 0.2] }), ...[1, 2, 3].map(() => aRun({ latency_ms: [3] }, {}, { operation: "evaluate" }))];
  assert.is(standingOf(runs, bareProject)?.operation, "train");
  const metrics = { latency_ms: { goal: "min" as const, unit: null, primary: true } };
  assert.is(standingOf(runs, { ...bareProject, metrics })?.operation, "evaluate");
});

test.run();
