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

test("what is not understood is searched for as text, and never throws", () => {
  for (const text of ['"', '""', "<", "=1", "lr<", "last:x", "\\", "op:", "a=b=c"]) assert.type(found(text), "object", text);
});

test.run();
