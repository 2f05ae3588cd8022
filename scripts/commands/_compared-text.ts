/** Compared runs as they are written: a table for people, CSV and JSON with exact values for programs. */
import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { readEnvironments } from "../../src/load/environments.ts";
import { type ColumnSpec, parseColumn } from "../../src/run/columns.ts";
import { ToolError } from "../../src/run/error.ts";
import { encodeNumber } from "../../src/run/numbers.ts";
import type { FlagValue, Run } from "../../src/run/types.ts";
import { type ColumnValues, columnValues } from "../../src/views/column-values.ts";
import { runTail } from "../../src/views/run-name.ts";
import { runsTable } from "../../src/views/runs-table.ts";
import type { Compared } from "./_comparing.ts";
import type { Shell } from "./_contract.ts";
import { tableLines, widthOf } from "./_table.ts";

const SHOWN = 20;

/** The table of the site, as text. */
export function printTable({ root, project, runs, columns, onlyDifferences }: Compared, shell: Shell): void {
  const shown = runs.slice(0, SHOWN);
  const table = runsTable(shown, project, readEnvironments(root), columns === null ? {} : { columns });
  const status = { heading: "status", align: "left" as const, cells: table.rows.map((row) => row.status.word) };
  const told = table.columns.map((column, at) => ({
    heading: column.sub === "" || column.kind === "time" ? column.label : `${column.label} ${column.sub}`,
    align: column.kind === "number" || column.kind === "metric" ? ("right" as const) : ("left" as const),
    cells: table.rows.map((row) =>
      column.kind === "run" ? nameOf(row.run) : `${row.cells[at]!.star ? "★ " : ""}${row.cells[at]!.text}`,
    ),
  }));
  const all = [...told.slice(0, 1), status, ...told.slice(1)];
  const kept = all.filter((column, at) => at === 0 || !onlyDifferences || new Set(column.cells).size > 1);
  const width = widthOf(shell.stdout);
  const { lines, left } = tableLines(
    kept,
    shown.map((_, row) => kept.map(({ cells }) => cells[row]!)),
    width,
  );
  shell.stdout.write(`${lines.join("\n")}\n`);
  const same = all.length - kept.length;
  if (same > 0)
    shell.stdout.write(`${same} ${same === 1 ? "column is" : "columns are"} the same in all of them and not shown.\n`);
  if (left > 0)
    shell.stdout.write(
      `${left} more ${left === 1 ? "column does" : "columns do"} not fit here: guild compare --csv - has all.\n`,
    );
  if (runs.length > shown.length)
    shell.stdout.write(`${runs.length - shown.length} more runs: --last, --top or a filter chooses which.\n`);
}

/** In the terminal a run has to be typed again, whatever it is called. */
function nameOf({ id, label }: Run): string {
  return label === null ? runTail(id) : `${runTail(id)} ${label}`;
}

/** Columns with exact values: the named ones, or what stands in every run's record. */
function exactColumns({ project, runs, columns, onlyDifferences }: Compared): ColumnValues[] {
  const core = [".id as run", ".operation", ".started", ".time", ".status", ".label"].flatMap((text) => parseColumn(text) ?? []);
  const all = [...core, ...(columns ?? everyColumn(runs))].map((spec) => columnValues(spec, runs, project));
  return all.filter(
    ({ values }, at) => at === 0 || !onlyDifferences || new Set(values.map((value) => JSON.stringify(value))).size > 1,
  );
}

/** All flags by name, the step of the loss, and the last value of every scalar but the machine's. */
function everyColumn(runs: readonly Run[]): ColumnSpec[] {
  const natural = new Intl.Collator("en", { numeric: true }).compare;
  const flags = [...new Set(runs.flatMap((run) => Object.keys(run.flags)))].sort(natural);
  const scalars = [...new Set(runs.flatMap((run) => Object.keys(run.scalars)))].filter((tag) => !tag.startsWith("sys/"));
  const stepOf = scalars.includes("loss") ? "loss" : scalars[0];
  const spec = (kind: "flag" | "scalar", name: string, step = false, heading = name): ColumnSpec => ({
    text: name,
    kind,
    name,
    reduction: "last",
    step,
    heading,
  });
  return [
    ...flags.map((name) => spec("flag", name)),
    ...(stepOf === undefined ? [] : [spec("scalar", stepOf, true, "step")]),
    ...scalars.map((name) => spec("scalar", name)),
  ];
}

/** `{columns: [{heading, column}], rows: [{id, values: […]}]}`, values parallel to the columns. */
export function jsonOf(compared: Compared): string {
  const columns = exactColumns(compared);
  const raw = (value: FlagValue) => (typeof value === "number" ? encodeNumber(value) : value);
  return `${JSON.stringify(
    {
      columns: columns.map(({ spec }) => ({ heading: spec.heading, column: columnText(spec) })),
      rows: compared.runs.map((run, row) => ({ id: run.id, values: columns.map(({ values }) => raw(values[row] ?? null)) })),
    },
    null,
    2,
  )}\n`;
}

function columnText({ kind, name, reduction, step }: ColumnSpec): string {
  if (kind !== "scalar") return `${kind === "flag" ? "=" : "."}${name}`;
  return `${reduction} ${name}${step ? " step" : ""}`;
}

/** RFC 4180 with `\n` at line ends. */
export function writeCsv(compared: Compared, path: string, shell: Shell): void {
  const columns = exactColumns(compared);
  const rows = compared.runs.map((_, row) => columns.map(({ values }) => cellOf(values[row] ?? null)));
  const text = `${[columns.map(({ spec }) => cellOf(spec.heading)), ...rows].map((row) => row.join(",")).join("\n")}\n`;
  if (path === "-") {
    shell.stdout.write(text);
    return;
  }
  try {
    writeFileSync(resolve(shell.cwd, path), text);
  } catch (cause) {
    throw new ToolError("not-writable", `Cannot write ${path}: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
    });
  }
  shell.stderr.write(`guild: ${compared.runs.length} runs written to ${path}\n`);
}

function cellOf(value: FlagValue): string {
  if (value === null) return "";
  const text = Array.isArray(value) ? JSON.stringify(value) : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
