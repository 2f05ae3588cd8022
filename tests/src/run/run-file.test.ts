import { suite } from "uvu";
import * as assert from "uvu/assert";
import { formatRun, parseRun } from "../../../src/run/run-file.ts";
import type { Run } from "../../../src/run/types.ts";
import { plainRun } from "./_plain-run.ts";

const test = suite("run-file");

const through = (run: Run): Run => parseRun(JSON.parse(formatRun(run)));

test("a run survives writing and reading", () => {
  const run = plainRun();
  assert.equal(through(run), run);
  assert.is(formatRun(through(run)), formatRun(run));
});

test("non-finite numbers survive", () => {
  const run = plainRun();
  const loss = run.scalars.loss!;
  run.scalars.loss = { ...loss, last: { step: 3, value: Number.NaN }, min: null, max: null, mean: null, nonFinite: 4 };
  assert.ok(Number.isNaN(through(run).scalars.loss!.last.value));
  assert.is(through(run).scalars.loss!.min, null);
  assert.match(formatRun(run), '"value":"NaN"');
});

test("a tag may be named like a property of every object", () => {
  const run = plainRun();
  const odd: [string, Run["scalars"][string]][] = [["__proto__", run.scalars.loss!]];
  run.scalars = Object.fromEntries(odd);
  assert.equal(Object.keys(through(run).scalars), ["__proto__"]);
});

test("unknown keys are kept, at every level, and written again", () => {
  const raw: unknown = JSON.parse(formatRun(plainRun()));
  Object.assign(raw as object, { carbon: { kg: 3 } });
  Object.assign((raw as { scalars: { loss: object } }).scalars.loss, { median: 2 });
  const written = formatRun(parseRun(raw));
  assert.match(written, '"carbon": {');
  assert.match(written, '"median":2');
});

test("starred and hidden are a person's and not written", () => {
  assert.not.match(formatRun({ ...plainRun(), starred: true, hidden: true }), /starred|hidden/);
});

test("the least that a record may hold is read, with empty values for the rest", () => {
  const { schema, id, operation, command, status, started, updated, intervalSeconds } = plainRun();
  const run = parseRun({ schema, id, operation, command, status, started, updated, intervalSeconds });
  assert.equal(run.scalars, {});
  assert.equal(run.code, { commit: null, branch: null, dirty: null, digest: null });
  assert.is(run.source.kind, "record");
  assert.is(run.data, null);
});

test("says what is wrong, at which key, with the value", () => {
  const broken = (change: object) => () => parseRun({ ...JSON.parse(formatRun(plainRun())), ...change });
  assert.throws(broken({ status: "fine" }), /one of pending.* at status: "fine"/);
  assert.throws(broken({ command: "train.py" }), /a list at command: "train.py"/);
  assert.throws(broken({ started: "yesterday" }), /a time .* at started: "yesterday"/);
  assert.throws(broken({ scalars: { loss: { count: "3" } } }), /a finite number at scalars.loss.count: "3"/);
  assert.throws(broken({ flags: { lr: { a: 1 } } }), /at flags.lr/);
  assert.throws(() => parseRun(null), /an object at run.json: null/);
  assert.throws(() => parseRun([]), /an object at run.json/);
});

test("a newer format is refused with what to do", () => {
  try {
    parseRun({ ...plainRun(), schema: 2 });
    assert.unreachable();
  } catch (error) {
    assert.is((error as Error).name, "newer-schema");
    assert.match((error as { hint: string }).hint, "npm install guildhall@latest");
  }
});

test("one value changed is one line changed", () => {
  const run = plainRun();
  const before = formatRun(run).split("\n");
  const after = formatRun({ ...run, status: "error" }).split("\n");
  assert.is(after.filter((line, i) => line !== before[i]).length, 1);
});

test.run();
