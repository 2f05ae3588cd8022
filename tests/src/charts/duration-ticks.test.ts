import { suite } from "uvu";
import * as assert from "uvu/assert";
import { durationTicks } from "../../../src/charts/duration-ticks.ts";

const test = suite("duration ticks");
const words = (to: number, from = 0) =>
  durationTicks(from, to, 6)
    .map((tick) => tick.text)
    .join(", ");

test("are round seconds, minutes, hours and days", () => {
  assert.is(words(0.4), "0, 0.05 s, 0.1 s, 0.15 s, 0.2 s, 0.25 s, 0.3 s, 0.35 s, 0.4 s");
  assert.is(words(5), "0, 1 s, 2 s, 3 s, 4 s, 5 s");
  assert.is(words(50), "0, 10 s, 20 s, 30 s, 40 s, 50 s");
  assert.is(words(100), "0, 30 s, 1:00, 1:30");
  assert.is(words(600), "0, 2 min, 4 min, 6 min, 8 min, 10 min");
  assert.is(words(5400), "0, 15 min, 30 min, 45 min, 1:00, 1:15, 1:30");
  assert.is(words(6 * 3600), "0, 1 h, 2 h, 3 h, 4 h, 5 h, 6 h");
  assert.is(words(5 * 86400), "0, 1 d, 2 d, 3 d, 4 d, 5 d");
});

test("begin at a round place inside the axis", () => {
  assert.is(words(100, 61), "1:10, 1:20, 1:30, 1:40");
});

test("are never more than asked for by much, up to years", () => {
  for (let to = 1e-6; to < 1e9; to *= 1.37) {
    const count = durationTicks(0, to, 10).length;
    assert.ok(count >= 2 && count <= 15, `${count} ticks for ${to} s`);
  }
});

test.run();
