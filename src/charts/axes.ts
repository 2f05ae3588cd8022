import { nice, tickFormat, tickStep, ticks } from "d3";
import type { Unit } from "../run/types.ts";
import type { XKind } from "../views/line-model.ts";
import { durationTicks } from "./duration-ticks.ts";

export interface XTick {
  /** 0 at the left edge of the plot, 1 at the right. */
  share: number;
  text: string;
  /** Left out where the chart is narrow. */
  minor: boolean;
}

export interface XAxis {
  domain: [number, number];
  /** Place of a value, 0..1 inside the domain. */
  share(value: number): number;
  ticks: XTick[];
  name: string;
}

export interface YAxis {
  domain: [number, number];
  /** Pixels from the top of the plot. */
  place(value: number): number;
  ticks: { y: number; text: string }[];
  /** Stands once, above the axis; empty for plain numbers. */
  unit: string;
}

/**
 * The axis along the bottom, exactly as wide as its domain, so that charts of a page stand under each other. Ticks are round
 * numbers, SI-shortened from ten thousand on (`12k`), or round durations. A domain of one value puts it in the middle.
 */
export function xAxis([from, to]: readonly [number, number], kind: XKind): XAxis {
  const domain: [number, number] = from < to ? [from, roundedEnd(from, to, kind)] : [from - 1, to + 1];
  const span = domain[1] - domain[0];
  const share = (value: number) => (value - domain[0]) / span;
  const places = (count: number) => (kind === "time" ? durationTicks(...domain, count) : stepTicks(domain, count));
  if (from === to) {
    const only = places(2).find((tick) => tick.value === from) ?? { value: from, text: String(from) };
    return { domain, share, ticks: [{ share: 0.5, text: only.text, minor: false }], name: kind };
  }
  const all = places(10);
  // Every second one can go without the rest looking uneven, and the one at 0 stays.
  const step = all.length < 2 ? 1 : all[1]!.value - all[0]!.value;
  const minor = (value: number) => all.length > 6 && Math.round(value / step) % 2 !== 0;
  return {
    domain,
    share,
    ticks: all.map(({ value, text }) => ({ share: share(value), text, minor: minor(value) })),
    name: kind,
  };
}

/** 999 becomes 1,000: an end a hair before a tick is moved to it. */
function roundedEnd(from: number, to: number, kind: XKind): number {
  if (kind === "time") return to;
  const step = tickStep(from, to, 5);
  const end = Math.ceil(to / step) * step;
  return end - to <= (to - from) * 0.015 ? end : to;
}

function stepTicks([from, to]: readonly [number, number], count: number): { value: number; text: string }[] {
  const largest = Math.max(Math.abs(from), Math.abs(to));
  const { divisor, suffix } = largest < 1 ? { divisor: 1, suffix: "" } : plainNumber(largest);
  return ticks(from, to, count)
    .filter((value) => Number.isInteger(value))
    .map((value) => ({
      value,
      text: value === 0 ? "0" : `${Number((value / divisor).toPrecision(6))}${suffix}`.replace("-", "−"),
    }));
}

/**
 * The axis at the left, rounded outward to nice ends. Quantities are shown in the prefix that suits the largest (`MB`,
 * `ms`), ratios as percentages, very small and very large plain numbers with a power of ten.
 */
export function yAxis([low, high]: readonly [number, number], unit: Unit, height: number): YAxis {
  const { divisor, name, suffix } = measure(unit, Math.max(Math.abs(low), Math.abs(high)));
  const count = Math.max(2, Math.round(height / 52));
  let [bottom, top] = nice(...withRoom(low / divisor, high / divisor), count);
  // A share of something is not more than all of it.
  if (unit === "ratio" && high <= 1) top = Math.min(top, 1 / divisor);
  if (unit === "ratio" && low >= 0) bottom = Math.max(bottom, 0);
  // d3's scaleLinear is this line with checks, and brings color interpolation: a fifth of a page's script.
  const y = (scaled: number) => height - ((scaled - bottom) / (top - bottom)) * height;
  const text = tickFormat(bottom, top, count);
  return {
    domain: [bottom * divisor, top * divisor],
    place: (value) => y(value / divisor),
    ticks: ticks(bottom, top, count).map((value) => ({ y: y(value), text: value === 0 ? "0" : text(value) + suffix })),
    unit: name,
  };
}

/** A single value stands in the middle between 0 and its double. */
function withRoom(low: number, high: number): [number, number] {
  if (high > low) return [low, high];
  if (low === 0) return [0, 1];
  return low > 0 ? [0, 2 * low] : [2 * low, 0];
}

interface Measure {
  divisor: number;
  /** Said once above the axis. */
  name: string;
  /** Said at each tick. */
  suffix: string;
}

const PREFIXES = ["", "k", "M", "G", "T", "P"];

function measure(unit: Unit, largest: number): Measure {
  switch (unit) {
    case "ratio":
      return { divisor: 0.01, name: "", suffix: " %" };
    case "degC":
      return { divisor: 1, name: "°C", suffix: "" };
    case "s":
      return seconds(largest);
    case "B":
    case "B/s":
    case "W":
    case "J": {
      const power = thousands(largest);
      return { divisor: 1000 ** power, name: PREFIXES[power]! + unit, suffix: "" };
    }
    default:
      return { ...plainNumber(largest), name: unit === "1" ? "" : unit };
  }
}

function seconds(largest: number): Measure {
  for (const [divisor, name] of [
    [86400, "d"],
    [3600, "h"],
    [60, "min"],
    [1, "s"],
    [1e-3, "ms"],
  ] as const) {
    if (largest >= divisor * 2) return { divisor, name, suffix: "" };
  }
  return largest === 0 ? { divisor: 1, name: "s", suffix: "" } : { divisor: 1e-6, name: "µs", suffix: "" };
}

function plainNumber(largest: number): { divisor: number; suffix: string } {
  if (largest === 0 || (largest >= 1e-3 && largest < 1e4)) return { divisor: 1, suffix: "" };
  if (largest >= 1e4 && largest < 1e15) {
    const power = thousands(largest);
    return { divisor: 1000 ** power, suffix: PREFIXES[power]! };
  }
  // Below 1e-300 a power of ten is no longer exact, and nobody trains there.
  const exponent = Math.max(-300, Math.floor(Math.log10(largest)));
  return { divisor: 10 ** exponent, suffix: `e${exponent}`.replace("-", "−") };
}

function thousands(largest: number): number {
  return largest < 1000 ? 0 : Math.min(PREFIXES.length - 1, Math.floor(Math.log10(largest) / 3));
}
