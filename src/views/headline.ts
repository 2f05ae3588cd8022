import { mainMetric } from "../run/goals.ts";
import { type Group, groupRuns, labelGroups } from "../run/groups.ts";
import { statusWord } from "../run/status-words.ts";
import type { Goal, Project, Run } from "../run/types.ts";
import { formatCount, formatValue } from "../run/units.ts";
import { repeated, spreadText } from "./numbers.ts";
import { counted, name, type Phrase, say, value } from "./phrase.ts";
import { isBetter, type Metric, metricOf, type Spread, spreadOf } from "./reading.ts";
import { runPath } from "./run-name.ts";

/** What a project is about: the operation with most to show, its metric, and who leads. */
export interface Standing {
  operation: string;
  /** Runs of that operation, newest first. */
  runs: Run[];
  groups: Group[];
  /** Null when no run of it has a scalar. */
  metric: Metric | null;
  /** Groups with a reading, the best first; in order of their newest run when there is no goal. */
  ranked: { group: Group; spread: Spread }[];
}

/**
 * The operation that most runs with a metric belong to (`train` on a tie), its groups and their ranking. Null without runs.
 * A declared primary metric decides the operation: it is that of the newest run that has the metric.
 */
export function standingOf(runs: readonly Run[], project: Project): Standing | null {
  const operation = mainOperation(runs, project);
  if (operation === null) return null;
  const own = runs.filter((run) => run.operation === operation);
  const groups = groupRuns(own, project);
  const tag = mainMetric(own, project);
  const metric = tag === null ? null : metricOf(tag, own, project);
  const ranked = metric === null ? [] : rankGroups(groups, metric, project);
  // Those that compete are told apart among themselves: a broken run with odd flags must not lengthen every name.
  labelGroups(ranked.map(({ group }) => group));
  return { operation, runs: own, groups, metric, ranked };
}

function mainOperation(runs: readonly Run[], project: Project): string | null {
  const primary = Object.keys(project.metrics).find((tag) => project.metrics[tag]!.primary);
  const carrier = primary === undefined ? undefined : runs.find((run) => run.scalars[primary]);
  if (carrier) return carrier.operation;
  const counts = new Map<string, number>();
  for (const run of runs) {
    // A run without any number counts little: `prepare` may have been run more often than `train`.
    const weight = Object.values(run.scalars).some((summary) => summary.count > 1)
      ? 1000
      : Object.keys(run.scalars).length > 0
        ? 10
        : 1;
    counts.set(run.operation, (counts.get(run.operation) ?? 0) + weight);
  }
  return (
    [...counts].sort(([a, x], [b, y]) => y - x || Number(b === "train") - Number(a === "train") || (a < b ? -1 : 1))[0]?.[0] ??
    null
  );
}

/** Groups that have a reading of the metric, the best mean first. Ties stay in their order. */
export function rankGroups(groups: readonly Group[], metric: Metric, project: Project): { group: Group; spread: Spread }[] {
  const read = groups.flatMap((group) => {
    const spread = spreadOf(group, metric.tag, project);
    return spread === null ? [] : [{ group, spread }];
  });
  const { goal } = metric;
  return goal === null ? read : read.sort((a, b) => compare(a.spread.mean, b.spread.mean, goal));
}

function compare(a: number, b: number, goal: Goal): number {
  return isBetter(a, b, goal) ? -1 : isBetter(b, a, goal) ? 1 : 0;
}

/**
 * The sentence that a reader came for: `14 runs of train in 4 configurations. Best is hidden=64 with val/acc 0.967,
 * 0.961–0.971 over 3 seeds. The latest run, evaluate, completed.` No runs give [].
 */
export function headline(runs: readonly Run[], standing: Standing | null): Phrase {
  const latest = runs[0];
  if (standing === null || latest === undefined) return [];
  const of = standing.runs.length === runs.length ? "" : `, ${counted(runs.length, "run")} in all`;
  const own = standing.runs.length;
  const configurations = standing.groups.length > 1 ? ` in ${counted(standing.groups.length, "configuration")}` : "";
  return [
    ...say`${value(formatCount(own))} ${own === 1 ? "run" : "runs"} of ${name(standing.operation)}${configurations}${of}.`,
    ...leader(standing),
    ...latestSentence(latest),
  ];
}

function leader({ metric, ranked }: Standing): Phrase {
  const best = ranked[0];
  if (metric === null) return say` No metrics were found in their output.`;
  if (best === undefined) return say` No run has completed with a finite ${name(metric.tag)}.`;
  const figure = value(formatValue(best.spread.mean, metric.unit));
  if (metric.goal === null) return say` Last ${name(metric.tag)} ${figure}; declare a goal for it and the best is named here.`;
  const spread = spreadText(best.spread, repeated(best.group.runs));
  if (ranked.length === 1) return say` Best ${name(metric.tag)} ${figure}, ${spread}.`;
  return say` Best is ${name(best.group.label, runPath(best.spread.run.id))} with ${name(metric.tag)} ${figure}, ${spread}.`;
}

function latestSentence(run: Run): Phrase {
  const { kind, reason } = statusWord(run);
  const link = name(run.label ?? run.operation, runPath(run.id));
  if (kind === "running") return say` ${link} is running.`;
  const words: Record<string, string> = {
    failed: "failed",
    killed: "was killed",
    stopped: "was stopped",
    lost: "was lost",
    diverged: "diverged",
    pending: "is pending",
  };
  return say` The latest run, ${link}, ${words[kind] ?? "completed"}${reason !== null && ` (${reason})`}.`;
}
