import { suite } from "uvu";
import * as assert from "uvu/assert";
import { formatSeries, parseSeries, SERIES_LIMIT, utf8Length } from "../../../src/run/series-file.ts";
import type { Series } from "../../../src/run/types.ts";

const test = suite("series-file");

const through = (series: Series[], budget = 128_000): Series[] => parseSeries(JSON.parse(formatSeries(series, budget)));

function series(tag: string, values: number[], every = 1): Series {
  const steps = values.map((_, i) => i * every);
  return {
    tag,
    unit: "1",
    count: values.length,
    steps,
    times: steps.map((step) => step / 8),
    min: values,
    max: values,
    last: values,
  };
}

test("columns survive writing and reading", () => {
  const loss = { ...series("loss", [3, 2, 1.5]), steps: [1, 5, 6], times: [0.125, 0.5, 3] };
  assert.equal(through([loss]), [loss]);
});

test("regular columns are written as start and every, extremes only where they differ", () => {
  const raw = JSON.parse(formatSeries([series("loss", [3, 2, 1, 0], 100)], 128_000));
  assert.equal(raw.series[0].steps, { start: 0, every: 100 });
  assert.equal(raw.series[0].times, { start: 0, every: 12.5 });
  assert.not("min" in raw.series[0]);
  const wide = { ...series("loss", [3, 2, 1]), min: [3, 1, 1] };
  const written = JSON.parse(formatSeries([wide], 128_000)).series[0];
  assert.equal(written.min, [3, 1, 1]);
  assert.not("max" in written);
  assert.equal(through([wide]), [wide]);
});

test("fractional regular steps come back exactly", () => {
  const steps = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7];
  const loss = { ...series("loss", [1, 2, 3, 4, 5, 6, 7]), steps };
  assert.equal(through([loss])[0]!.steps, steps);
});

test("no series, an empty series, and one point", () => {
  assert.equal(through([]), []);
  assert.equal(through([series("loss", [])]), [series("loss", [])]);
  assert.equal(through([series("loss", [4])]), [series("loss", [4])]);
});

test("non-finite values survive", () => {
  const last = through([series("loss", [1, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])])[0]!.last;
  assert.equal(last, [1, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]);
});

test("values keep six significant digits, times milliseconds", () => {
  const loss = { ...series("loss", [0.123456789, 1234567.8]), times: [0.12345, 7.0009] };
  const read = through([loss])[0]!;
  assert.equal(read.last, [0.123457, 1234570]);
  assert.equal(read.times, [0.123, 7.001]);
});

test("halves the longest series until the file fits its budget; the count tells how many there were", () => {
  const long = Array.from({ length: 900 }, (_, i) => Math.sin(i) + i / 1000);
  const many = Array.from({ length: 20 }, (_, i) => series(`loss${i}`, long));
  const text = formatSeries([...many, series("short", [1, 2, 3])], 100_000);
  assert.ok(utf8Length(text) <= 100_000, `${utf8Length(text)} bytes`);
  assert.ok(utf8Length(text) > 30_000, "does not thin more than it must");
  const read = parseSeries(JSON.parse(text));
  assert.is(read.length, 21);
  assert.ok(read.every((one) => one.tag === "short" || one.count === 900));
  assert.equal(read.at(-1)!.last, [1, 2, 3]);
  assert.is(read[0]!.steps.at(-1), 899);
});

test("never more buckets than the limit, budget or no budget", () => {
  const read = through([series("loss", new Array(5000).fill(1))], 10_000_000);
  assert.ok(read[0]!.last.length <= SERIES_LIMIT);
});

test("ten thousand tags still fit: the last are left out and counted", () => {
  const many = Array.from({ length: 10_000 }, (_, i) => series(`tag/${i}`, [i, i + 1.5, 7]));
  const text = formatSeries(many, 64_000);
  assert.ok(utf8Length(text) <= 64_000, `${utf8Length(text)} bytes`);
  const raw = JSON.parse(text);
  assert.is(raw.series.length + raw.omitted, 10_000);
  assert.ok(raw.series.length > 100, `${raw.series.length} tags`);
  assert.equal(parseSeries(JSON.parse(formatSeries(many, 10))), []);
});

test("says which tag is wrong", () => {
  const broken = { schema: 1, series: [{ tag: "loss", unit: "1", count: 2, steps: [1], times: [0, 1], last: [1, 2] }] };
  assert.throws(() => parseSeries(broken), /2 numbers at loss steps: 1/);
  assert.throws(() => parseSeries({ schema: 1, series: [{ tag: 3 }] }), /text at series\[0\].tag: 3/);
  assert.throws(() => parseSeries({ schema: 7, series: [] }), /schema 7/);
  assert.throws(() => parseSeries({ schema: 1 }), /a list at series: nothing/);
});

test("same series, same bytes; one series a line", () => {
  const two = [series("loss", [1, 2]), series("acc", [0.1, 0.2])];
  assert.is(formatSeries(two, 128_000), formatSeries(through(two), 128_000));
  assert.is(formatSeries(two, 128_000).split("\n").length, 5);
});

test("a unit from the future is a plain number, unknown keys are kept", () => {
  const read = parseSeries({
    schema: 1,
    series: [{ tag: "a", unit: "parsec", count: 1, steps: [0], times: [0], last: [1], hue: 3 }],
  });
  assert.is(read[0]!.unit, "1");
  assert.match(formatSeries(read, 1000), '"hue":3');
});

test.run();
