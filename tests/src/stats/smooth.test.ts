import { suite } from "uvu";
import * as assert from "uvu/assert";
import { ema } from "../../../src/stats/smooth.ts";

const test = suite("ema");

test("matches TensorBoard's numbers", () => {
  const [a, b, c] = ema([1, 2, 3], 0.6) as [number, number, number];
  assert.is(a, 1);
  assert.ok(Math.abs(b - 1.625) < 1e-12);
  assert.ok(Math.abs(c - 2.3265306122448979) < 1e-12);
});

test("skips NaN and infinities without starting again", () => {
  const broken = ema([1, Number.NaN, 2, Number.POSITIVE_INFINITY, 3], 0.6);
  assert.ok(Number.isNaN(broken[1]));
  assert.is(broken[3], Number.POSITIVE_INFINITY);
  assert.equal(
    broken.filter((value) => Number.isFinite(value)),
    ema([1, 2, 3], 0.6),
  );
});

test("passes a constant series through, to the last bit", () => {
  assert.equal(ema([0.1, 0.1, 0.1], 0.9), [0.1, 0.1, 0.1]);
});

test("does nothing at weight 0, and gives a new array", () => {
  const values = [3, 1, 2];
  assert.equal(ema(values, 0), values);
  assert.is.not(ema(values, 0), values);
});

test("keeps empty and one point", () => {
  assert.equal(ema([], 0.6), []);
  assert.equal(ema([7], 0.6), [7]);
});

test("refuses weights that are not in 0 ≤ weight < 1", () => {
  for (const weight of [-0.1, 1, 2, Number.NaN]) assert.throws(() => ema([1, 2], weight), /invalid weight/);
});

test.run();
