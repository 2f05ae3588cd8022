/** Runs for the tests of views: only what a test is about is named, the rest is plain. */
import type { Flags, Project, Run, ScalarSummary, StepValue, Unit } from "../../../src/run/types.ts";
import { plainRun } from "../run/_plain-run.ts";

export const bareProject: Project = {
  name: "digits",
  site: null,
  metrics: {},
  nuisance: ["seed"],
  colors: {},
  operations: {},
};

/** A course of values at steps 1, 2, 3 …; a single value stands at step 0. */
export function course(values: number[], unit: Unit = "1"): ScalarSummary {
  const points: StepValue[] = values.map((value, at) => ({ step: values.length === 1 ? 0 : at + 1, value }));
  const finite = points.filter((point) => Number.isFinite(point.value));
  const extreme = (better: (a: number, b: number) => boolean) =>
    finite.length === 0 ? null : finite.reduce((found, point) => (better(point.value, found.value) ? point : found));
  return {
    count: points.length,
    first: points[0]!,
    last: points.at(-1)!,
    min: extreme((a, b) => a < b),
    max: extreme((a, b) => a > b),
    mean: finite.length === 0 ? null : finite.reduce((sum, point) => sum + point.value, 0) / finite.length,
    nonFinite: points.length - finite.length,
    unit,
    source: "out",
  };
}

let made = 0;

/** A completed run of `train`; ids count upwards, so that the first made is the oldest. */
export function aRun(scalars: Record<string, number[]>, flags: Flags = {}, more: Partial<Run> = {}): Run {
  made += 1;
  return {
    ...plainRun(),
    id: `20261123T1901${String(made % 60).padStart(2, "0")}-${(0x1000 + made).toString(16)}`,
    operation: "train",
    flags,
    scalars: Object.fromEntries(Object.entries(scalars).map(([tag, values]) => [tag, course(values)])),
    system: {},
    derived: null,
    parents: {},
    label: null,
    tags: [],
    status: "completed",
    exitCode: 0,
    signal: null,
    ...more,
  };
}
