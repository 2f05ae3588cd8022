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

/** All that is given, frames that are drawn over in brackets. */
function shown(pieces: readonly (readonly [number, string])[]): string[] {
  const reader = makeLineReader();
  const given: string[] = [];
  const take = (line: string, live: boolean): void => void given.push(live ? `[${line.trim()}]` : line.trim());
  for (const [t, text] of pieces) reader.push(Buffer.from(text), t, take);
  reader.end(take);
  return given;
}

const second = 1_000_000;

test("a frame that is drawn over is given once a second, and when the bar begins anew", () => {
  const bar = (epoch: number, at: number) => `\rEpoch ${epoch}:  10%|#  | ${at}/9 [00:00]`;
  assert.equal(
    shown([
      [0, bar(1, 1) + bar(1, 2) + bar(1, 3) + bar(2, 1) + bar(2, 2)],
      [1, "\n"],
    ]),
    [`[${bar(1, 3).trim()}]`, bar(2, 2).trim()],
  );
  const slow = [0, 1, 2, 3, 4, 5].map((at) => [at * 0.5 * second, bar(1, at)] as const);
  assert.equal(shown(slow), [`[${bar(1, 1).trim()}]`, `[${bar(1, 3).trim()}]`, bar(1, 5).trim()]);
});

test("a line with a Windows newline is given once, however long it takes", () => {
  assert.equal(shown([0, 2, 4].map((at) => [at * second, `loss: ${at}\r\n`] as const)), ["loss: 0", "loss: 2", "loss: 4"]);
});

test("rows of a display that is drawn again are given when they change for good", () => {
  const draw = (epoch: number, at: number, loss: number) =>
    `\r\u001b[2KEpoch ${epoch}/2 ━━━━ ${at}/4 train_loss: 0.5\n   val_loss: ${loss}`;
  const up = "\r\u001b[2K\u001b[1A\u001b[2K";
  const text = [draw(1, 1, 9), draw(1, 2, 9), draw(1, 4, 9), draw(2, 1, 8), draw(2, 4, 8)].join(up);
  assert.equal(shown([[0, `${text}\ndone\n`]]), [
    // The first is given before anybody can know that it will be drawn over.
    "\u001b[2KEpoch 1/2 ━━━━ 1/4 train_loss: 0.5",
    "[\u001b[2KEpoch 1/2 ━━━━ 4/4 train_loss: 0.5]",
    "[val_loss: 9]",
    "\u001b[2KEpoch 2/2 ━━━━ 4/4 train_loss: 0.5",
    "val_loss: 8",
    "done",
  ]);
});

test("a display of any height is followed in bounded memory", () => {
  const lines = Array.from({ length: 500 }, (_, i) => `row ${i}\n`).join("");
  const given = shown([[0, `${lines}\u001b[500A${lines}\u001b[9999Aend\n`]]);
  assert.ok(given.includes("end") && given.length >= 501);
});

test("bytes that are not UTF-8 become replacement signs", () => {
  assert.equal(linesOf([Uint8Array.from([0x61, 0xff, 0x62, 10])]), ["a\ufffdb"]);
});

test.run();
