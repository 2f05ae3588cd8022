import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { Run } from "../../../src/run/types.ts";
import { dashboard } from "../../../src/views/dashboard.ts";
import { aRun, bareProject } from "./_runs.ts";

const test = suite("dashboard");
const none = new Map();
const of = (runs: Run[]) => dashboard(runs, bareProject, none);
const trained = (acc: number, flags: Run["flags"], more: Partial<Run> = {}) => aRun({ val_acc: [0.1, acc] }, flags, more);

test("without runs there is nothing to say", () => {
  assert.is(of([]), null);
});

test("draws the best run of each leading configuration, and the latest dashed", () => {
  const runs = [
    trained(0.5, { lr: 0.3, seed: 1 }, { status: "error", exitCode: 1 }),
    trained(0.8, { lr: 0.2, seed: 1 }),
    trained(0.9, { lr: 0.1, seed: 2 }),
    trained(0.95, { lr: 0.1, seed: 1 }),
  ];
  const { curves, leaders, rankedBy } = of(runs)!;
  assert.equal(
    curves?.spec.runs.map(({ id, label, emphasis }) => [runs.findIndex((run) => run.id === id), label, emphasis]),
    [
      [3, "lr=0.1", "normal"],
      [1, "lr=0.2", "normal"],
      [0, "latest, failed", "latest"],
    ],
  );
  assert.equal(
    leaders.map(({ label, value }) => [label, value]),
    [
      ["lr=0.1", "0.925"],
      ["lr=0.2", "0.800"],
    ],
  );
  assert.is(rankedBy, "val_acc");
});

test("a newcomer changes nobody's colour", () => {
  const old = [trained(0.9, { lr: 0.1 }), trained(0.8, { lr: 0.2 })];
  const slots = (runs: Run[]) => new Map(of(runs)!.leaders.map(({ label, slot }) => [label, slot]));
  const before = slots(old);
  const after = slots([trained(0.95, { lr: 0.3 }), ...old]);
  for (const [label, slot] of before) assert.is(after.get(label), slot, label);
});

test("what went wrong or still goes on comes first, a run that a person stopped does not", () => {
  assert.is(of([trained(0.9, {}, { status: "error", exitCode: 1 })])?.attention?.status, "error");
  assert.is(of([trained(0.9, {}, { status: "running" })])?.attention?.status, "running");
  assert.is(of([trained(0.9, {}, { status: "terminated", signal: "SIGINT" })])?.attention, null);
  assert.is(of([trained(0.9, {})])?.attention, null);
});

test("without a goal there are no leaders and no tile is the best", () => {
  const model = of([aRun({ foo: [1, 2] }, { a: 1 }), aRun({ foo: [2, 3] }, { a: 2 })])!;
  assert.equal(model.leaders, []);
  assert.is(model.rankedBy, null);
  assert.not.ok(model.tiles.some((tile) => tile.tone === "best"));
  assert.is(model.curves?.note, "The latest run.");
});

test("the newest runs stay few however many there are", () => {
  const many = Array.from({ length: 300 }, (_, at) => trained(0.9, { lr: at }));
  const model = of(many)!;
  assert.is(model.newest.rows.length, 10);
  assert.ok(model.leaders.length <= 8);
  assert.ok((model.curves?.spec.runs.length ?? 0) <= 6);
});

test.run();
