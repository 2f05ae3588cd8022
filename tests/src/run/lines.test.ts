import { suite } from "uvu";
import * as assert from "uvu/assert";
import { wholeLines } from "../../../src/run/lines.ts";

const test = suite("lines");

test("gives whole lines and keeps what is still being written", () => {
  assert.equal(wholeLines('{"a":1}\n{"a":2}\n{"a"'), { lines: ['{"a":1}', '{"a":2}'], rest: '{"a"' });
});

test("empty text, no newline, blank lines, Windows newlines", () => {
  assert.equal(wholeLines(""), { lines: [], rest: "" });
  assert.equal(wholeLines("half"), { lines: [], rest: "half" });
  assert.equal(wholeLines("a\n\n  \nb\n"), { lines: ["a", "b"], rest: "" });
  assert.equal(wholeLines("a\r\nb\r\n"), { lines: ["a", "b"], rest: "" });
});

test.run();
