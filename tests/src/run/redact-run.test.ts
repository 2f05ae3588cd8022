import { test } from "uvu";
import * as assert from "uvu/assert";
import { makeRedactor } from "../../../src/run/redact.ts";
import { makeRecordGate } from "../../../src/run/redact-run.ts";
import { plainRun } from "./_plain-run.ts";

const secret = ["gh", "p_16C7e42F292c6912E7710c838347Ae178B4a"].join("");
const redactor = makeRedactor({ home: "/home/ada", hostname: "vm07", user: "ada", root: "/home/ada/digits", runDir: null });
const gate = makeRecordGate(redactor);
const summary = plainRun().scalars[Object.keys(plainRun().scalars)[0] ?? ""]!;

test("whatever a program names loses its secrets", () => {
  const run = gate.run({
    ...plainRun(),
    operation: secret,
    model: secret,
    scalars: { [`loss-${secret}`]: summary },
    system: { [`sys/${secret}`]: summary },
    code: { commit: "abc", branch: `fix-${secret}`, dirty: false, digest: "d" },
    data: { digest: "d", sources: [`https://x.org/${secret}`] },
    files: [{ path: `out/${secret}.pt`, bytes: 1 }],
    outside: [`/tmp/${secret}`],
    notRead: { [secret]: 1 },
    imported: [secret],
  });
  assert.not.match(JSON.stringify(run), secret);
  const [series] = gate.series([
    { tag: secret, unit: "1", count: 1, steps: [1], times: [1], min: [1], max: [1], mean: [1], last: [1] } as never,
  ]);
  assert.is(series!.tag, "[secret]");
  assert.is(gate.events([{ step: 1, t: 1, kind: "checkpoint", detail: `${secret}.pt` }])[0]!.detail, "[secret].pt");
});

test("a tag may be called like the machine; a note may not tell of it", () => {
  const run = gate.run({ ...plainRun(), scalars: { "vm07/loss": summary } });
  assert.equal(Object.keys(run.scalars), ["vm07/loss"]);
  assert.is(gate.events([{ step: 1, t: 1, kind: "note", detail: "on vm07" }])[0]!.detail, "on [host]");
});

test("what has been redacted already stays as it is", () => {
  const once = gate.run({
    ...plainRun(),
    command: ["python", "x.py", "--token", "[secret]", "~/x", "${RUN_DIR}"],
    flags: { token: "[secret]" },
  });
  assert.equal(gate.run(once), once);
});

test.run();
