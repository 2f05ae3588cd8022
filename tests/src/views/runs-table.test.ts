import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { Run } from "../../../src/run/types.ts";
import { runsTable, type TableOptions } from "../../../src/views/runs-table.ts";
import { aRun, bareProject } from "./_runs.ts";

const test = suite("runsTable");
const of = (runs: Run[], options?: TableOptions) => runsTable(runs, bareProject, new Map(), options);
const heads = (runs: Run[], options?: TableOptions) =>
  of(runs, options).columns.map(({ label, sub }) => `${label} ${sub}`.trim());
const column = (runs: Run[], key: string) => {
  const table = of(runs);
  const at = table.columns.findIndex((each) => each.key === key);
  return table.rows.map((row) => row.cells[at]);
};

test("shows what varies and leaves out what does not", () => {
  const runs = [aRun({}, { lr: 0.1, opt: "sgd" }), aRun({}, { lr: 0.2, opt: "sgd" })];
  assert.equal(heads(runs), ["run", "lr", "started 2026, UTC", "duration"]);
});

test("a flag that only another operation has is not said to vary", () => {
  const runs = [aRun({}, { lr: 0.1 }), aRun({}, { repeats: 5 }, { operation: "evaluate" })];
  assert.equal(heads(runs), ["run", "operation", "started 2026, UTC", "duration"]);
});

test("a metric with a goal and a course has its best beside its last; one without a goal only its last", () => {
  assert.equal(heads([aRun({ val_acc: [0.1, 0.9, 0.8] })]).slice(1, 3), ["val_acc best", "val_acc last"]);
  assert.equal(heads([aRun({ foo: [0.1, 0.9] })]).slice(1, 2), ["foo last"]);
  assert.equal(heads([aRun({ test_acc: [0.9] })]).slice(1, 2), ["test_acc"]);
});

test("the tick lies between the lowest and the highest of its column", () => {
  const runs = [
    aRun({ acc: [0.5, 0.9] }),
    aRun({ acc: [0.5, 0.7] }),
    aRun({ acc: [0.5, 0.6] }),
    aRun({ acc: [Number.NaN, Number.NaN] }),
    aRun({}),
  ];
  const at = column(runs, "best:acc").map((cell) => cell?.at);
  assert.is(at[0], 1);
  assert.ok(Math.abs((at[1] ?? 0) - 1 / 3) < 1e-9);
  assert.equal(at.slice(2), [0, null, null]);
  assert.equal(
    column([runs[0]!], "best:acc").map((cell) => cell?.at),
    [null],
    "one value has no range",
  );
});

test("NaN and nothing sort last", () => {
  const runs = [aRun({ acc: [0.5, Number.NaN] }), aRun({}), aRun({ acc: [0.5, 0.6] })];
  assert.equal(
    column(runs, "last:acc").map((cell) => [cell?.text, cell?.sort]),
    [
      ["NaN", null],
      ["", null],
      ["0.6", 0.6],
    ],
  );
});

test("the star belongs to the completed runs of the best configuration, if there is another", () => {
  const best = [aRun({ acc: [0.1, 0.9] }, { lr: 1, seed: 1 }), aRun({ acc: [0.1, 0.95] }, { lr: 1, seed: 2 })];
  const failed = aRun({ acc: [0.1, 0.99] }, { lr: 1, seed: 3 }, { status: "error", exitCode: 1 });
  const other = aRun({ acc: [0.1, 0.93] }, { lr: 2, seed: 1 });
  assert.equal(
    column([...best, failed, other], "best:acc").map((cell) => cell?.star),
    [false, false, false, true],
    "0.93 beats the mean of 0.9 and 0.95",
  );
  assert.equal(
    column([best[1]!, failed, other], "best:acc").map((cell) => cell?.star),
    [true, false, false],
  );
  assert.equal(
    column(best, "best:acc").map((cell) => cell?.star),
    [false, false],
  );
});

test("a compact table has two metrics with their best, and nothing of code and place", () => {
  const runs = [
    aRun(
      { test_acc: [0.9], val_acc: [0.1, 0.9], val_loss: [2, 1] },
      {},
      { environment: "a", code: { commit: "1234567890", branch: null, dirty: true, digest: null } },
    ),
    aRun({ test_acc: [0.8], val_acc: [0.1, 0.8], val_loss: [3, 1] }, {}, { environment: "b" }),
  ];
  assert.equal(heads(runs, { compact: true }), ["run", "test_acc", "val_acc best", "started 2026, UTC", "duration"]);
  assert.equal(heads(runs).slice(-2), ["environment", "code"]);
  assert.is(column(runs, "code")[0]?.text, "1234567+");
});

test("no runs give no rows", () => {
  assert.equal(of([]).rows, []);
});

test.run();
