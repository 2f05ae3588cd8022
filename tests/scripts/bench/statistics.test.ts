import { test } from "uvu";
import * as assert from "uvu/assert";
import { median, quantile } from "../../../scripts/bench/statistics.ts";

test("the median is the middle value, or the mean of the two in the middle", () => {
  assert.is(median([3, 1, 2]), 2);
  assert.is(median([4, 1, 3, 2]), 2.5);
  assert.is(median([7]), 7);
});

test("quantiles lie between their neighbours, and the input keeps its order", () => {
  const values = [50, 10, 40, 20, 30];
  assert.is(quantile(values, 0), 10);
  assert.is(quantile(values, 1), 50);
  assert.is(quantile(values, 0.9), 46);
  assert.equal(values, [50, 10, 40, 20, 30]);
});

test("nothing has no median", () => {
  assert.throws(() => median([]), /invalid values: none/);
});

test.run();
