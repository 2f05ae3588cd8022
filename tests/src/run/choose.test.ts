import { suite } from "uvu";
import * as assert from "uvu/assert";
import { chooseRuns } from "../../../src/run/choose.ts";
import { aRun } from "../views/_runs.ts";

const test = suite("chooseRuns");
const runs = [
  aRun({}, { lr: 1 }, { id: "20261123T190119-7f3a", label: "best" }),
  aRun({}, { lr: 2 }, { id: "20261123T190120-02bd" }),
  aRun({}, { lr: 2 }, { id: "20261124T000000-aaaa" }),
];
const of = (...entries: string[]) => {
  const { runs: found, missing } = chooseRuns(entries, runs);
  return [...found.map((run) => runs.indexOf(run)), ...missing];
};

test("by id, by the beginning of one id, by label, by query; in the list's order and each once", () => {
  assert.equal(of("20261124", "best", "20261123T190119-7f3a", "lr=2"), [2, 0, 1]);
});

test("what fits none or several is missing", () => {
  assert.equal(of("20261123", "", "bes", "lr=3"), ["20261123", "", "bes", "lr=3"]);
});

test.run();
