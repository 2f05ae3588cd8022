/**
 * The small language in which runs are chosen: in the filter box of the runs page and in dashboards.
 *
 * Terms are separated by spaces and all of them have to hold: `op:train status:completed tag:baseline model:mlp lr<0.1
 * seed=1 "free text" last:20`. What is not understood as one of these is free text, so that no query is ever wrong.
 */
import { decodeFlag } from "./flags.ts";
import { statusWord } from "./status-words.ts";
import type { Flags, FlagValue, Run } from "./types.ts";

/** What a query looks at: of a `Run` (see `queriedOf`), or of a row in the page. */
export interface Queried extends Pick<Run, "id" | "operation" | "model" | "label" | "tags" | "flags" | "environment"> {
  /** Every word for its state, lower case: `error` and `failed`. */
  states: string[];
}

export interface Query {
  terms: Term[];
  /** Keep only the first so many of those that match; null keeps all. */
  last: number | null;
}

type Operator = "=" | "!=" | "<" | "<=" | ">" | ">=";
type Term =
  | { kind: "operation" | "status" | "tag" | "model" | "environment" | "text"; text: string }
  | { kind: "flag"; name: string; operator: Operator; value: FlagValue };

const fields: Record<string, "operation" | "status" | "tag" | "model" | "environment"> = {
  op: "operation",
  operation: "operation",
  status: "status",
  tag: "tag",
  model: "model",
  env: "environment",
};

/** Never throws; an empty query has no terms and matches everything. */
export function parseQuery(text: string): Query {
  const query: Query = { terms: [], last: null };
  for (const [, quoted, word] of text.matchAll(/"([^"]*)"|(\S+)/g)) {
    if (quoted !== undefined) query.terms.push({ kind: "text", text: quoted.toLowerCase() });
    else if (/^last:\d+$/.test(word!)) query.last = Number(word!.slice("last:".length));
    else query.terms.push(parseTerm(word!));
  }
  return query;
}

function parseTerm(word: string): Term {
  const field = /^(\w+):(.+)$/.exec(word);
  const kind = field ? fields[field[1]!.toLowerCase()] : undefined;
  if (kind) return { kind, text: field![2]!.toLowerCase() };
  const flag = /^([A-Za-z_][\w.\-/]*)(=|!=|<=|>=|<|>)(.+)$/.exec(word);
  if (flag) return { kind: "flag", name: flag[1]!, operator: flag[2] as Operator, value: decodeFlag(flag[3]!) }; // the pattern lists the operators
  return { kind: "text", text: word.toLowerCase() };
}

/** The runs that the query asks for, in the order given (newest first, so that `last:20` means the newest). */
export function queryRuns(runs: readonly Run[], query: Query): Run[] {
  const found = runs.filter((run) => matches(queriedOf(run), query));
  return query.last === null ? found : found.slice(0, query.last);
}

/** Both the status on record and the reader's word for it can be asked for. */
export function queriedOf(run: Run): Queried {
  return { ...run, states: [run.status, statusWord(run).word] };
}

/** Do all terms hold? `last:` is about a list and not looked at here. */
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
      return run.environment?.toLowerCase().startsWith(term.text) ?? false;
    case "text":
      return textOf(run).includes(term.text);
    case "flag":
      return compares(run.flags[term.name], term.operator, term.value);
  }
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
