import { test } from "uvu";
import * as assert from "uvu/assert";
import { jitter, move } from "../../../scripts/demo/jitter.ts";
import { seededRandom } from "../../../scripts/demo/random.ts";
import { madeUpDigits } from "./_digits.ts";

const dotAt = (x: number, y: number) => {
  const pixels = new Float64Array(64);
  pixels[y * 8 + x] = 1;
  return pixels;
};

test("a whole pixel to the right and down moves the ink there", () => {
  assert.equal(move(dotAt(3, 4), 1, 0), dotAt(4, 4));
  assert.equal(move(dotAt(3, 4), 0, 1), dotAt(3, 5));
  assert.equal(move(dotAt(3, 4), 0, 0), dotAt(3, 4));
});

test("half a pixel shares the ink between neighbours", () => {
  const moved = move(dotAt(3, 4), 0.5, 0);
  assert.is(moved[4 * 8 + 3], 0.5);
  assert.is(moved[4 * 8 + 4], 0.5);
  assert.is(
    moved.reduce((a, b) => a + b),
    1,
  );
});

test("ink pushed over the edge is lost, not wrapped around", () => {
  assert.equal(move(dotAt(7, 4), 1, 0), new Float64Array(64));
  assert.equal(move(dotAt(0, 0), 0, -1), new Float64Array(64));
});

test("a jittered digit keeps its label and its ink within 0 to 1, and the digit itself is left alone", () => {
  const [digit] = madeUpDigits(1);
  const before = digit!.pixels.slice();
  const random = seededRandom(2);
  for (let i = 0; i < 50; i++) {
    const moved = jitter(digit!, random);
    assert.is(moved.label, digit!.label);
    assert.ok(moved.pixels.every((ink) => ink >= 0 && ink <= 1));
  }
  assert.equal(digit!.pixels, before);
});

test.run();
