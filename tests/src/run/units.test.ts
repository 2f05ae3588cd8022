import { test } from "uvu";
import * as assert from "uvu/assert";
import { formatBytes, formatCount, formatDuration, formatNumber, formatValue, quantity, unitOf } from "../../../src/run/units.ts";

test("reads the unit from a tag", () => {
  const tags = {
    "op/cpu/util": "cores",
    "sys/cpu/util": "ratio",
    "op/mem/rss": "B",
    "op/io/read_bytes": "B/s",
    "sys/gpu0/temp": "degC",
    "sys/gpu0/power": "W",
    steps_per_second: "steps/s",
    "examples/s": "examples/s",
    "val/acc": "1",
    loss: "1",
    temperature: "1",
    latency_p50_ms: "1",
    epoch_seconds: "s",
    "": "1",
  };
  for (const [tag, unit] of Object.entries(tags)) assert.is(unitOf(tag), unit, tag);
});

test("shows values with their units", () => {
  assert.is(formatValue(0.93414, "1"), "0.9341");
  assert.is(formatValue(0.93414, "ratio"), "93.4 %");
  assert.is(formatValue(1.5e9, "B"), "1.5 GB");
  assert.is(formatValue(999_700, "B/s"), "1 MB/s");
  assert.is(formatValue(1.25, "cores"), "1.25 cores");
  assert.is(formatValue(61.4, "degC"), "61.4 °C");
  assert.is(formatValue(125, "s"), "2 min 05 s");
  assert.is(formatValue(Number.NaN, "B"), "NaN");
  assert.is(formatValue(Number.NEGATIVE_INFINITY, "1"), "−∞");
});

test("gives number and unit apart", () => {
  assert.equal(quantity(0.5, "ratio"), { number: "50", unit: "%" });
  assert.equal(quantity(0.0031, "s"), { number: "3.1", unit: "ms" });
  assert.equal(quantity(90, "s"), { number: "1 min 30 s", unit: "" });
  assert.equal(quantity(3, "1"), { number: "3", unit: "" });
});

test("shows plain numbers as people read them", () => {
  const numbers: [number, string][] = [
    [0, "0"],
    [1797, "1,797"],
    [-0.00234, "−0.00234"],
    [0.1 + 0.2, "0.3"],
    [12345.678, "12,346"],
    [1e-7, "1e-7"],
    [2.5e12, "2.5e12"],
    [123456789, "123,456,789"],
  ];
  for (const [value, text] of numbers) assert.is(formatNumber(value), text);
});

test("shows durations", () => {
  const durations: [number, string][] = [
    [0, "0 s"],
    [0.00000312, "3.12 µs"],
    [0.0031, "3.1 ms"],
    [0.85, "0.85 s"],
    [12.34, "12.3 s"],
    [59.97, "1 min 00 s"],
    [3599.6, "1 h 00 min"],
    [3720, "1 h 02 min"],
    [273_600, "3 d 4 h"],
    [Number.NaN, "–"],
  ];
  for (const [seconds, text] of durations) assert.is(formatDuration(seconds), text);
});

test("shows sizes and counts", () => {
  assert.is(formatBytes(0), "0 B");
  assert.is(formatBytes(812), "812 B");
  assert.is(formatBytes(1_234_567_890), "1.23 GB");
  assert.is(formatBytes(Number.POSITIVE_INFINITY), "–");
  assert.is(formatCount(1_234_567), "1,234,567");
  assert.is(formatCount(-1000), "−1,000");
  assert.is(formatCount(0), "0");
});

test.run();
