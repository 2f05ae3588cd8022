import { suite } from "uvu";
import * as assert from "uvu/assert";
import { failureOf } from "../../../src/views/failure.ts";
import { aRun, course } from "./_runs.ts";

const test = suite("failureOf");
const failed = aRun({}, {}, { status: "error", exitCode: 1 });

test("gives the reason, the line that names the error and the end of the output", () => {
  const output = `${"line\n".repeat(50)}Traceback (most recent call last):\n  File "a.py", line 1\n\x1b[31mValueError: bad shape\x1b[0m\n\n`;
  const failure = failureOf(failed, output, null, 3);
  assert.is(failure?.reason, "exit code 1");
  assert.is(failure?.cause, "ValueError: bad shape");
  assert.equal(failure?.tail.split("\n").length, 3);
});

for (const [line, cause] of [
  ["torch.cuda.OutOfMemoryError: CUDA out of memory.", "torch.cuda.OutOfMemoryError: CUDA out of memory."],
  ["TypeError: x is not a function", "TypeError: x is not a function"],
  ["fatal: not a git repository", "fatal: not a git repository"],
  ["Error: model.json: no such file", "Error: model.json: no such file"],
  ["error rate 0.1", null],
  ["all went well", null],
  ["mean squared error: 0.2", null],
] as const) {
  test(`${line} → ${cause}`, () => assert.is(failureOf(failed, line, null)?.cause, cause));
}

test("guesses at memory only with evidence, and says likely", () => {
  const killed = aRun({}, {}, { status: "error", exitCode: null, signal: "SIGKILL" });
  killed.system = { "op/mem/rss": course([1e9, 7.9e9], "B") };
  assert.is(failureOf(killed, "", 8e9)?.likely, "Likely out of memory: it held 7.9 GB of 8 GB when last seen.");
  assert.is(failureOf(killed, "", 80e9)?.likely, null);
  assert.is(failureOf(killed, "", null)?.likely, null);
  assert.is(failureOf({ ...killed, signal: "SIGSEGV" }, "", 8e9)?.likely, null);
});

test("a run that completed, was stopped by a person or still runs has not failed", () => {
  for (const more of [{}, { status: "terminated", signal: "SIGINT" }, { status: "running" }] as const) {
    assert.is(failureOf(aRun({}, {}, more), "", null), null);
  }
});

test("nothing printed, nothing shown", () => {
  assert.is(failureOf(failed, "", null)?.tail, "");
});

test.run();
