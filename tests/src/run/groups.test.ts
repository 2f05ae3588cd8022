import { suite } from "uvu";
import * as assert from "uvu/assert";
import { distinguish, groupKey, groupRuns, varyingNames } from "../../../src/run/groups.ts";
import { aRun, bareProject } from "../views/_runs.ts";

const test = suite("groups");
const project = bareProject;

test("runs that differ by nuisance flags only are one group", () => {
  const runs = [aRun({}, { lr: 0.1, seed: 1 }), aRun({}, { seed: 2, lr: 0.1 }), aRun({}, { lr: 0.2, seed: 1 })];
  const groups = groupRuns(runs, project);
  assert.equal(
    groups.map((group) => group.runs.length),
    [2, 1],
  );
  assert.equal(groups[0]!.flags, { lr: 0.1 });
  assert.equal(
    groups.map((group) => group.label),
    ["lr=0.1", "lr=0.2"],
  );
});

test("a value's type, the operation, the data and the code each make another group; the commit does not", () => {
  const base = aRun({}, { n: 1 });
  const key = groupKey(base, project);
  assert.is(groupKey({ ...base, code: { ...base.code, commit: "other", dirty: true } }, project), key);
  assert.is.not(groupKey({ ...base, flags: { n: "1" } }, project), key);
  assert.is.not(groupKey({ ...base, operation: "evaluate" }, project), key);
  assert.is.not(groupKey({ ...base, data: null }, project), key);
  assert.is.not(groupKey({ ...base, code: { ...base.code, digest: "other" } }, project), key);
});

test("groups that only code tells apart say so", () => {
  const run = aRun({}, { lr: 0.1 });
  const other = { ...aRun({}, { lr: 0.1 }), code: { ...run.code, digest: "0123456789" } };
  assert.equal(
    groupRuns([run, other], project).map((group) => group.label),
    ["train @abc", "train @0123456"],
  );
});

test("groups that only data tells apart say so", () => {
  const runs = [{ digest: "aaaaaaaaaa", sources: [] }, { digest: "bbbbbbbbbb", sources: [] }, null].map((data) =>
    aRun({}, {}, { data }),
  );
  assert.equal(
    groupRuns(runs, project).map((group) => group.label),
    ["train data aaaaaaa", "train data bbbbbbb", "train data unknown"],
  );
});

test("nothing gives nothing, and a single group is called by its operation", () => {
  assert.equal(groupRuns([], project), []);
  assert.is(groupRuns([aRun({}, { lr: 1 })], project)[0]!.label, "train");
});

test("names are as short as they may be", () => {
  const flags = [
    { model: "softmax", lr: 0.1, epochs: 160 },
    { model: "mlp", lr: 0.1, epochs: 80 },
    { model: "mlp", lr: 0.2, epochs: 80 },
  ];
  assert.equal(distinguish(flags), ["softmax lr=0.1", "mlp lr=0.1", "mlp lr=0.2"]);
  assert.equal(distinguish([{ a: 1 }, { a: 1 }]), ["", ""]);
  assert.equal(distinguish([{ a: 1 }, {}]), ["a=1", ""]);
  assert.equal(distinguish([]), []);
});

test("absent is a value of its own", () => {
  assert.equal(varyingNames([{ a: 1, b: 2 }, { a: 1 }]), ["b"]);
  assert.equal(varyingNames([{ a: [1, 2] }, { a: [1, 2] }]), []);
});

test.run();
