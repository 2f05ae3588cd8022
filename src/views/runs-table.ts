/** The table of runs: one model for `/runs/`, the newest runs of `/` and `<RunTable>`. */

import type { ColumnSpec } from "../run/columns.ts";
import { formatFlag } from "../run/flags.ts";
import { goalOf, mainMetric, rankedMetrics } from "../run/goals.ts";
import { groupRuns, varyingNames } from "../run/groups.ts";
import { type StatusWord, statusWord } from "../run/status-words.ts";
import type { Environment, Project, Run } from "../run/types.ts";
import { formatDuration } from "../run/units.ts";
import { columnValues } from "./column-values.ts";
import { elapsedSeconds } from "./elapsed.ts";
import { rankGroups } from "./headline.ts";
import { columnTexts } from "./numbers.ts";
import { bestOf, type Metric, metricOf } from "./reading.ts";
import { runPath, runTail } from "./run-name.ts";
import { columnDates } from "./when.ts";

export interface Column {
  key: string;
  label: string;
  /** A second line beneath the label: "best", "last", the year. */
  sub: string;
  kind: "run" | "text" | "number" | "metric" | "time" | "flag";
}

export interface Cell {
  text: string;
  /** What sorting compares: numbers by size, text by letters; null goes last in both directions. */
  sort: number | string | null;
  /** The exact value, where `text` is shortened; else "". */
  title: string;
  /** Metric cells: where the value lies between the column's lowest (0) and highest (1); null without a range. */
  at: number | null;
  /** This run belongs to the leading configuration of the column's metric. */
  star: boolean;
}

export interface Row {
  run: Run;
  href: string;
  status: StatusWord;
  /** What its environment is called; null when that is not known. */
  place: string | null;
  /** Parallel to the columns. */
  cells: Cell[];
}

export interface RunsTable {
  columns: Column[];
  rows: Row[];
}

export interface TableOptions {
  /** Metrics with columns of their own; by default the main one of each operation. */
  metrics?: Metric[];
  /** By default those that vary among the runs. */
  flags?: string[];
  /** For a table that stands among other things: two metrics, their best only, five flags, and nothing about code or place. */
  compact?: boolean;
  /** These columns in place of metrics and flags, and nothing about code or place. */
  columns?: readonly ColumnSpec[];
  /** All runs that "best" is judged among, when more than the table shows. */
  among?: readonly Run[];
}

const metricLimit = 3;
const flagLimit = 8;

/**
 * Rows in the order of `runs`. Columns that would say the same in every row are left out: an operation, a code state, an
 * environment, a flag is shown only where it varies. No runs give no rows and the columns that are always there.
 */
export function runsTable(
  runs: readonly Run[],
  project: Project,
  environments: ReadonlyMap<string, Environment>,
  options: TableOptions = {},
): RunsTable {
  const { compact = false, among = runs } = options;
  const chosen = options.columns ?? [];
  const own = options.columns === undefined;
  const metrics = own ? (options.metrics ?? tableMetrics(runs, project).slice(0, compact ? 2 : metricLimit)) : [];
  const flags = own ? (options.flags ?? varyingFlags(runs).slice(0, compact ? 5 : flagLimit)) : [];
  const columns: { column: Column; cells: Cell[] }[] = [
    {
      column: { key: "run", label: "run", sub: "", kind: "run" },
      cells: runs.map((run) => plain(run.label ?? runTail(run.id), run.label ?? run.id, run.id)),
    },
  ];
  const add = (column: Column, cells: Cell[], always = false) => {
    if (always || new Set(cells.map((cell) => cell.text)).size > 1) columns.push({ column, cells });
  };
  add(
    text("operation"),
    runs.map((run) => plain(run.operation)),
  );
  add(
    text("model"),
    runs.map((run) => plain(run.model ?? "")),
  );
  for (const spec of chosen) columns.push(chosenColumn(spec, runs, project));
  for (const metric of metrics) {
    for (const each of metricColumns(metric, runs, among, project).slice(0, compact ? 1 : 2)) add(each.column, each.cells, true);
  }
  for (const flag of flags)
    add(
      { key: `flag:${flag}`, label: flag, sub: "", kind: "flag" },
      runs.map((run) => flagCell(run, flag)),
      true,
    );
  const dates = columnDates(runs.map((run) => run.started));
  add(
    { key: "started", label: "started", sub: dates.year === null ? "UTC" : `${dates.year}, UTC`, kind: "time" },
    runs.map((run, row) => plain(dates.texts[row]!, run.started, run.started)),
    true,
  );
  add({ key: "duration", label: "duration", sub: "", kind: "number" }, runs.map(durationCell), true);
  if (compact || !own) return assemble(runs, columns, environments);
  add(
    text("environment"),
    runs.map((run) => environmentCell(run, environments)),
  );
  add(text("code"), runs.map(codeCell));
  add(
    text("tags"),
    runs.map((run) => plain(run.tags.join(", "))),
    runs.some((run) => run.tags.length > 0),
  );
  return assemble(runs, columns, environments);
}

function chosenColumn(spec: ColumnSpec, runs: readonly Run[], project: Project): { column: Column; cells: Cell[] } {
  const { values, texts, numeric } = columnValues(spec, runs, project);
  const kind = spec.kind === "flag" ? "flag" : spec.kind === "scalar" ? "metric" : numeric ? "number" : "text";
  const cells = values.map((value, row) => {
    const sort = typeof value === "number" && !Number.isNaN(value) ? value : texts[row] === "" ? null : texts[row]!;
    return plain(texts[row]!, numeric && typeof sort === "string" ? null : sort, value === null ? "" : String(value));
  });
  return { column: { key: `column:${spec.text}`, label: spec.heading, sub: "", kind }, cells };
}

/** Flags that vary among the runs of one operation: that an evaluation has no learning rate says nothing. */
function varyingFlags(runs: readonly Run[]): string[] {
  const operations = [...new Set(runs.map((run) => run.operation))];
  return [
    ...new Set(
      operations.flatMap((operation) => varyingNames(runs.filter((run) => run.operation === operation).map((run) => run.flags))),
    ),
  ];
}

function assemble(
  runs: readonly Run[],
  columns: { column: Column; cells: Cell[] }[],
  environments: ReadonlyMap<string, Environment>,
): RunsTable {
  return {
    columns: columns.map(({ column }) => column),
    rows: runs.map((run, row) => ({
      run,
      href: runPath(run.id),
      status: statusWord(run),
      place: run.environment === null ? null : (environments.get(run.environment)?.title ?? null),
      cells: columns.map(({ cells }) => cells[row]!),
    })),
  };
}

/**
 * The main metric of each operation, operations with the most runs first, then for each the first further one that has both
 * a goal and a course: a run's test accuracy is one number, its validation accuracy tells how it got there. At most three.
 * Metrics without a goal are shown only when no operation has a better one.
 */
export function tableMetrics(runs: readonly Run[], project: Project): Metric[] {
  const operations = [...new Set(runs.map((run) => run.operation))].map((operation) =>
    runs.filter((run) => run.operation === operation),
  );
  operations.sort((a, b) => b.length - a.length);
  const main = operations.map((own) => mainMetric(own, project)).filter((tag) => tag !== null);
  const courses = operations.map((own) =>
    rankedMetrics(own, project).find((tag) => goalOf(tag, project) !== null && hasCourse(tag, own)),
  );
  const telling = [...main, ...courses].filter((tag) => tag !== undefined).filter((tag) => goalOf(tag, project) !== null);
  const tags = new Set(telling.length > 0 ? telling : main);
  return [...tags].slice(0, metricLimit).map((tag) => metricOf(tag, runs, project));
}

function hasCourse(tag: string, runs: readonly Run[]): boolean {
  return runs.some((run) => (run.scalars[tag]?.count ?? 0) > 1);
}

/** "best" and "last" where a goal is known and there is a course to choose from; else the last value alone. */
function metricColumns(
  metric: Metric,
  runs: readonly Run[],
  among: readonly Run[],
  project: Project,
): { column: Column; cells: Cell[] }[] {
  const { tag, goal, unit } = metric;
  const courses = hasCourse(tag, runs);
  const last = runs.map((run) => run.scalars[tag]?.last.value ?? null);
  const leaders = goal === null ? new Set<string>() : leading(metric, among, project);
  const stars = runs.map((run) => run.scalars[tag] !== undefined && leaders.has(run.id));
  if (goal === null || !courses) return [metricColumn(tag, courses ? "last" : "", last, unit, stars)];
  const best = runs.map((run) => (run.scalars[tag] ? (bestOf(run.scalars[tag], goal)?.value ?? null) : null));
  return [metricColumn(tag, "best", best, unit, stars), metricColumn(tag, "last", last, unit, null)];
}

function metricColumn(
  tag: string,
  sub: string,
  values: (number | null)[],
  unit: Metric["unit"],
  stars: boolean[] | null,
): { column: Column; cells: Cell[] } {
  const finite = values.filter((value): value is number => value !== null && Number.isFinite(value));
  const low = Math.min(...finite);
  const span = Math.max(...finite) - low;
  const texts = columnTexts(values, unit);
  const cells = values.map((value, row) => ({
    text: texts[row] ?? "",
    sort: value === null || Number.isNaN(value) ? null : value,
    title: value === null ? "" : String(value),
    at: value === null || !Number.isFinite(value) || !(span > 0) ? null : (value - low) / span,
    star: stars?.[row] ?? false,
  }));
  return { column: { key: `${sub || "value"}:${tag}`, label: tag, sub, kind: "metric" }, cells };
}

/** Completed runs of the best configuration, when there is another to be better than. */
function leading(metric: Metric, runs: readonly Run[], project: Project): Set<string> {
  const ranked = rankGroups(groupRuns(runs, project), metric, project);
  const [first] = ranked;
  if (!first || ranked.length < 2) return new Set();
  return new Set(first.group.runs.filter((run) => run.status === "completed").map((run) => run.id));
}

function text(key: string): Column {
  return { key, label: key, sub: "", kind: "text" };
}

function plain(shown: string, sort: number | string | null = shown === "" ? null : shown, title = ""): Cell {
  return { text: shown, sort, title, at: null, star: false };
}

function flagCell(run: Run, flag: string): Cell {
  const value = run.flags[flag];
  if (value === undefined) return plain("");
  return plain(formatFlag(value), typeof value === "number" ? value : formatFlag(value));
}

function durationCell(run: Run): Cell {
  const seconds = elapsedSeconds(run);
  return seconds === null ? plain("") : plain(formatDuration(seconds), seconds, `${seconds} s`);
}

function environmentCell(run: Run, environments: ReadonlyMap<string, Environment>): Cell {
  if (run.environment === null) return plain("");
  return plain(environments.get(run.environment)?.title ?? run.environment.slice(0, 7));
}

/** Short commit, with "+" where the sources differed from it. */
function codeCell(run: Run): Cell {
  const { commit, dirty, digest } = run.code;
  const short = commit === null ? (digest === null ? "" : `@${digest.slice(0, 7)}`) : `${commit.slice(0, 7)}${dirty ? "+" : ""}`;
  return plain(short, short === "" ? null : short, dirty ? "the sources differed from the commit" : "");
}
