import { suite } from "uvu";
import * as assert from "uvu/assert";
import { xAxis, yAxis } from "../../../src/charts/axes.ts";
import type { Unit } from "../../../src/run/types.ts";

const test = suite("axes");
const texts = (low: number, high: number, unit: Unit = "1") => {
  const axis = yAxis([low, high], unit, 208);
  return `${axis.ticks.map((tick) => tick.text).join(" ")}${axis.unit === "" ? "" : ` ${axis.unit}`}`;
};

test("y: plain numbers have nice ends around the data", () => {
  assert.is(texts(0.13, 2.28), "0 0.5 1.0 1.5 2.0 2.5");
  assert.is(texts(0.913, 0.951), "0.91 0.92 0.93 0.94 0.95 0.96");
  assert.is(texts(-21, 9), "−30 −20 −10 0 10");
});

test("y: large numbers are shortened, tiny and huge ones have a power of ten", () => {
  assert.is(texts(0, 84_000), "0 20k 40k 60k 80k 100k");
  assert.is(texts(0, 3e-7), "0 1e−7 2e−7 3e−7");
  assert.is(texts(0, 4e17), "0 1e17 2e17 3e17 4e17");
});

test("y: quantities are in the prefix that suits the largest, said once", () => {
  assert.is(texts(0, 1.84e9, "B"), "0 0.5 1.0 1.5 2.0 GB");
  assert.is(texts(0, 640, "B/s"), "0 200 400 600 800 B/s");
  assert.is(texts(0.002, 0.0041, "s"), "2.0 2.5 3.0 3.5 4.0 4.5 ms");
  assert.is(texts(0, 7000, "s"), "0 20 40 60 80 100 120 min");
  assert.is(texts(30, 71, "degC"), "30 40 50 60 70 80 °C");
});

test("y: shares are percentages and end at 100", () => {
  assert.is(texts(0, 0.97, "ratio"), "0 20 % 40 % 60 % 80 % 100 %");
  assert.equal(yAxis([0.97, 0.97], "ratio", 200).domain, [0, 1]);
  assert.ok(yAxis([0.9, 1.2], "ratio", 200).domain[1] >= 1.2);
});

test("y: a single value stands in the middle", () => {
  for (const value of [5, 0.001, -3]) {
    const axis = yAxis([value, value], "1", 200);
    assert.ok(Math.abs(axis.place(value) - 100) < 30, `${value} at ${axis.place(value)}`);
  }
  assert.equal(yAxis([0, 0], "1", 200).domain, [0, 1]);
});

test("y: the largest and smallest numbers there are do not break it", () => {
  for (const [low, high] of [
    [-1.6e308, 1.6e308],
    [0, 5e-324],
    [-5e-324, 1e-320],
    [1e307, 1.7e308],
  ] as const) {
    const axis = yAxis([low, high], "1", 200);
    for (const value of [low, high]) assert.ok(Number.isFinite(axis.place(value)), `${value}: ${axis.place(value)}`);
    for (const tick of axis.ticks) assert.ok(Number.isFinite(tick.y) && !/NaN|Infinity/.test(tick.text));
  }
});

test("y: places run from the bottom up", () => {
  const axis = yAxis([0, 10], "1", 200);
  assert.equal([axis.place(0), axis.place(5), axis.place(10)], [200, 100, 0]);
});

test("x: is as wide as the data, but for a hair", () => {
  assert.equal(xAxis([0, 999], "step").domain, [0, 1000]);
  assert.equal(xAxis([0, 960], "step").domain, [0, 960]);
  assert.equal(xAxis([0, 99.9], "time").domain, [0, 99.9]);
});

test("x: every other tick can go where there is little room", () => {
  const { ticks } = xAxis([0, 1000], "step");
  assert.is(ticks.map((tick) => tick.text).join(" "), "0 100 200 300 400 500 600 700 800 900 1000");
  assert.is(
    ticks
      .filter((tick) => !tick.minor)
      .map((tick) => tick.text)
      .join(" "),
    "0 200 400 600 800 1000",
  );
});

test("x: steps are whole, and shortened from ten thousand on", () => {
  const words = (from: number, to: number) =>
    xAxis([from, to], "step")
      .ticks.filter((tick) => !tick.minor)
      .map((tick) => tick.text)
      .join(" ");
  assert.is(words(1, 3), "1 2 3");
  assert.is(words(0, 25_000), "0 4k 8k 12k 16k 20k 24k");
  assert.is(words(0, 3e6), "0 0.4M 0.8M 1.2M 1.6M 2M 2.4M 2.8M");
});

test("x: a single place is in the middle", () => {
  const axis = xAxis([7, 7], "step");
  assert.equal(axis.ticks, [{ share: 0.5, text: "7", minor: false }]);
  assert.is(axis.share(7), 0.5);
});

test.run();
