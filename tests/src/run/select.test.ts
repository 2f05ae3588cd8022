import { suite } from "uvu";
import * as assert from "uvu/assert";
import { selectRuns } from "../../../src/run/select.ts";
import { aRun } from "../views/_runs.ts";

const test = suite("selectRuns");

const runs = [
  aRun({ loss: [3, 1] }, { lr: 0.1 }, { id: "20261123T190503-00a1", label: "best so far", started: "2026-11-23T19:05:03.000Z" }),
  aRun({ loss: [3, 2] }, { lr: 0.2 }, { id: "20261123T190402-1234", model: "mlp", started: "2026-11-23T19:04:02.000Z" }),
  aRun({}, { lr: 0.3 }, { id: "20261123T190301-beef", status: "error", exitCode: 1, started: "2026-11-23T19:03:01.000Z" }),
  aRun({}, {}, { id: "20261122T190200-cafe", operation: "evaluate", started: "2026-11-22T19:02:00.000Z" }),
];
const found = (...words: string[]) => selectRuns(words, runs).runs.map((run) => runs.indexOf(run));

for (const [word, expected] of [
  ["1", [0]],
  ["4", [3]],
  ["1:2", [0, 1]],
  ["3:", [2, 3]],
  [":2", [0, 1]],
  [":", [0, 1, 2, 3]],
  ["all", [0, 1, 2, 3]],
  ["2:99", [1, 2, 3]],
  ["20261123T190503-00a1", [0]],
  ["beef", [2]],
  ["1234", [1]],
  ["20261122", [3]],
  ["best so far", [0]],
  ["train", [0, 1, 2]],
  ["mlp:train", [1]],
  ["evaluate", [3]],
  ["failed", [2]],
  ["error", [2]],
  ["lr<0.3", [0, 1]],
  ["op:train last:2", [0, 1]],
  ["loss<1.5", [0]],
  ["best:loss:1", [0]],
  ["after:2026-11-23 before:2026-11-23T19:05", [1, 2]],
] as const) {
  test(`${word} is ${JSON.stringify(expected)}`, () => assert.equal(found(word), expected));
}

test("several words give their runs in their order, each once", () => assert.equal(found("3", "train", "2"), [2, 0, 1]));

test("what fits nothing is named, with what is near", () => {
  const { runs: none, unknown } = selectRuns(["trian", "99", "nothing:else", "beed", "0", ""], runs);
  assert.equal(none, []);
  assert.equal(
    unknown.map(({ near }) => near),
    ["train", null, null, "beef", null, null],
  );
});

test("the beginning of several ids is ambiguous, and chooses none of them", () => {
  const { runs: none, ambiguous } = selectRuns(["20261123"], runs);
  assert.equal([none, ambiguous[0]?.ids.length], [[], 3]);
});

test("of no runs nothing is found, and nothing breaks", () => {
  for (const word of ["1", "all", ":", "x", "op:train"]) assert.equal(selectRuns([word], []).runs, []);
});

test.run();
