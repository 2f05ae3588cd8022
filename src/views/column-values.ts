/** What a column says of each run: for the table in the terminal, for CSV and JSON, and for pages that name their columns. */
import type { ColumnSpec } from "../run/columns.ts";
import { formatFlag } from "../run/flags.ts";
import { goalOf } from "../run/goals.ts";
import type { FlagValue, Project, Run, ScalarSummary, StepValue, Unit } from "../run/types.ts";
import { formatDuration } from "../run/units.ts";
import { elapsedSeconds } from "./elapsed.ts";
import { columnTexts } from "./numbers.ts";
import { metricOf } from "./reading.ts";

export interface ColumnValues {
  spec: ColumnSpec;
  /** The exact values, parallel to the runs; null where a run has none. */
  values: FlagValue[];
  /** As people read them; "" where a run has none. */
  texts: string[];
  numeric: boolean;
}

/** Attributes by the names that Guild gives them, and by ours. */
const ATTRIBUTES: Record<string, (run: Run) => FlagValue> = {
  id: (run) => run.id,
  run: (run) => run.id,
  operation: (run) => run.operation,
  op: (run) => run.operation,
  model: (run) => run.model,
  label: (run) => run.label,
  tags: (run) => (run.tags.length === 0 ? null : run.tags.join(" ")),
  status: (run) => run.status,
  exit_status: (run) => run.exitCode,
  exitCode: (run) => run.exitCode,
  signal: (run) => run.signal,
  started: (run) => run.started,
  stopped: (run) => run.stopped,
  time: (run) => elapsedSeconds(run),
  duration: (run) => elapsedSeconds(run),
  environment: (run) => run.environment,
  commit: (run) => run.code.commit,
  vcs_commit: (run) => run.code.commit,
  branch: (run) => run.code.branch,
  sourcecode_digest: (run) => run.code.digest,
  data: (run) => run.data?.digest ?? null,
  sweep: (run) => run.sweep,
  starred: (run) => run.starred,
  marked: (run) => run.starred,
  command: (run) => run.command.join(" "),
};

export const attributeNames: readonly string[] = Object.keys(ATTRIBUTES);

/** Rows in the order of `runs`. A name that no run has gives a column of nulls. */
export function columnValues(spec: ColumnSpec, runs: readonly Run[], project: Pick<Project, "metrics">): ColumnValues {
  const found = plainValues(spec, runs, project);
  for (const next of (spec.or ?? []).map((each) => plainValues(each, runs, project))) {
    for (const [row, value] of next.values.entries()) {
      if (found.values[row] !== null || value === null) continue;
      found.values[row] = value;
      found.texts[row] = next.texts[row] ?? "";
      if (typeof value !== "number") found.numeric = false;
    }
  }
  return found;
}

function plainValues(spec: ColumnSpec, runs: readonly Run[], project: Pick<Project, "metrics">): ColumnValues {
  if (spec.kind === "scalar") return scalarColumn(spec, runs, project);
  const values = runs.map((run) => (spec.kind === "flag" ? (run.flags[spec.name] ?? null) : attributeOf(run, spec.name)));
  const isTime = spec.kind === "attribute" && (spec.name === "time" || spec.name === "duration");
  const texts = values.map((value) => (value === null ? "" : isTime ? formatDuration(Number(value)) : textOf(value)));
  return { spec, values, texts, numeric: values.every((value) => value === null || typeof value === "number") };
}

/** What the program has said about itself under that name wins over nothing, never over what was recorded. */
function attributeOf(run: Run, name: string): FlagValue {
  const known = ATTRIBUTES[name];
  if (known) return known(run);
  const told = "attributes" in run ? run.attributes : null;
  const value: unknown =
    typeof told === "object" && told !== null ? Object.entries(told).find(([key]) => key === name)?.[1] : null;
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : null;
}

function scalarColumn(spec: ColumnSpec, runs: readonly Run[], project: Pick<Project, "metrics">): ColumnValues {
  const tags = runs.map((run) => scalarTag(run, spec.name));
  const points = runs.map((run, at) => {
    const summary = run.scalars[tags[at] ?? ""];
    return summary === undefined ? null : reduced(summary, spec, project);
  });
  const tag = tags.find((found) => found !== null) ?? spec.name;
  const unit: Unit = spec.step || spec.reduction === "count" ? "1" : metricOf(tag, runs, project).unit;
  const values = points.map((point) => (point === null ? null : spec.step ? point.step : point.value));
  return { spec, values, texts: columnTexts(values, unit).map((text) => text ?? ""), numeric: true };
}

/** `train#loss` is what the step `train` has told of `loss`, whichever way it is written in the record; null when it is not there. */
export function scalarTag(run: Pick<Run, "scalars">, name: string): string | null {
  const names = [name, ...(name.includes("#") ? [name.replace("#", "/"), name.slice(name.indexOf("#") + 1)] : [])];
  return names.find((each) => run.scalars[each] !== undefined) ?? null;
}

function reduced(summary: ScalarSummary, { reduction, name }: ColumnSpec, project: Pick<Project, "metrics">): StepValue | null {
  switch (reduction) {
    case "last":
    case "first":
    case "min":
    case "max":
      return summary[reduction];
    case "best": {
      const goal = goalOf(name, project);
      return goal === null ? null : summary[goal];
    }
    case "count":
      return { step: summary.last.step, value: summary.count };
    case "mean":
      return summary.mean === null ? null : { step: summary.last.step, value: summary.mean };
    case "total":
      return summary.mean === null
        ? null
        : { step: summary.last.step, value: summary.mean * (summary.count - summary.nonFinite) };
  }
}

function textOf(value: FlagValue): string {
  return typeof value === "string" ? value : formatFlag(value);
}
