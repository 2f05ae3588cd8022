/** What gallery files are made of: a chart with its data, and series of numbers that never change. */
import type { RunEvent, Series, Unit } from "../../../../src/run/types.ts";
import { makeBuckets } from "../../../../src/stats/buckets.ts";
import type { ChartData, ChartRun, ChartSpec } from "../../../../src/views/chart-spec.ts";
import type { ChartState } from "../../../../src/views/chart-state.ts";

export interface Example {
  spec: ChartSpec;
  data: ChartData[];
  state?: Partial<ChartState>;
  theme?: "dark";
  width?: number;
}

/** A series from points (step, seconds, value), thinned as the recorder does it. */
export function series(tag: string, points: Iterable<readonly [number, number, number]>, unit: Unit = "1"): Series {
  const buckets = makeBuckets(1000);
  for (const [step, time, value] of points) buckets.add(step, time, value);
  return { tag, unit, ...buckets.columns() };
}

/** One value for each step from 0, `seconds` apart. */
export function steady(count: number, value: (i: number) => number, seconds = 0.1): [number, number, number][] {
  return Array.from({ length: count }, (_, i) => [i, 0.5 + i * seconds, value(i)]);
}

export function run(id: string, parts: { series?: Series[]; system?: Series[]; events?: RunEvent[] }): ChartData {
  return { id, started: "2026-11-23T19:01:19.000Z", series: [], system: [], events: [], ...parts };
}

export function spec(tags: string[], runs: ChartRun[], parts: Partial<ChartSpec> = {}): ChartSpec {
  return { id: "c", title: tags[0]!, panel: "scalars", tags, runs, unit: "1", goal: null, x: "step", ...parts };
}

export function chartRun(id: string, slot: number, parts: Partial<ChartRun> = {}): ChartRun {
  return { id, label: id, slot, emphasis: "normal", ...parts };
}

/** Uniform noise −1..1 from a seed: mulberry32. */
export function noise(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 31 - 1;
  };
}

/** A loss as losses go: down fast, then slowly, and never quietly. */
export function loss(count: number, seed: number, { from = 2.3, to = 0.2, rough = 0.08 } = {}): (i: number) => number {
  const jitter = noise(seed);
  return (i) => to + (from - to) * Math.exp((-5 * i) / count) * (1 + rough * jitter()) + to * rough * jitter();
}
