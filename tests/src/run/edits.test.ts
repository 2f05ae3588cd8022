import { suite } from "uvu";
import * as assert from "uvu/assert";
import { applyEdits, parseEdits } from "../../../src/run/edits.ts";
import { plainRun } from "./_plain-run.ts";

const test = suite("edits");

test("what a person says wins, the rest stays", () => {
  const run = applyEdits(plainRun(), parseEdits({ label: "the good one", starred: true }));
  assert.is(run.label, "the good one");
  assert.is(run.starred, true);
  assert.is(run.hidden, false);
  assert.equal(run.tags, ["baseline"]);
});

test("an empty file changes nothing; a label may be taken away; one tag needs no list", () => {
  assert.equal(parseEdits(null), {});
  assert.equal(parseEdits({}), {});
  assert.is(applyEdits(plainRun(), parseEdits({ label: null })).label, null);
  assert.equal(parseEdits({ tags: "best" }).tags, ["best"]);
  assert.equal(parseEdits({ tags: null }).tags, []);
});

test("says what is wrong", () => {
  assert.throws(() => parseEdits("starred"), /an object at edits.yml: "starred"/);
  assert.throws(() => parseEdits({ starred: "yes" }), /true or false at starred: "yes"/);
  assert.throws(() => parseEdits({ tags: [1] }), /text at tags\[0\]: 1/);
});

test.run();
