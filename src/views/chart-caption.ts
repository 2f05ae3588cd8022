import { formatCount, formatValue } from "../run/units.ts";
import type { Line, LineChartModel } from "./line-model.ts";
import type { PlacedSeries } from "./placed-series.ts";

/** What the caption needs beside the model itself. */
export interface CaptionFacts {
  /** In the order of the model's lines. */
  placed: readonly PlacedSeries[];
  /** Labels of lines that have no points. */
  missing: readonly string[];
  clipped: number;
  eventNote: string | null;
  /** Steps were asked for, time is shown. */
  fellBack: boolean;
  /** Machine samples on a step axis. */
  onClock: boolean;
}

/** Says what was smoothed, thinned, clipped, moved or left out, one sentence each; that nothing was, if so. Empty without lines. */
export function captionOf(model: LineChartModel, facts: CaptionFacts): string[] {
  const { lines } = model;
  if (lines.length === 0) return [];
  return [
    drawn(facts.placed),
    smoothed(facts.placed),
    ...lines.map((line) => broken(line, model, lines.length > 1)),
    facts.clipped > 0 ? `${points(facts.clipped)} outside the axis, marked at its edge.` : null,
    restarted(lines),
    facts.onClock ? clocked(facts.placed) : null,
    facts.fellBack ? "No steps were counted, so this is over time." : null,
    facts.eventNote,
    facts.missing.length > 0 ? `No points: ${facts.missing.join(", ")}.` : null,
  ].filter((sentence) => sentence !== null);
}

function smoothed(placed: readonly PlacedSeries[]): string | null {
  const weight = placed.find((one) => one.weight > 0)?.weight;
  if (weight === undefined) return null;
  if (placed.length === 1) return `Strong line: EMA ${weight}. Pale line: raw values.`;
  const some = placed.every((one) => one.weight > 0) ? "" : " where there are enough points";
  return `Strong lines: EMA ${weight}${some}. Pale lines: raw values.`;
}

function drawn(placed: readonly PlacedSeries[]): string {
  const cut = placed.filter((one) => one.drawn < one.of);
  if (cut.length === 0) {
    const total = placed.reduce((sum, one) => sum + one.drawn, 0);
    const raw = placed.every((one) => one.weight === 0) ? ", not smoothed" : "";
    return total === 1 ? "A single point." : `All ${formatCount(total)} points${raw}.`;
  }
  const longest = cut.reduce((a, b) => (b.of > a.of ? b : a));
  const each = placed.length === 1 ? "" : " of the longest line";
  const banded = cut.some((one) => one.low !== null) ? "; the band spans the values between them" : "";
  return `${formatCount(longest.drawn)} of ${formatCount(longest.of)} points${each} drawn${banded}.`;
}

/** "3 NaN from step 812", with the line's name where there are several. */
function broken(line: Line, model: LineChartModel, named: boolean): string | null {
  const words = BROKEN.flatMap(([kind, name, is]) => {
    const first = line.marks.find((mark) => mark.kind === kind);
    return first === undefined ? [] : [`${formatCount(line.y.filter(is).length)} ${name} from ${at(first.x, model)}`];
  });
  return words.length === 0 ? null : `${named ? `${line.label}: ` : ""}${words.join(", ")}.`;
}

const BROKEN = [
  ["nan", "NaN", Number.isNaN],
  ["up", "∞", (value: number) => value === Number.POSITIVE_INFINITY],
  ["down", "−∞", (value: number) => value === Number.NEGATIVE_INFINITY],
] as const;

function restarted(lines: readonly Line[]): string | null {
  const count = lines.reduce((sum, line) => sum + line.superseded.length, 0);
  if (count === 0) return null;
  return `Dotted: steps that were done again after ${count === 1 ? "a restart" : `${count} restarts`}.`;
}

function clocked(placed: readonly PlacedSeries[]): string {
  const before = Math.max(0, ...placed.map((one) => one.before));
  const after = Math.max(0, ...placed.map((one) => one.after));
  const left = [
    before > 0 ? `${formatCount(before)} before the first step` : null,
    after > 0 ? `${formatCount(after)} after the last` : null,
  ].filter((part) => part !== null);
  const out = left.length === 0 ? "" : `; ${left.join(" and ")} not shown`;
  return `Samples stand at the step reached at that moment${out}.`;
}

function points(count: number): string {
  return count === 1 ? "1 point" : `${formatCount(count)} points`;
}

/** `step 812` or `3 min 05 s`. */
export function at(x: number, model: Pick<LineChartModel, "xKind">): string {
  return model.xKind === "step" ? `step ${formatStep(x)}` : formatValue(x, "s");
}

/** Steps are whole numbers; a mapped sample may lie between two. */
export function formatStep(step: number): string {
  return Number.isInteger(step) || Math.abs(step) >= 100 ? formatCount(step) : formatValue(step, "1", 3);
}
