import { suite } from "uvu";
import * as assert from "uvu/assert";
import { ema } from "../../../src/stats/smooth.ts";
import { DRAWN_LIMIT, placeSeries } from "../../../src/views/placed-series.ts";
import { stepClock } from "../../../src/views/step-clock.ts";
import { noise, series, steady } from "../charts/gallery/_make.ts";

const test = suite("placed series");

test("stands at its steps, or at its times", () => {
  const loss = series("loss", [
    [0, 1, 5],
    [10, 2, 4],
  ]);
  assert.equal(placeSeries(loss, "step", null, null, null).x, [0, 10]);
  assert.equal(placeSeries(loss, "time", null, null, null).x, [1, 2]);
  assert.equal(placeSeries(loss, "step", null, null, null).y, [5, 4]);
});

test("smooths long series by default, short ones not, constant ones never", () => {
  const long = series(
    "loss",
    steady(200, (i) => i % 7),
  );
  const short = series(
    "loss",
    steady(199, (i) => i % 7),
  );
  assert.is(placeSeries(long, "step", null, null, null).weight, 0.6);
  assert.equal(placeSeries(long, "step", null, null, null).smooth, ema(long.last, 0.6));
  assert.is(placeSeries(short, "step", null, null, null).smooth, null);
  assert.is(placeSeries(short, "step", null, 0.3, null).weight, 0.3);
  assert.is(
    placeSeries(
      series(
        "lr",
        steady(300, () => 0.1),
      ),
      "step",
      null,
      0.9,
      null,
    ).smooth,
    null,
  );
});

test("thins long series and keeps extremes in the band and the last point", () => {
  const jitter = noise(1);
  const spiky = series(
    "loss",
    steady(1000, (i) => (i === 777 ? 99 : jitter())),
  );
  const placed = placeSeries(spiky, "step", null, 0.5, null);
  assert.ok(placed.y.length <= DRAWN_LIMIT && placed.smooth!.length === placed.y.length);
  assert.is(Math.max(...placed.high!), 99);
  assert.is(placed.steps.at(-1), 999);
  // The smoothed value of a bucket is that of the point it stands at.
  const smooth = ema(spiky.last, 0.5);
  assert.equal(
    placed.smooth,
    placed.steps.map((step) => smooth[step]),
  );
  assert.equal([placed.drawn, placed.of], [placed.y.length, 1000]);
});

test("a zoom keeps one more point on each side and does not change the smoothing", () => {
  const loss = series(
    "loss",
    steady(300, (i) => i % 5),
  );
  const placed = placeSeries(loss, "step", null, null, [100, 110]);
  assert.equal([placed.x[0], placed.x.at(-1)], [99, 111]);
  assert.equal(placed.smooth, ema(loss.last, 0.6).slice(99, 112));
  assert.equal(placed.extent, [0, 299]);
});

test("machine samples stand at the step reached then, and those without a step are counted", () => {
  const clock = stepClock(
    [
      series("loss", [
        [0, 10, 1],
        [100, 20, 1],
      ]),
    ],
    null,
  );
  const memory = series(
    "op/mem/rss",
    [5, 9, 10, 15, 20, 25].map((t) => [0, t, t] as const),
    "B",
  );
  const placed = placeSeries(memory, "step", clock, null, null);
  assert.equal(placed.x, [0, 50, 100]);
  assert.equal([placed.before, placed.after], [2, 1]);
});

test("after a restart the later attempt counts, and what it repeats is set apart", () => {
  const loss = series("loss", [
    [0, 0, 1],
    [1, 1, 2],
    [2, 2, 3],
    [3, 3, 4],
    [2, 10, 30],
    [3, 11, 40],
    [4, 12, 50],
  ]);
  const placed = placeSeries(loss, "step", null, null, null);
  assert.equal(placed.x, [0, 1, 2, 3, 4]);
  assert.equal(placed.y, [1, 2, 30, 40, 50]);
  assert.equal(placed.superseded, [{ x: [1, 2, 3], y: [2, 3, 4] }]);
});

test("two restarts, the second further back than the first", () => {
  const steps = [0, 2, 4, 3, 5, 1, 6];
  const placed = placeSeries(
    series(
      "loss",
      steps.map((step, i) => [step, i, step]),
    ),
    "step",
    null,
    null,
    null,
  );
  assert.equal(placed.x, [0, 1, 6]);
  assert.equal(
    placed.superseded.map((part) => part.x),
    [
      [0, 2, 4],
      [3, 5],
    ],
  );
});

test("empty stays empty, one point stays one", () => {
  assert.equal(placeSeries(series("loss", []), "step", null, 0.6, null).x, []);
  assert.is(placeSeries(series("loss", []), "step", null, 0.6, null).extent, null);
  assert.equal(placeSeries(series("loss", [[7, 1, 2]]), "step", null, 0.6, null).y, [2]);
  assert.equal(placeSeries(series("loss", []), "step", null, null, [0, 1]).x, []);
});

test.run();
