/** One value of a query, for `<Field value="best val/acc" />` in a dashboard. */
import { goalOf } from "../run/goals.ts";
import { groupRuns } from "../run/groups.ts";
import type { Project, Run } from "../run/types.ts";
import { formatCount, formatDuration, formatValue } from "../run/units.ts";
import { rankGroups } from "./headline.ts";
import { nearestNames } from "./nearest-names.ts";
import { repeated, spreadText } from "./numbers.ts";
import { isBetter, metricOf } from "./reading.ts";
import { runPath } from "./run-name.ts";

/** What is shown, or what was wrong with the question, in words for the author of the page. */
export type FieldModel = { value: string; note: string; href: string | null } | { problem: string };

const reducers = ["best", "last", "first", "min", "max", "mean", "count"] as const;

/**
 * Answers `[best|last|first|min|max|mean|count] METRIC`, `runs` or `duration` about the given runs (newest first).
 *
 * `best` is the leading configuration's mean with its range and size, and asks for a goal; the others look at the newest
 * completed run that has the metric, `min` and `max` at all completed runs. A metric that no run has gives the nearest names.
 */
export function fieldOf(question: string, runs: readonly Run[], project: Project): FieldModel {
  const words = question.trim().split(/\s+/);
  if (question.trim() === "runs") return { value: formatCount(runs.length), note: "", href: "/runs/" };
  if (question.trim() === "duration")
    return { value: formatDuration(runs.reduce((sum, run) => sum + (run.durationSeconds ?? 0), 0)), note: "in all", href: null };
  const reducer = reducers.find((word) => word === words[0] && words.length > 1);
  const tag = (reducer === undefined ? words : words.slice(1)).join(" ");
  const carriers = runs.filter((run) => run.status === "completed" && run.scalars[tag]);
  if (carriers.length === 0) return { problem: unknownMetric(tag, runs) };
  const { unit } = metricOf(tag, runs, project);
  const goal = goalOf(tag, project);
  const wanted = reducer ?? (goal === null ? "last" : "best");
  if (wanted === "best")
    return goal === null
      ? { problem: `${tag} has no goal, so nothing is best: declare one in guild.yml` }
      : bestField(tag, runs, project);
  if (wanted === "min" || wanted === "max") {
    const held = carriers.flatMap((run) => (run.scalars[tag]![wanted] ? [{ run, at: run.scalars[tag]![wanted]! }] : []));
    if (held.length === 0) return { problem: `${tag} has no finite value` };
    const top = held.reduce((found, each) => (isBetter(each.at.value, found.at.value, wanted) ? each : found));
    return {
      value: formatValue(top.at.value, unit),
      note: `${wanted} of ${formatCount(held.length)} ${held.length === 1 ? "run" : "runs"}, at step ${formatCount(top.at.step)}`,
      href: runPath(top.run.id),
    };
  }
  const newest = carriers[0]!;
  const summary = newest.scalars[tag]!;
  if (wanted === "count")
    return { value: formatCount(summary.count), note: "points in the newest run", href: runPath(newest.id) };
  if (wanted === "mean") {
    return summary.mean === null
      ? { problem: `${tag} has no finite value` }
      : { value: formatValue(summary.mean, unit), note: "mean over the newest run", href: runPath(newest.id) };
  }
  const { value, step } = summary[wanted];
  return {
    value: formatValue(value, unit),
    note: `${wanted} value of the newest run, step ${formatCount(step)}`,
    href: runPath(newest.id),
  };
}

function bestField(tag: string, runs: readonly Run[], project: Project): FieldModel {
  const [best] = rankGroups(groupRuns(runs, project), metricOf(tag, runs, project), project);
  if (!best) return { problem: `${tag} has no finite value` };
  return {
    value: formatValue(best.spread.mean, best.spread.unit),
    note: spreadText(best.spread, repeated(best.group.runs)),
    href: runPath(best.spread.run.id),
  };
}

/** `No run has a metric vall_acc. Nearest: val_acc, val_loss.` */
export function unknownMetric(tag: string, runs: readonly Run[]): string {
  const known = [...new Set(runs.flatMap((run) => Object.keys(run.scalars)))];
  const near = nearestNames(tag, known);
  const hint =
    near.length > 0
      ? ` Nearest: ${near.join(", ")}.`
      : known.length > 0
        ? ` There are: ${known.slice(0, 8).join(", ")}.`
        : " No run has any metric.";
  return `No completed run here has a metric "${tag}".${hint}`;
}
