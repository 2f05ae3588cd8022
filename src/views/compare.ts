/** What differs between runs: flags, code, data, environment, and what they reached. */
import { formatFlag } from "../run/flags.ts";
import { goalOf, rankedMetrics } from "../run/goals.ts";
import { distinguish } from "../run/groups.ts";
import { type StatusWord, statusWord } from "../run/status-words.ts";
import type { Environment, Project, Run } from "../run/types.ts";
import { formatBytes, formatDuration } from "../run/units.ts";
import type { ChartSpec } from "./chart-spec.ts";
import { assignSlots } from "./color.ts";
import { commandLine } from "./command-line.ts";
import { columnTexts, signedText } from "./numbers.ts";
import { isBetter, metricOf, readingOf } from "./reading.ts";
import { runPath, runTail } from "./run-name.ts";
import { slug } from "./slug.ts";
import { dateAndSecond } from "./when.ts";

export interface Comparison {
  /** The first is the baseline. */
  heads: { id: string; href: string; label: string; slot: number; status: StatusWord }[];
  /** Why the numbers should not be ranked; empty when nothing speaks against it. */
  cautions: string[];
  metrics: MetricRow[];
  /** Facts that differ, by section; sections without a difference are left out. */
  sections: Section[];
  /** How many facts were looked at and are the same in all runs. */
  identical: number;
  charts: ChartSpec[];
}

export interface MetricRow {
  tag: string;
  /** "best", "last", or "" for a metric of single values. */
  sub: string;
  /** Parallel to the heads; `difference` is to the baseline, "" for the baseline itself and where either is missing. */
  cells: { text: string; title: string; difference: string; best: boolean }[];
}

export interface Section {
  title: string;
  rows: { name: string; cells: string[] }[];
}

const chartLimit = 8;
const missing = "–";

/**
 * Compares runs with the first, in the order given. Values are compared with their type (1 is not "1"), NaN equals NaN,
 * and what a run does not have is "–". With fewer than two runs nothing differs and every section is empty.
 */
export function compareRuns(runs: readonly Run[], project: Project, environments: ReadonlyMap<string, Environment>): Comparison {
  const labels = labelsOf(runs);
  const slots = assignSlots(runs.map((run) => run.id));
  const facts = sectionsOf(runs, environments).map(({ title, facts }) => ({
    title,
    facts: facts.filter(({ values }) => values.some((value) => value !== undefined)),
  }));
  const differing = facts.map(({ title, facts }) => ({
    title,
    rows: facts
      .filter(differs)
      .map(({ name, values, show }) => ({ name, cells: values.map((value) => (value === undefined ? missing : show(value))) })),
  }));
  const count = facts.reduce((sum, section) => sum + section.facts.length, 0);
  return {
    heads: runs.map((run, at) => ({
      id: run.id,
      href: runPath(run.id),
      label: labels[at]!,
      slot: slots.get(run.id)!,
      status: statusWord(run),
    })),
    cautions: cautionsOf(runs),
    metrics: metricRows(runs, project),
    sections: differing.filter(({ rows }) => rows.length > 0),
    identical: count - differing.reduce((sum, { rows }) => sum + rows.length, 0),
    charts: comparedCharts(runs, project, labels, slots),
  };
}

/** A label where there is one, else what sets the run apart, else its tail; never twice the same. */
function labelsOf(runs: readonly Run[]): string[] {
  const told = distinguish(runs.map((run) => run.flags));
  const sameOperation = new Set(runs.map((run) => run.operation)).size === 1;
  const labels = runs.map(
    (run, at) => run.label ?? ([sameOperation ? "" : run.operation, told[at]].filter(Boolean).join(" ") || run.operation),
  );
  return labels.map((label, at) =>
    labels.indexOf(label) === labels.lastIndexOf(label) ? label : `${label} ${runTail(runs[at]!.id)}`,
  );
}

function cautionsOf(runs: readonly Run[]): string[] {
  const cautions: string[] = [];
  const differ = (values: unknown[]) => new Set(values.map((value) => JSON.stringify(value))).size > 1;
  if (differ(runs.map((run) => run.operation)))
    cautions.push("These runs are of different operations: a metric of the same name may not mean the same.");
  if (differ(runs.map((run) => run.data?.digest ?? null)))
    cautions.push("They saw different data, so their metrics are shown but say little about each other.");
  if (differ(runs.map((run) => run.environment)))
    cautions.push("They ran in different environments: compare quality, not speed.");
  const unfinished = runs.filter((run) => run.status !== "completed").length;
  if (unfinished > 0)
    cautions.push(unfinished === 1 ? "One of them did not complete." : `${unfinished} of them did not complete.`);
  return cautions;
}

function metricRows(runs: readonly Run[], project: Project): MetricRow[] {
  return rankedMetrics(runs, project).map((tag) => {
    const { goal, unit } = metricOf(tag, runs, project);
    const readings = runs.map((run) => (run.scalars[tag] ? readingOf(run.scalars[tag], goal) : null));
    const values = readings.map((reading) => reading?.value ?? null);
    const texts = columnTexts(values, unit);
    const base = values[0];
    const comparable = runs.every((run) => run.operation === runs[0]!.operation);
    const finite = values.filter((value): value is number => value !== null && Number.isFinite(value));
    const top =
      goal === null || finite.length < 2 || !comparable
        ? null
        : finite.reduce((found, value) => (isBetter(value, found, goal) ? value : found));
    return {
      tag,
      sub: readings.some((reading) => reading?.kind === "best")
        ? "best"
        : readings.some((reading) => reading?.kind === "last")
          ? "last"
          : "",
      cells: values.map((value, at) => ({
        text: texts[at] ?? missing,
        title: value === null ? "" : String(value),
        difference:
          at === 0 || value === null || base == null || !Number.isFinite(value - base) ? "" : signedText(value - base, unit),
        best: top !== null && value === top,
      })),
    };
  });
}

/** One thing to compare: `undefined` is "does not have it", which differs from null. */
interface Fact {
  name: string;
  values: unknown[];
  show: (value: unknown) => string;
}

function differs({ values }: Fact): boolean {
  return new Set(values.map(identity)).size > 1;
}

/** Equal texts, equal values: types count, so does -0 not, and NaN is itself. */
function identity(value: unknown): string {
  if (typeof value === "number") return `number ${value + 0}`;
  return value === undefined ? "undefined" : `${typeof value} ${JSON.stringify(value)}`;
}

function sectionsOf(runs: readonly Run[], environments: ReadonlyMap<string, Environment>): { title: string; facts: Fact[] }[] {
  const fact = (name: string, read: (run: Run) => unknown, show: Fact["show"] = asText): Fact => ({
    name,
    values: runs.map(read),
    show,
  });
  const names = (read: (run: Run) => object | undefined) => [...new Set(runs.flatMap((run) => Object.keys(read(run) ?? {})))];
  const environment = (run: Run) => (run.environment === null ? undefined : environments.get(run.environment));
  return [
    {
      title: "Run",
      facts: [
        fact("operation", (run) => run.operation),
        fact("model", (run) => run.model ?? undefined),
        fact("status", (run) => statusWord(run).word),
        fact("command", (run) => commandLine(run.command)),
        fact("started (UTC)", (run) => dateAndSecond(run.started)),
        fact(
          "duration",
          (run) => run.durationSeconds ?? undefined,
          (value) => formatDuration(Number(value)),
        ),
        fact(
          "tags",
          (run) => (run.tags.length > 0 ? run.tags : undefined),
          (value) => (Array.isArray(value) ? value.join(", ") : String(value)),
        ),
      ],
    },
    {
      title: "Flags",
      facts: names((run) => run.flags).map((name) =>
        fact(
          name,
          (run) => run.flags[name],
          (value) => formatFlag(value as Run["flags"][string]),
        ),
      ),
    }, // values of flags, as read above
    {
      title: "Code and data",
      facts: [
        fact(
          "commit",
          (run) => run.code.commit ?? undefined,
          (value) => String(value).slice(0, 10),
        ),
        fact("branch", (run) => run.code.branch ?? undefined),
        fact(
          "changed since the commit",
          (run) => run.code.dirty ?? undefined,
          (value) => (value ? "yes" : "no"),
        ),
        fact(
          "sources",
          (run) => run.code.digest ?? undefined,
          (value) => String(value).slice(0, 10),
        ),
        fact(
          "data",
          (run) => run.data?.digest,
          (value) => String(value).slice(0, 10),
        ),
        ...names((run) => run.parents).map((name) => fact(`from ${name}`, (run) => run.parents[name])),
      ],
    },
    { title: "Environment", facts: environmentFacts(fact, environment) },
    {
      title: "Packages",
      facts: names((run) => environment(run)?.packages).map((name) => fact(name, (run) => environment(run)?.packages[name])),
    },
    {
      title: "Variables",
      facts: names((run) => environment(run)?.variables).map((name) => fact(name, (run) => environment(run)?.variables[name])),
    },
  ];
}

function environmentFacts(
  fact: (name: string, read: (run: Run) => unknown, show?: Fact["show"]) => Fact,
  of: (run: Run) => Environment | undefined,
): Fact[] {
  const bytes = (value: unknown) => formatBytes(Number(value));
  return [
    fact("system", (run) => of(run)?.os.name ?? undefined),
    fact("kernel", (run) => of(run)?.os.kernel ?? undefined),
    fact("container", (run) => of(run)?.os.container ?? undefined),
    fact("processor", (run) => of(run)?.cpu.model ?? undefined),
    fact("cores for the run", (run) => of(run)?.cpu.availableCores ?? undefined),
    fact("memory", (run) => of(run)?.memory.totalBytes ?? undefined, bytes),
    fact("memory limit", (run) => of(run)?.memory.limitBytes ?? undefined, bytes),
    fact(
      "GPUs",
      (run) => of(run)?.gpus.map((gpu) => gpu.name),
      (value) => (Array.isArray(value) && value.length > 0 ? value.join(", ") : "none"),
    ),
    fact("GPU driver", (run) => of(run)?.gpus[0]?.driver ?? undefined),
    ...["cuda", "cudnn", "nccl", "hip"].map((library) => fact(library, (run) => of(run)?.libraries[library])),
    fact("storage of the data", (run) => of(run)?.storage.data ?? of(run)?.storage.project),
    fact("runtime", (run) => {
      const runtime = of(run)?.runtime;
      return runtime ? `${runtime.name} ${runtime.version}` : undefined;
    }),
  ];
}

function asText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** One chart for each metric with a course, all runs on it; the most telling first. */
function comparedCharts(
  runs: readonly Run[],
  project: Project,
  labels: string[],
  slots: ReadonlyMap<string, number>,
): ChartSpec[] {
  return rankedMetrics(runs, project)
    .filter((tag) => runs.some((run) => (run.scalars[tag]?.count ?? 0) > 1))
    .slice(0, chartLimit)
    .map((tag) => ({
      id: slug(tag),
      title: tag,
      panel: "scalars",
      tags: [tag],
      runs: runs.flatMap((run, at) =>
        run.scalars[tag] ? [{ id: run.id, label: labels[at]!, slot: slots.get(run.id)!, emphasis: "normal" as const }] : [],
      ),
      unit: metricOf(tag, runs, project).unit,
      goal: goalOf(tag, project),
      x: "step",
    }));
}
