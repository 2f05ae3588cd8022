import { suite } from "uvu";
import * as assert from "uvu/assert";
import { statusText, statusWord } from "../../../src/run/status-words.ts";
import { aRun } from "../views/_runs.ts";

const test = suite("statusWord");
const kind = (more: object, scalars: Record<string, number[]> = {}) => statusWord(aRun(scalars, {}, more)).kind;

test("says what the reader wants to know", () => {
  assert.is(kind({}), "completed");
  assert.is(kind({ status: "error", exitCode: 3 }), "failed");
  assert.is(kind({ status: "error", exitCode: null, signal: "SIGKILL" }), "killed");
  assert.is(kind({ status: "terminated", exitCode: null, signal: "SIGINT" }), "stopped");
  assert.is(kind({ status: "terminated", exitCode: 130 }), "stopped");
  assert.is(kind({ status: "running", exitCode: null }), "running");
  assert.is(kind({ status: "lost", exitCode: null }), "lost");
});

test("a run that ends non-finite has diverged, one that overflowed on the way has not", () => {
  assert.is(kind({}, { loss: [1, Number.NaN] }), "diverged");
  assert.is(kind({}, { loss: [1, Number.POSITIVE_INFINITY, 0.5] }), "completed");
  assert.is(kind({ status: "error", exitCode: 1 }, { loss: [Number.NaN] }), "failed");
});

test("gives the reason in words", () => {
  assert.is(statusText(aRun({}, {}, { status: "error", exitCode: 3 })), "failed (exit code 3)");
  assert.is(statusText(aRun({}, {}, { status: "terminated", exitCode: 130 })), "stopped (Ctrl-C (SIGINT))");
  assert.is(statusText(aRun({}, {}, { status: "error", exitCode: null, signal: "SIGXCPU" })), "killed (SIGXCPU)");
  assert.is(statusText(aRun({}, {}, { status: "lost", stopped: null })), "lost (its recorder fell silent)");
  const closed = aRun({}, {}, { status: "lost", exitCode: null, stopped: "2026-11-23T19:01:19.000Z" });
  assert.is(statusText(closed), "lost (its recorder was killed; it ended, exit unknown)");
  assert.is(statusText(aRun({})), "completed");
});

test.run();
