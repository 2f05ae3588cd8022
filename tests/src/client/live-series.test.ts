import { suite } from "uvu";
import * as assert from "uvu/assert";
import { addPoint } from "../../../src/client/live-series.ts";
import { series, steady } from "../charts/gallery/_make.ts";

const test = suite("live series");

function grow(from: ReturnType<typeof series>, count: number, value: (step: number) => number) {
  const first = (from.steps.at(-1) ?? -1) + 1;
  for (let step = first; step < first + count; step += 1) addPoint(from, step, step / 10, value(step));
  return from;
}

test("adds points as they come while there are few", () => {
  const live = grow(series("loss", []), 3, (step) => step * 2);
  assert.equal([live.count, live.steps, live.last, live.min, live.max], [3, [0, 1, 2], [0, 2, 4], [0, 2, 4], [0, 2, 4]]);
});

test("stays bounded, and keeps count, extremes, first and last point", () => {
  const live = grow(series("loss", []), 50_000, (step) => (step === 12_345 ? 99 : Math.sin(step)));
  assert.ok(live.last.length <= 2000, `${live.last.length} buckets`);
  assert.equal([live.count, live.steps[0], live.steps.at(-1), Math.max(...live.max)], [50_000, 0, 49_999, 99]);
  assert.is(live.last.at(-1), Math.sin(49_999));
  for (const column of [live.steps, live.times, live.min, live.max]) assert.is(column.length, live.last.length);
});

test("the past is as fine as the present", () => {
  const live = grow(series("loss", []), 50_000, Math.sin);
  const gaps = live.steps.slice(1).map((step, i) => step - live.steps[i]!);
  const widest = Math.max(...gaps);
  // Where the series was thinned, a bucket was not yet full.
  const narrow = gaps.filter((gap) => gap < widest).length;
  assert.ok(narrow < gaps.length / 100, `${narrow} of ${gaps.length} buckets are narrower than ${widest} steps`);
});

test("goes on as fine as the file that it began with", () => {
  const file = series("loss", steady(64_000, Math.sin));
  const before = file.last.length;
  const live = grow(file, 6400, Math.sin);
  assert.is(live.count, 70_400);
  const added = live.last.length - before;
  assert.ok(added > 0.08 * before && added < 0.12 * before, `${added} buckets after ${before}`);
});

test("a value that is not finite has a bucket of its own", () => {
  const live = grow(series("loss", []), 10_000, (step) =>
    step === 9000 ? Number.NaN : step === 9500 ? Number.POSITIVE_INFINITY : 1,
  );
  assert.equal(
    live.last.filter((value) => !Number.isFinite(value)),
    [Number.NaN, Number.POSITIVE_INFINITY],
  );
  assert.ok(live.max.every((value, i) => Number.isFinite(value) || !Number.isFinite(live.last[i])));
});

test.run();
