import { suite } from "uvu";
import * as assert from "uvu/assert";
import { queryCurves } from "../../../src/views/query-curves.ts";
import { aRun, bareProject } from "./_runs.ts";

const test = suite("queryCurves");

test("draws the best run of each configuration, the best first, and counts the rest", () => {
  const runs = [
    aRun({ acc: [0.1, 0.7] }, { lr: 3 }),
    aRun({ acc: [0.1, 0.8] }, { lr: 2, seed: 1 }),
    aRun({ acc: [0.1, 0.9] }, { lr: 2, seed: 2 }),
    aRun({ acc: [0.1, 0.95] }, { lr: 1 }),
  ];
  const curves = queryCurves(["acc"], runs, bareProject, 2, "acc");
  assert.equal(
    curves?.spec.runs.map((line) => [runs.findIndex((run) => run.id === line.id), line.label]),
    [
      [3, "lr=1"],
      [2, "lr=2"],
    ],
  );
  assert.is(curves?.left, 1);
});

test("without a goal the newest of each stands, and without a course nothing", () => {
  const runs = [aRun({ foo: [1, 2] }, { seed: 2 }), aRun({ foo: [1, 9] }, { seed: 1 })];
  assert.is(queryCurves(["foo"], runs, bareProject, 5, "foo")?.spec.runs[0]?.id, runs[0]!.id);
  assert.is(queryCurves(["acc"], [aRun({ acc: [0.9] })], bareProject, 5, "acc"), null);
  assert.is(queryCurves(["acc"], [], bareProject, 5, "acc"), null);
});

test("runs that did not complete are drawn only where there is nothing else", () => {
  const failed = aRun({ acc: [0.1, 0.99] }, { lr: 1, seed: 1 }, { status: "error" });
  const good = aRun({ acc: [0.1, 0.9] }, { lr: 1, seed: 2 });
  assert.is(queryCurves(["acc"], [failed, good], bareProject, 5, "acc")?.spec.runs[0]?.id, good.id);
  assert.is(queryCurves(["acc"], [failed], bareProject, 5, "acc")?.spec.runs[0]?.id, failed.id);
});

test.run();
