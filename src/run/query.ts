/**
 * The small language in which runs are chosen: on the command line, in the filter box of the runs page and in dashboards.
 *
 * Terms are separated by spaces and all of them have to hold: `op:train status:completed tag:baseline model:mlp lr<0.1
 * seed=1 val/acc>0.9 after:2026-11-01 "free text" best:val/acc:10 last:20`. What is not understood as one of these is free text, so
 * that no query is ever wrong.
 */
import { decodeFlag } from "./flags.ts";
import { goalOf } from "./goals.ts";
import { statusWord } from "./status-words.ts";
import type { Flags, FlagValue, Project, Run, ScalarSummary } from "./types.ts";

/** What a query looks at: of a `Run` (see `queriedOf`), or of a row in the page. */
export interface Queried extends Pick<Run, "id" | "operation" | "model" | "label" | "tags" | "flags" | "environment"> {
  /** Every word for its state, lower case: `error` and `failed`. */
  states: string[];
  /** UTC ISO-8601. */
  started?: string;
  /** What its environment is called: `AMD EPYC, 2 cores, 24 GB, Linux`. */
  place?: string | null;
  scalars?: Record<string, ReachedValues>;
}

export type ReachedValues = Pick<ScalarSummary, "last" | "min" | "max">;

/** What of a run a query needs. */
export interface QueriedRun
  extends Pick<
    Run,
    "id" | "operation" | "model" | "label" | "tags" | "flags" | "environment" | "started" | "status" | "exitCode" | "signal"
  > {
  scalars: Record<string, ReachedValues>;
  place?: string | null;
}

export interface Query {
  terms: Term[];
  /** Keep only the best so many by this metric; null keeps all, in their order. */
  best: { tag: string; count: number } | null;
  /** Keep only the first so many of those that match; null keeps all. */
  last: number | null;
}

type Operator = "=" | "!=" | "<" | "<=" | ">" | ">=";
type Term =
  | { kind: "operation" | "status" | "tag" | "model" | "environment" | "text"; text: string }
  | { kind: "after" | "before"; text: string }
  | { kind: "value"; of: "flag" | "scalar" | null; name: string; operator: Operator; value: FlagValue };

const fields: Record<string, "operation" | "status" | "tag" | "model" | "environment"> = {
  op: "operation",
  operation: "operation",
  status: "status",
  tag: "tag",
  model: "model",
  env: "environment",
};

const DATE = /^\d{4}(?:-\d{2}(?:-\d{2}(?:T\d{2}(?::\d{2}(?::\d{2}(?:\.\d+)?)?)?)?)?)?Z?$/i;

/** Never throws; an empty query has no terms and matches everything. */
export function parseQuery(text: string): Query {
  const query: Query = { terms: [], best: null, last: null };
  for (const [, quoted, word] of text.matchAll(/"([^"]*)"|(\S+)/g)) {
    const best = /^best:(.+?)(?::(\d+))?$/.exec(word ?? "");
    if (quoted !== undefined) query.terms.push({ kind: "text", text: quoted.toLowerCase() });
    else if (/^last:\d+$/.test(word!)) query.last = Number(word!.slice("last:".length));
    else if (best) query.best = { tag: best[1]!, count: Number(best[2] ?? 1) };
    else query.terms.push(parseTerm(word!));
  }
  return query;
}

function parseTerm(word: string): Term {
  const field = /^(\w+):(.+)$/.exec(word);
  const name = field?.[1]?.toLowerCase() ?? "";
  const kind = fields[name];
  if (kind) return { kind, text: field![2]!.toLowerCase() };
  if ((name === "after" || name === "before") && DATE.test(field![2]!)) {
    return { kind: name, text: field![2]!.toUpperCase().replace(/Z$/, "") };
  }
  const value = /^(?:(flag|scalar):)?([A-Za-z_][\w.\-/#]*)(=|!=|<=|>=|<|>)(.+)$/.exec(word);
  if (value) {
    const [, of, key, operator, typed] = value as unknown as [string, "flag" | "scalar" | undefined, string, Operator, string]; // the pattern lists them
    return { kind: "value", of: of ?? null, name: key, operator, value: decodeFlag(typed) };
  }
  return { kind: "text", text: word.toLowerCase() };
}

/**
 * The runs that the query asks for, in the order given (newest first, so that `last:20` means the newest); with `best:` the best
 * first. `best:` asks for a metric with a goal, declared in the project or told by its name: without one, nothing is best.
 */
export function queryRuns<R extends QueriedRun>(
  runs: readonly R[],
  query: Query,
  project: Pick<Project, "metrics"> = { metrics: {} },
): R[] {
  const found = query.terms.length === 0 ? [...runs] : runs.filter((run) => matches(queriedOf(run), query));
  const best = query.best === null ? found : bestOf(found, query.best, project);
  return query.last === null ? best : best.slice(0, query.last);
}

function bestOf<R extends QueriedRun>(
  runs: readonly R[],
  { tag, count }: NonNullable<Query["best"]>,
  project: Pick<Project, "metrics">,
) {
  const goal = goalOf(tag, project);
  if (goal === null) return [];
  const reached = runs.flatMap((run) => {
    const value = run.scalars[tag]?.[goal]?.value;
    return value === undefined ? [] : [{ run, value }];
  });
  const sign = goal === "max" ? -1 : 1;
  return reached
    .sort((a, b) => sign * (a.value - b.value))
    .slice(0, count)
    .map(({ run }) => run);
}

/** Both the status on record and the reader's word for it can be asked for. What is costly to know is looked up when it is asked for. */
export function queriedOf(run: QueriedRun): Queried {
  const { id, operation, model, label, tags, environment, started } = run;
  return {
    id,
    operation,
    model,
    label,
    tags,
    environment,
    started,
    get flags() {
      return run.flags;
    },
    get scalars() {
      return run.scalars;
    },
    get place() {
      return run.place ?? null;
    },
    get states() {
      return [run.status, statusWord(run).word];
    },
  };
}

/** Do all terms hold? `best:` and `last:` are about a list and not looked at here. */
export function matches(run: Queried, query: Query): boolean {
  return query.terms.every((term) => holds(run, term));
}

function holds(run: Queried, term: Term): boolean {
  switch (term.kind) {
    case "operation":
      return run.operation.toLowerCase() === term.text;
    case "status":
      return run.states.includes(term.text);
    case "tag":
      return run.tags.some((tag) => tag.toLowerCase() === term.text);
    case "model":
      return run.model?.toLowerCase() === term.text;
    case "environment":
      return (
        (run.environment?.toLowerCase().startsWith(term.text) ?? false) || (run.place?.toLowerCase().includes(term.text) ?? false)
      );
    case "after":
      return run.started !== undefined && run.started >= term.text;
    case "before":
      return run.started !== undefined && run.started < term.text;
    case "text":
      return textOf(run).includes(term.text);
    case "value":
      return compares(reachedOrFlag(run, term), term.operator, term.value);
  }
}

/** A flag of that name; where the run has none, the last value of the scalar. */
function reachedOrFlag(run: Queried, { of, name }: { of: "flag" | "scalar" | null; name: string }): FlagValue | undefined {
  const flag = of === "scalar" ? undefined : run.flags[name];
  return flag !== undefined || of === "flag" ? flag : run.scalars?.[name]?.last.value;
}

function textOf(run: Queried): string {
  return [run.id, run.label, run.operation, run.model, ...run.tags, flagWords(run.flags)].join(" ").toLowerCase();
}

function flagWords(flags: Flags): string {
  return Object.entries(flags)
    .map(([name, value]) => `${name}=${String(value)}`)
    .join(" ");
}

/** By value, type included; `<` and `>` compare numbers only. A run without the flag matches `!=` alone. */
function compares(actual: FlagValue | undefined, operator: Operator, wanted: FlagValue): boolean {
  if (operator === "=" || operator === "!=") return (JSON.stringify(actual) === JSON.stringify(wanted)) === (operator === "=");
  if (typeof actual !== "number" || typeof wanted !== "number") return false;
  if (operator === "<") return actual < wanted;
  if (operator === "<=") return actual <= wanted;
  return operator === ">" ? actual > wanted : actual >= wanted;
}
