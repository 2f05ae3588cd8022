/**
 * One number read off a run's metric, and what a group of runs reads: the only two ways in which pages and tables get a value.
 * Always raw values, never smoothed ones.
 */
import { goalOf } from "../run/goals.ts";
import type { Group } from "../run/groups.ts";
import { statusWord } from "../run/status-words.ts";
import type { Goal, Project, Run, ScalarSummary, StepValue, Unit } from "../run/types.ts";

export interface Reading {
  /** May be non-finite when there is no goal, or no finite point at all. */
  value: number;
  step: number;
  /** `best` by the goal over all steps; `last` without a goal; `only` when there is a single point. */
  kind: "best" | "last" | "only";
}

/** The best finite value when a goal is known, else the last value. */
export function readingOf(summary: ScalarSummary, goal: Goal | null): Reading {
  if (summary.count === 1) return { ...summary.last, kind: "only" };
  const best = bestOf(summary, goal);
  return best === null ? { ...summary.last, kind: "last" } : { ...best, kind: "best" };
}

/** The best finite value and its step; null without a goal or without a finite value. */
export function bestOf(summary: ScalarSummary, goal: Goal | null): StepValue | null {
  if (goal === null) return null;
  return goal === "max" ? summary.max : summary.min;
}

/** Is `a` better than `b` by the goal? NaN is never better, and anything is better than NaN. */
export function isBetter(a: number, b: number, goal: Goal): boolean {
  if (Number.isNaN(a)) return false;
  return Number.isNaN(b) || (goal === "max" ? a > b : a < b);
}

/** What the runs of a group read for one metric. Only completed runs with finite values count. */
export interface Spread {
  n: number;
  mean: number;
  min: number;
  max: number;
  /** Runs of the group that are left out: failed, stopped, still running, lost, or diverged. */
  excluded: number;
  /** Those of `excluded` that completed but diverged. */
  diverged: number;
  /** The run with the best (or, without a goal, the newest) reading. */
  run: Run;
  unit: Unit;
}

/** Null when no completed run of the group has a finite reading of `tag`. */
export function spreadOf(group: Pick<Group, "runs">, tag: string, project: Pick<Project, "metrics">): Spread | null {
  const goal = goalOf(tag, project);
  const read: { run: Run; value: number }[] = [];
  let diverged = 0;
  for (const run of group.runs) {
    const summary = run.scalars[tag];
    if (run.status !== "completed" || !summary) continue;
    const { value } = readingOf(summary, goal);
    if (statusWord(run).kind === "diverged" || !Number.isFinite(value)) diverged += 1;
    else read.push({ run, value });
  }
  const first = read[0];
  if (!first) return null;
  const values = read.map((each) => each.value);
  const best = goal === null ? first : read.reduce((found, each) => (isBetter(each.value, found.value, goal) ? each : found));
  return {
    n: read.length,
    mean: values.reduce((sum, value) => sum + value, 0) / values.length,
    min: Math.min(...values),
    max: Math.max(...values),
    excluded: group.runs.length - read.length,
    diverged,
    run: best.run,
    unit: metricOf(tag, [first.run], project).unit,
  };
}

/** A metric as pages use it. */
export interface Metric {
  tag: string;
  goal: Goal | null;
  unit: Unit;
}

/** The metric's goal and unit; the unit is the declared one, else that of the first run which has it. */
export function metricOf(tag: string, runs: readonly Run[], project: Pick<Project, "metrics">): Metric {
  const carrier = runs.find((run) => run.scalars[tag]);
  return { tag, goal: goalOf(tag, project), unit: project.metrics[tag]?.unit ?? carrier?.scalars[tag]?.unit ?? "1" };
}
