/** The runs as a table in the terminal, and as JSON for machines. */
import { readProject } from "../../src/load/project.ts";
import { readRun } from "../../src/load/runs.ts";
import { warnings } from "../../src/load/warnings.ts";
import { formatFlag } from "../../src/run/flags.ts";
import { mainMetric } from "../../src/run/goals.ts";
import { formatRun } from "../../src/run/run-file.ts";
import { statusWord } from "../../src/run/status-words.ts";
import type { Run } from "../../src/run/types.ts";
import { formatDuration, formatNumber } from "../../src/run/units.ts";
import type { IndexedRun } from "../project/run-index.ts";
import type { Shell } from "./_contract.ts";
import { type TextColumn, tableLines } from "./_table.ts";

const SHOWN = 20;
const LABEL_WIDTH = 40;

export interface Listing {
  root: string;
  /** Where the records lie: the project, or its trash. */
  place: string;
  runs: readonly IndexedRun[];
  all: boolean;
}

/** Prints the runs, newest first, each with the index by which it can be named. Records that cannot be read are said on stderr. */
export function listRuns({ root, place, runs, all }: Listing, shell: Shell): void {
  const shown = recordsOf(place, all ? runs : runs.slice(0, SHOWN));
  const metric = mainMetric(shown, readProject(root));
  sayWarnings(shell);
  shell.stdout.write(`${tableOf(shown, metric).join("\n")}\n`);
  const rest = runs.length - shown.length;
  if (rest > 0) shell.stdout.write(`${rest} older ${rest === 1 ? "run" : "runs"}: guild runs --all\n`);
}

/** Prints a JSON array of public records: the shape that stands on disk, with people's edits applied and the status as of now. */
export function printRuns(place: string, runs: readonly { id: string }[], shell: Shell): void {
  const records = recordsOf(place, runs).map((run) => formatRun(run).trimEnd());
  sayWarnings(shell);
  shell.stdout.write(records.length === 0 ? "[]\n" : `[\n${records.join(",\n")}\n]\n`);
}

/** The whole records; one that has become unreadable meanwhile is left out. */
export function recordsOf(place: string, runs: readonly { id: string }[]): Run[] {
  return runs.flatMap(({ id }) => readRun(place, id) ?? []);
}

/** What could not be read, each once. */
export function sayWarnings(shell: Shell): void {
  for (const warning of warnings().splice(0)) {
    shell.stderr.write(`guild: ${warning.file}${warning.line === null ? "" : `:${warning.line}`}: ${warning.message}\n`);
  }
}

function tableOf(runs: readonly Run[], metric: string | null): string[] {
  const left = (heading: string): TextColumn => ({ heading, align: "left" });
  const columns: TextColumn[] = [
    { heading: "#", align: "right" },
    ...["run", "operation", "status", "started (UTC)", "duration"].map(left),
    ...(metric === null ? [] : [left(metric)]),
    left("label or flags"),
  ];
  const rows = runs.map((run, at) => [
    String(at + 1),
    run.id,
    run.model === null ? run.operation : `${run.model}:${run.operation}`,
    statusOf(run),
    run.started.slice(0, 16).replace("T", " "),
    run.durationSeconds === null ? "" : formatDuration(run.durationSeconds),
    ...(metric === null ? [] : [lastOf(run, metric)]),
    short(run.label ?? flagsOf(run)),
  ]);
  return tableLines(columns, rows).lines;
}

function statusOf(run: Run): string {
  const { status, exitCode, signal } = run;
  if (statusWord(run).kind === "diverged") return "diverged";
  if (status === "error" && exitCode !== null) return `error (${exitCode})`;
  return signal === null ? status : `${status} (${signal})`;
}

function lastOf(run: Run, metric: string): string {
  const last = run.scalars[metric]?.last.value;
  return last === undefined ? "" : formatNumber(last);
}

function flagsOf(run: Run): string {
  return Object.entries(run.flags)
    .map(([name, value]) => `${name}=${formatFlag(value)}`)
    .join(" ");
}

function short(text: string): string {
  return text.length > LABEL_WIDTH ? `${text.slice(0, LABEL_WIDTH - 1)}…` : text;
}
