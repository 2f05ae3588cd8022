import { thin } from "../stats/buckets.ts";
import { encodeNumber, type RawNumber, roundDecimals, roundDigits } from "./numbers.ts";
import { checkSchema, finite, invalid, isObject, list, numberList, object, text } from "./shape.ts";
import type { Series } from "./types.ts";
import { parseUnit } from "./unit-names.ts";

/** Buckets a tag at most, before the file's budget is looked at. */
export const SERIES_LIMIT = 1000;

/** Values keep so many significant digits in series files (`run.json` keeps them all); times keep milliseconds. */
const DIGITS = 6;
const TIME_DECIMALS = 3;

/** A column that grows by the same amount at each point is written as `{start, every}`. */
type RawColumn = RawNumber[] | { start: number; every: number };

/**
 * Reads `series.json` or `system.json` into full columns. Throws ToolError `invalid-run-file` when columns of one series
 * differ in length, naming the tag; `newer-schema` for a newer format. No series gives [].
 */
export function parseSeries(raw: unknown): Series[] {
  const file = object(raw, "series file");
  checkSchema(file, "series file");
  return list(file.series, "series").map((item, index) => parseOne(item, `series[${index}]`));
}

/**
 * The text of `series.json` or `system.json`, one series a line, in at most `budgetBytes` bytes (UTF-8).
 *
 * Each tag has at most `SERIES_LIMIT` buckets; the number is halved for the longest tags until the file fits. `count` tells
 * readers how many points there were. Where even two buckets a tag are too many, the last tags are left out and counted
 * in `omitted`.
 */
export function formatSeries(series: Series[], budgetBytes: number): string {
  let kept = series;
  for (let limit = SERIES_LIMIT; ; limit = Math.floor(limit / 2)) {
    const lines = kept.map((one) => JSON.stringify(rawSeries(thin(one, limit))));
    const size = lines.reduce((sum, line) => sum + utf8Length(line) + 2, 0);
    if (size + 60 <= budgetBytes || kept.length === 0) return layOut(lines, series.length - kept.length);
    if (limit < 4) {
      const room = Math.max(0, (budgetBytes - 60) / Math.max(size, 1));
      kept = series.slice(0, Math.min(kept.length - 1, Math.floor(kept.length * room)));
      limit = 4;
    }
  }
}

function layOut(lines: string[], omitted: number): string {
  const tail = omitted > 0 ? `,"omitted":${omitted}` : "";
  return lines.length === 0 ? `{"schema":1,"series":[]${tail}}\n` : `{"schema":1,"series":[\n${lines.join(",\n")}\n]${tail}}\n`;
}

function rawSeries(series: Series): Record<string, unknown> {
  const { tag, unit, count, steps, times, min, max, last, mean, ...unknown } = series;
  const lows = min.map(rawValue);
  const highs = max.map(rawValue);
  const lasts = last.map(rawValue);
  const means = mean?.map(rawValue);
  return {
    tag,
    unit,
    count,
    steps: rawColumn(steps, 9),
    times: rawColumn(
      times.map((time) => roundDecimals(time, TIME_DECIMALS)),
      TIME_DECIMALS,
    ),
    ...(same(lows, lasts) ? {} : { min: lows }),
    ...(same(highs, lasts) ? {} : { max: highs }),
    last: lasts,
    ...(means === undefined || same(means, lasts) ? {} : { mean: means }),
    ...unknown,
  };
}

function rawValue(value: number): RawNumber {
  return encodeNumber(roundDigits(value, DIGITS));
}

function rawColumn(values: number[], decimals: number): RawColumn {
  if (values.length >= 3) {
    const start = values[0]!;
    const every = roundDecimals(values[1]! - start, decimals);
    if (values.every((value, index) => value === at(start, every, index))) return { start, every };
  }
  return values.map(encodeNumber);
}

/** Element `index` of a regular column. Rounded, so that 0.1 + 2 × 0.1 is 0.3 again. */
function at(start: number, every: number, index: number): number {
  return roundDecimals(start + index * every, 9);
}

function parseOne(raw: unknown, key: string): Series {
  const series = object(raw, key);
  const tag = text(series.tag, `${key}.tag`);
  const last = numberList(series.last, `${tag} last`);
  const { mean, ...rest } = series;
  return {
    ...rest,
    tag,
    unit: parseUnit(series.unit),
    count: finite(series.count, `${tag} count`),
    steps: parseColumn(series.steps, `${tag} steps`, last.length),
    times: parseColumn(series.times, `${tag} times`, last.length),
    min: series.min === undefined ? last : sized(numberList(series.min, `${tag} min`), `${tag} min`, last.length),
    max: series.max === undefined ? last : sized(numberList(series.max, `${tag} max`), `${tag} max`, last.length),
    last,
    ...(mean === undefined ? {} : { mean: sized(numberList(mean, `${tag} mean`), `${tag} mean`, last.length) }),
  };
}

function parseColumn(raw: unknown, key: string, length: number): number[] {
  if (!isObject(raw)) return sized(numberList(raw, key), key, length);
  const start = finite(raw.start, `${key}.start`);
  const every = finite(raw.every, `${key}.every`);
  const whole = Number.isInteger(start) && Number.isInteger(every);
  const values = new Array<number>(length);
  for (let index = 0; index < length; index += 1) values[index] = whole ? start + index * every : at(start, every, index);
  return values;
}

function sized(values: number[], key: string, length: number): number[] {
  if (values.length !== length) throw invalid(`${length} numbers`, key, values.length);
  return values;
}

function same(a: RawNumber[], b: RawNumber[]): boolean {
  return a.every((value, index) => value === b[index]);
}

/** Bytes of a text in UTF-8; this folder knows no Buffer. */
export function utf8Length(value: string): number {
  let bytes = 0;
  for (const character of value) {
    const code = character.codePointAt(0)!;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}
