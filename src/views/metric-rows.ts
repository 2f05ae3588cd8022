/** Every metric of a run in one table: what has no chart is here too. */
import { rankedMetrics } from "../run/goals.ts";
import type { Project, Run } from "../run/types.ts";
import { formatCount, formatValue } from "../run/units.ts";
import { bestOf, metricOf } from "./reading.ts";

export interface MetricSummaryRow {
  tag: string;
  /** "more is better", "less is better", or "" when neither is known. */
  goal: string;
  /** Empty without a goal. */
  best: string;
  bestStep: string;
  last: string;
  lastStep: string;
  points: string;
  /** How many of the points were not finite, or "". */
  nonFinite: string;
}

/** The most telling first. */
export function metricRows(run: Run, project: Project): MetricSummaryRow[] {
  return rankedMetrics([run], project).map((tag) => {
    const summary = run.scalars[tag]!;
    const { goal, unit } = metricOf(tag, [run], project);
    const best = bestOf(summary, goal);
    return {
      tag,
      goal: goal === null ? "" : goal === "max" ? "more is better" : "less is better",
      best: best === null ? "" : formatValue(best.value, unit),
      bestStep: best === null ? "" : formatCount(best.step),
      last: formatValue(summary.last.value, unit),
      lastStep: formatCount(summary.last.step),
      points: formatCount(summary.count),
      nonFinite: summary.nonFinite === 0 ? "" : formatCount(summary.nonFinite),
    };
  });
}
