import { suite } from "uvu";
import * as assert from "uvu/assert";
import { isRunId, makeRunId, shortId } from "../../../src/run/ids.ts";

const test = suite("ids");

test("UTC start and a random suffix", () => {
  const digits = [7, 15, 3, 10].map((digit) => digit / 16);
  const now = new Date("2026-11-23T20:01:19.999+01:00");
  assert.is(
    makeRunId(now, () => digits.shift()!),
    "20261123T190119-7f3a",
  );
  assert.match(makeRunId(now, Math.random, 8), /^20261123T190119-[0-9a-f]{8}$/);
});

test("knows its own", () => {
  assert.ok(isRunId(makeRunId(new Date())));
  for (const other of [
    "",
    "20261123T190119",
    "Nov23_19-01-19_host",
    "20261123T190119-7F3A",
    "../20261123T190119-7f3a",
    "20261123T190119-7f3a/x",
  ]) {
    assert.not(isRunId(other), other);
  }
});

test("the suffix is the short name", () => {
  assert.is(shortId("20261123T190119-7f3a"), "7f3a");
  assert.is(shortId("elsewhere"), "elsewhere");
});

test.run();
