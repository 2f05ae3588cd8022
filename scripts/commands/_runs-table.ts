/** The runs as a table in the terminal, and as JSON for machines. */
import { readProject } from "../../src/load/project.ts";
import { readRuns } from "../../src/load/runs.ts";
import { warnings } from "../../src/load/warnings.ts";
import { formatFlag } from "../../src/run/flags.ts";
import { mainMetric } from "../../src/run/goals.ts";
import { formatRun } from "../../src/run/run-file.ts";
import type { Run } from "../../src/run/types.ts";
import { formatDuration, formatNumber } from "../../src/run/units.ts";
import type { Shell } from "./_contract.ts";

const SHOWN = 20;
const LABEL_WIDTH = 40;

/** Prints the runs, newest first; resolves to 0. Records that cannot be read are said on stderr. */
export function listRuns({ root, json, all }: { root: string; json: boolean; all: boolean }, shell: Shell): number {
  const runs = readRuns(root);
  for (const warning of warnings()) {
    shell.stderr.write(`guild: ${warning.file}${warning.line === null ? "" : `:${warning.line}`}: ${warning.message}\n`);
  }
  if (json) {
    // The public shape, as it stands on disk, with people's edits applied and the status as of now.
    const records = runs.map((run) => formatRun(run).trimEnd());
    shell.stdout.write(records.length === 0 ? "[]\n" : `[\n${records.join(",\n")}\n]\n`);
    return 0;
  }
  if (runs.length === 0) {
    shell.stdout.write("No runs yet. Record one: guild run -- python3 train.py\n");
    return 0;
  }
  const shown = all ? runs : runs.slice(0, SHOWN);
  const metric = mainMetric(shown, readProject(root));
  shell.stdout.write(`${tableOf(shown, metric).join("\n")}\n`);
  const rest = runs.length - shown.length;
  if (rest > 0) shell.stdout.write(`${rest} older ${rest === 1 ? "run" : "runs"}: guild runs --all\n`);
  return 0;
}

function tableOf(runs: readonly Run[], metric: string | null): string[] {
  const head = [
    "run",
    "operation",
    "status",
    "started (UTC)",
    "duration",
    ...(metric === null ? [] : [metric]),
    "label or flags",
  ];
  const rows = runs.map((run) => [
    run.id,
    run.model === null ? run.operation : `${run.model}:${run.operation}`,
    statusOf(run),
    run.started.slice(0, 16).replace("T", " "),
    run.durationSeconds === null ? "" : formatDuration(run.durationSeconds),
    ...(metric === null ? [] : [lastOf(run, metric)]),
    short(run.label ?? flagsOf(run)),
  ]);
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  return [head, ...rows].map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}

function statusOf({ status, exitCode, signal }: Run): string {
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
