/** One run as text: the head of its page, flags, metrics, files. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { readEnvironment } from "../../src/load/environments.ts";
import { readProject } from "../../src/load/project.ts";
import { formatFlag } from "../../src/run/flags.ts";
import { rankedMetrics } from "../../src/run/goals.ts";
import type { Run } from "../../src/run/types.ts";
import { formatBytes, formatCount, formatValue } from "../../src/run/units.ts";
import { commandLine } from "../../src/views/command-line.ts";
import type { Phrase } from "../../src/views/phrase.ts";
import { metricOf } from "../../src/views/reading.ts";
import { runFacts } from "../../src/views/run-facts.ts";
import { type TextColumn, tableLines } from "./_table.ts";

const FILES = 20;

/** Ends with a newline. */
export function runText(root: string, run: Run): string {
  const environment = run.environment === null ? null : readEnvironment(root, run.environment);
  const facts = runFacts(run, environment).map(({ name, value }): [string, string] => [name, textOf(value)]);
  const [first, second, ...others] = facts;
  const own = join("runs", run.id);
  const rows: [string, string][] = [
    ...[second, first].filter((fact) => fact !== undefined),
    ...(run.label === null ? [] : [["Label", run.label] as [string, string]]),
    ...(run.tags.length === 0 ? [] : [["Tags", run.tags.join(", ")] as [string, string]]),
    ...others,
    ...(run.command.length === 0 ? [] : [["Command", commandLine(run.command)] as [string, string]]),
    ["Directory", existsSync(join(root, own)) ? own : `${own} is not here`],
    ["Record", join("content", "runs", run.id)],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  const head = rows.map(([name, text]) => `${name.padEnd(width)}  ${text}`);
  return `${[...head, ...flagLines(run), ...metricLines(root, run), ...fileLines(run)].join("\n")}\n`;
}

function textOf(phrase: Phrase): string {
  return phrase.map(({ text }) => text).join("");
}

function flagLines({ flags }: Run): string[] {
  const names = Object.keys(flags);
  const width = Math.max(0, ...names.map((name) => name.length));
  return names.length === 0
    ? []
    : ["", "Flags", ...names.map((name) => `  ${name.padEnd(width)}  ${formatFlag(flags[name] ?? null)}`)];
}

/** The most telling first, as on its page. */
function metricLines(root: string, run: Run): string[] {
  const project = readProject(root);
  const tags = rankedMetrics([run], project);
  if (tags.length === 0) return [];
  const columns: TextColumn[] = ["last", "step", "min", "step", "max", "step", "points"].map((heading) => ({
    heading,
    align: "right",
  }));
  const rows = tags.map((tag) => {
    const { last, min, max, count } = run.scalars[tag]!;
    const { unit } = metricOf(tag, [run], project);
    const point = (at: typeof min) => (at === null ? ["", ""] : [formatValue(at.value, unit), formatCount(at.step)]);
    return [`  ${tag}`, ...point(last), ...point(min), ...point(max), formatCount(count)];
  });
  return ["", ...tableLines([{ heading: "Metrics", align: "left" }, ...columns], rows).lines];
}

function fileLines({ files }: Run): string[] {
  if (files.length === 0) return [];
  const shown = files.slice(0, FILES);
  const { lines } = tableLines(
    [
      { heading: "Files", align: "left" },
      { heading: "", align: "right" },
    ],
    shown.map(({ path, bytes }) => [`  ${path}`, formatBytes(bytes)]),
  );
  return ["", ...lines, ...(files.length > shown.length ? [`  and ${files.length - shown.length} more`] : [])];
}
