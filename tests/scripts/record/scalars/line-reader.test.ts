import { suite } from "uvu";
import * as assert from "uvu/assert";
import { makeLineReader } from "../../../../scripts/record/scalars/line-reader.ts";

const test = suite("line-reader");

function linesOf(chunks: (string | Uint8Array)[]): string[] {
  const reader = makeLineReader();
  const lines: string[] = [];
  const take = (line: string, live: boolean): void => {
    if (!live) lines.push(line);
  };
  for (const chunk of chunks) reader.push(typeof chunk === "string" ? Buffer.from(chunk) : chunk, 0, take);
  reader.end(take);
  return lines;
}

test("cuts lines wherever the chunks are cut", () => {
  const text = "one\ntwo €\n\nthree";
  const whole = Buffer.from(text);
  for (let i = 0; i <= whole.length; i += 1) {
    assert.equal(linesOf([whole.subarray(0, i), whole.subarray(i)]), ["one", "two €", "", "three"], `cut at ${i}`);
  }
  assert.equal(linesOf([...text].map((sign) => sign)), ["one", "two €", "", "three"]);
});

test("nothing gives nothing; Windows newlines are newlines", () => {
  assert.equal(linesOf([]), []);
  assert.equal(linesOf([""]), []);
  assert.equal(linesOf(["a\r\nb\r\n"]), ["a", "b"]);
});

test("of a redrawn line the last frame that is not blank counts", () => {
  assert.equal(linesOf(["\r10%\r50%\r100%\n"]), ["100%"]);
  assert.equal(linesOf(["10%\r50%\r   \n"]), ["50%"]);
  assert.equal(linesOf(["10%\r", "50", "%\r\n", "next\n"]), ["50%", "next"]);
  assert.equal(linesOf([`7/7${"\b".repeat(72)}7/7 - loss: 0.5\n`]), ["7/7 - loss: 0.5"]);
});

test("a line of any length keeps its beginning, and the next line is whole", () => {
  const [long, next] = linesOf([...Array.from({ length: 100 }, () => "x".repeat(10_000)), "\nloss: 1\n"]);
  assert.is(next, "loss: 1");
  assert.is(long!.length, 16_000);
});

test("bytes that are not UTF-8 become replacement signs", () => {
  assert.equal(linesOf([Uint8Array.from([0x61, 0xff, 0x62, 10])]), ["a\ufffdb"]);
});

test.run();
