import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { Series } from "../../../src/run/types.ts";
import { type Columns, makeBuckets, thin } from "../../../src/stats/buckets.ts";

const test = suite("buckets");

function fill(limit: number, values: number[]): Columns {
  const buckets = makeBuckets(limit);
  values.forEach((value, step) => {
    buckets.add(step, step / 10, value);
  });
  return buckets.columns();
}

function wave(count: number): number[] {
  return Array.from({ length: count }, (_, i) => Math.sin(i / 7) + ((i * 7919) % 101) / 100);
}

test("keeps every point while there is room", () => {
  assert.equal(fill(5, [3, 1, 2]), {
    count: 3,
    steps: [0, 1, 2],
    times: [0, 0.1, 0.2],
    min: [3, 1, 2],
    max: [3, 1, 2],
    last: [3, 1, 2],
  });
});

test("no point gives empty columns, one point one bucket", () => {
  assert.equal(fill(2, []), { count: 0, steps: [], times: [], min: [], max: [], last: [] });
  assert.equal(fill(2, [7]).last, [7]);
});

test("stays within the limit and keeps the first and the last point at any length", () => {
  for (const count of [2, 3, 9, 10, 11, 64, 65, 1000, 4097]) {
    const values = wave(count);
    const { steps, last } = fill(10, values);
    assert.ok(steps.length <= 10, `${steps.length} buckets for ${count} points`);
    assert.is(steps[0], 0);
    assert.is(last[0], values[0]);
    assert.is(steps.at(-1), count - 1);
    assert.is(last.at(-1), values.at(-1));
    assert.ok(
      steps.every((step, i) => i === 0 || step > steps[i - 1]!),
      "steps ascend",
    );
  }
});

test("never loses a spike one step long, up or down", () => {
  for (const at of [1, 2, 499, 500, 998]) {
    const values = new Array(1000).fill(0);
    values[at] = 9;
    values[(at + 3) % 1000] = -9;
    const { min, max } = fill(16, values);
    assert.is(Math.max(...max), 9);
    assert.is(Math.min(...min), -9);
  }
});

test("keeps each kind of non-finite point in a bucket of its own, and the finite extremes beside it", () => {
  const values = wave(5000);
  values[2500] = Number.NaN;
  values[2501] = Number.POSITIVE_INFINITY;
  values[2502] = Number.NEGATIVE_INFINITY;
  const { last, min, max, steps } = fill(32, values);
  assert.is(last.filter(Number.isNaN).length, 1);
  assert.is(steps[last.findIndex(Number.isNaN)], 2500);
  assert.is(last.filter((value) => value === Number.POSITIVE_INFINITY).length, 1);
  assert.is(last.filter((value) => value === Number.NEGATIVE_INFINITY).length, 1);
  last.forEach((value, i) => {
    if (Number.isFinite(value)) assert.ok(Number.isFinite(min[i]!) && Number.isFinite(max[i]!));
    else assert.ok(Object.is(min[i], value) && Object.is(max[i], value));
  });
});

test("non-finite first and last points are kept as well", () => {
  const { last } = fill(10, [Number.NaN, ...wave(500), Number.POSITIVE_INFINITY]);
  assert.ok(Number.isNaN(last[0]));
  assert.is(last.at(-1), Number.POSITIVE_INFINITY);
});

test("a series that is all NaN, or alternates, stays bounded", () => {
  assert.ok(fill(10, new Array(10_000).fill(Number.NaN)).last.length <= 10);
  const alternating = wave(10_000).map((value, i) => (i % 2 === 0 ? value : Number.NaN));
  assert.ok(fill(10, alternating).last.length <= 10);
});

test("the same points give the same columns, read early or late", () => {
  const values = wave(3000);
  const buckets = makeBuckets(50);
  values.forEach((value, step) => {
    buckets.add(step, step / 10, value);
    if (step % 100 === 0) buckets.columns();
  });
  assert.equal(buckets.columns(), fill(50, values));
});

test("refuses a limit that cannot hold the first and the last point", () => {
  assert.throws(() => makeBuckets(1), /invalid limit: 1/);
  assert.throws(() => makeBuckets(Number.NaN), /invalid limit/);
});

test("thin: gives a series that fits back as it is, and keeps the count of points otherwise", () => {
  const series: Series = { tag: "loss", unit: "1", ...fill(1000, wave(900)) };
  assert.is(thin(series, 900), series);
  const thinned = thin(series, 100);
  assert.ok(thinned.last.length <= 100);
  assert.is(thinned.count, 900);
  assert.is(Math.max(...thinned.max), Math.max(...series.max));
  assert.is(Math.min(...thinned.min), Math.min(...series.min));
  assert.is(thinned.steps.at(-1), 899);
});

test("what a restart took back is gone, and the series goes on as if it had never been", () => {
  const restarted = makeBuckets(100);
  for (let step = 0; step < 60; step += 1) restarted.add(step, step, step < 40 ? step : -1);
  restarted.truncate(40);
  const plain = makeBuckets(100);
  for (let step = 0; step < 40; step += 1) plain.add(step, step, step);
  for (let step = 40; step < 700; step += 1) for (const one of [restarted, plain]) one.add(step, step + 100, step);
  assert.equal(restarted.columns(), plain.columns());
  restarted.truncate(1000);
  assert.equal(restarted.columns(), plain.columns(), "nothing to take back");
  restarted.truncate(Number.NEGATIVE_INFINITY);
  assert.is(restarted.columns().count, 0);
  assert.is(restarted.tally(), null);
});

test("when the first point is taken back, the next one is the first that is always kept", () => {
  const buckets = makeBuckets(10);
  for (const step of [50, 1, 2, 3]) buckets.add(step, step, step);
  buckets.truncate(40);
  for (let step = 4; step < 500; step += 1) buckets.add(step, step, step);
  assert.equal(buckets.columns().steps[0], 1);
});

test("restart after restart, a long series stays bounded, deterministic and in order, and its counts add up", () => {
  const grow = () => {
    const buckets = makeBuckets(50);
    for (let round = 0; round < 20; round += 1) {
      for (let step = round * 1000; step < round * 1000 + 3000; step += 1) {
        buckets.add(step, step, step % 997 === 0 ? Number.NaN : step);
      }
      buckets.truncate(round * 1000 + 1000);
      const { steps, last, count } = buckets.columns();
      assert.ok(last.length <= 60, `${last.length} buckets`);
      assert.ok(steps.every((step) => step < round * 1000 + 1000));
      assert.is(buckets.tally()!.count, count);
      assert.ok(count <= round * 1000 + 1000);
    }
    return buckets.columns();
  };
  const columns = grow();
  assert.equal(columns, grow());
  assert.is(columns.steps[0], 0, "the first point is still there");
  // Each restart costs at most the bucket that it falls into: 1/25 of what there was.
  assert.ok(columns.count > 0.5 * 20_000, String(columns.count));
});

test.run();
