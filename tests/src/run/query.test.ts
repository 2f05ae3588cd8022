import { suite } from "uvu";
import * as assert from "uvu/assert";
import { parseQuery, queryRuns } from "../../../src/run/query.ts";
import { aRun } from "../views/_runs.ts";

const test = suite("query");

const runs = [
  aRun({}, { lr: 0.1, opt: "adam", fast: true }, { label: "Wide net", tags: ["Baseline"] }),
  aRun({}, { lr: 0.01 }, { status: "error", exitCode: 1, model: "mlp" }),
  aRun({}, { lr: "0.1" }, { operation: "evaluate", environment: null }),
];
const found = (text: string) => queryRuns(runs, parseQuery(text)).map((run) => runs.indexOf(run));

for (const [text, expected] of [
  ["", [0, 1, 2]],
  ["op:train", [0, 1]],
  ["operation:EVALUATE", [2]],
  ["status:error", [1]],
  ["status:failed", [1]],
  ["status:completed", [0, 2]],
  ["tag:baseline", [0]],
  ["model:mlp", [1]],
  ["env:0123", [0, 1]],
  ["lr=0.1", [0]],
  ["lr='0.1'", [2]],
  ["lr!=0.1", [1, 2]],
  ["lr<0.1", [1]],
  ["lr<=0.1 lr>0.01", [0]],
  ["opt=adam", [0]],
  ["fast=yes", [0]],
  ["gone=1", []],
  ["gone<1", []],
  ["wide", [0]],
  ['"wide net"', [0]],
  ['"net wide"', []],
  ["lr=", [0, 1, 2]],
  ["foo:bar", []],
  ["last:2", [0, 1]],
  ["op:train last:1", [0]],
  ["last:0", []],
] as const) {
  test(`${text || "nothing"} finds ${JSON.stringify(expected)}`, () => assert.equal(found(text), expected));
}

const scored = [
  aRun({ "val/acc": [0.7, 0.9, 0.8], loss: [2] }, { lr: 1 }, { started: "2026-11-02T10:00:00.000Z" }),
  aRun({ "val/acc": [0.85], acc_flag: [1] }, { acc_flag: 5 }, { started: "2026-11-01T00:00:00.000Z" }),
  aRun({ "val/acc": [Number.NaN] }, {}, { started: "2026-10-31T23:59:59.000Z" }),
];
const among = (text: string) => queryRuns(scored, parseQuery(text), { metrics: {} }).map((run) => scored.indexOf(run));

for (const [text, expected] of [
  ["val/acc>0.8", [1]],
  ["val/acc>=0.8", [0, 1]],
  ["acc_flag>2", [1]],
  ["scalar:acc_flag>2", []],
  ["flag:lr=1", [0]],
  ["flag:loss=2", []],
  ["best:val/acc", [0]],
  ["best:val/acc:5", [0, 1]],
  ["best:loss:1", [0]],
  ["best:nothing", []],
  ["after:2026-11-01", [0, 1]],
  ["before:2026-11-01", [2]],
  ["after:2026-11-01T12:00 last:5", [0]],
  ["after:2026", [0, 1, 2]],
  ["after:soon", []],
] as const) {
  test(`${text} finds ${JSON.stringify(expected)}`, () => assert.equal(among(text), expected));
}

test("an environment is found by the beginning of its digest, and by what it is called", () => {
  const placed = [
    { ...scored[0]!, place: "NVIDIA A100, 8 cores" },
    { ...scored[1]!, place: null },
  ];
  const count = (text: string) => queryRuns(placed, parseQuery(text)).length;
  assert.equal([count("env:a100"), count("env:0123"), count("env:b200")], [1, 2, 0]);
});

test("a declared goal says what is best", () => {
  const best = (goal: "min" | "max") =>
    queryRuns(scored, parseQuery("best:val/acc"), { metrics: { "val/acc": { goal, unit: null, primary: false } } });
  assert.equal([scored.indexOf(best("max")[0]!), scored.indexOf(best("min")[0]!)], [0, 0]);
});

test("what is not understood is searched for as text, and never throws", () => {
  for (const text of ['"', '""', "<", "=1", "lr<", "last:x", "\\", "op:", "a=b=c"]) assert.type(found(text), "object", text);
});

test.run();
