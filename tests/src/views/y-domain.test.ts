import { suite } from "uvu";
import * as assert from "uvu/assert";
import { marksOf, yDomain } from "../../../src/views/y-domain.ts";

const test = suite("y domain");
const line = (y: number[]) => ({ x: y.map((_, i) => i), y, low: null, high: null, smooth: null });

test("is the extent of finite values, bands and smoothed values included", () => {
  assert.equal(yDomain([line([1, Number.NaN, 3, Number.POSITIVE_INFINITY])], "1", false, null).domain, [1, 3]);
  assert.equal(yDomain([{ ...line([1, 2]), low: [0.5, 2], high: [1, 9] }], "1", false, null).domain, [0.5, 9]);
  assert.equal(yDomain([{ ...line([1, 2]), smooth: [1, 5] }], "1", false, null).domain, [1, 5]);
  assert.equal(yDomain([line([1, 2]), line([-4])], "1", false, null).domain, [-4, 2]);
});

test("there is none without a finite value", () => {
  assert.is(yDomain([], "1", false, null).domain, null);
  assert.is(yDomain([line([Number.NaN])], "1", false, null).domain, null);
});

test("memory and throughput begin at zero, a loss need not", () => {
  assert.equal(yDomain([line([5, 6])], "B", false, null).domain, [0, 6]);
  assert.equal(yDomain([line([0.5, 0.6])], "ratio", true, null).domain, [0, 0.6]);
  assert.equal(yDomain([line([0.5, 0.6])], "ratio", false, null).domain, [0.5, 0.6]);
});

test("looks only at what is in view", () => {
  assert.equal(yDomain([line([100, 1, 2, 3, 100])], "1", false, [1, 3]).domain, [1, 3]);
});

test("a lonely spike is clipped and counted", () => {
  const y = Array.from({ length: 200 }, (_, i) => 10 + (i % 10));
  y[50] = 9000;
  y[51] = -9000;
  const { domain, clipped } = yDomain([line(y)], "1", false, null);
  assert.is(clipped, 2);
  assert.ok(domain![0] > 0 && domain![1] < 30, String(domain));
});

test("what spans a fifth of the extent is not pressed flat, and is not clipped", () => {
  const spiked = (spike: number) => {
    const y = Array.from({ length: 200 }, (_, i) => i % 11);
    y[100] = spike;
    return yDomain([line(y)], "1", false, null).clipped;
  };
  assert.equal([spiked(49), spiked(52)], [0, 1]);
});

test("a loss that falls from high up is not", () => {
  const y = Array.from({ length: 500 }, (_, i) => 0.1 + 2.2 * Math.exp(-i / 40));
  assert.is(yDomain([line(y)], "1", false, null).clipped, 0);
});

test("marks stand at the last finite height, neighbours share one", () => {
  const marks = marksOf(
    line([Number.NaN, 1, 2, Number.NaN, Number.NaN, 3, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]),
    [1, 3],
  );
  assert.equal(marks, [
    { kind: "nan", x: 0, y: 1 },
    { kind: "nan", x: 3, y: 2 },
    { kind: "up", x: 6, y: 3 },
    { kind: "down", x: 7, y: 3 },
  ]);
});

test("values beyond the axis are marked at its edge, and all NaN has no height", () => {
  assert.equal(
    marksOf(line([0, 50, 0, -50]), [-1, 1]).map((mark) => mark.kind),
    ["clipped-up", "clipped-down"],
  );
  assert.equal(marksOf(line([Number.NaN]), null), [{ kind: "nan", x: 0, y: null }]);
  assert.equal(marksOf(line([]), null), []);
});

test.run();
