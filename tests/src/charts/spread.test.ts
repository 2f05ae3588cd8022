import { suite } from "uvu";
import * as assert from "uvu/assert";
import { spread } from "../../../src/charts/spread.ts";

const test = suite("spread");

test("leaves labels alone that do not touch", () => {
  assert.equal(spread([10, 90, 50], 18, 200), [10, 90, 50]);
});

test("moves neighbours apart around their middle, in their order", () => {
  assert.equal(spread([100, 102], 18, 200), [92, 110]);
  assert.equal(spread([102, 100], 18, 200), [110, 92]);
});

test("keeps inside the walls", () => {
  assert.equal(spread([199, 200, 200], 18, 200), [164, 182, 200]);
  assert.equal(spread([0, 0], 18, 200), [0, 18]);
});

test("gives up when they cannot all fit", () => {
  assert.is(spread([1, 2, 3], 18, 35), null);
  assert.equal(spread([1, 2, 3], 18, 36), [0, 18, 36]);
});

test("holds the gap for whatever is wished", () => {
  let seed = 1;
  const random = () => {
    seed = (seed * 16807) % 2147483647;
    return seed / 2147483647;
  };
  for (let round = 0; round < 200; round += 1) {
    const wanted = Array.from({ length: 1 + Math.floor(random() * 8) }, () => Math.round(random() * 240) - 20);
    const heights = spread(wanted, 18, 200)!;
    const sorted = heights.toSorted((a, b) => a - b);
    for (let i = 0; i < sorted.length; i += 1) {
      assert.ok(sorted[i]! >= -1e-9 && sorted[i]! <= 200 + 1e-9, `${wanted} gave ${heights}`);
      if (i > 0) assert.ok(sorted[i]! - sorted[i - 1]! >= 18 - 1e-9, `${wanted} gave ${heights}`);
    }
  }
});

test("none is none", () => {
  assert.equal(spread([], 18, 200), []);
});

test.run();
