/** Guild's column language: `=lr`, `.status`, `loss`, `max val/acc as best`, `min loss step`, `flag:x`, `train#loss`. */

export type Reduction = "last" | "first" | "min" | "max" | "mean" | "total" | "count" | "best";

export interface ColumnSpec {
  /** As it was written, trimmed. */
  text: string;
  kind: "flag" | "attribute" | "scalar";
  name: string;
  /** Scalars only: which value; `last` where nothing is said. */
  reduction: Reduction;
  /** Scalars only: not the value but the step at which it was reached. */
  step: boolean;
  /** What stands above the column. */
  heading: string;
  /** Where a run has nothing here, the first of these that it has: operations may call the same thing differently. */
  or?: ColumnSpec[];
}

const REDUCTIONS: Record<string, Reduction> = {
  last: "last",
  first: "first",
  min: "min",
  max: "max",
  avg: "mean",
  mean: "mean",
  total: "total",
  count: "count",
  best: "best",
};

/**
 * Reads one column. Never throws: what has no other meaning is the name of a scalar. An empty text gives null.
 *
 * A heading may stand in quotes. `max` alone is the scalar `max`, and `step` alone the scalar `step`; several words that are no
 * reduction are one name.
 */
export function parseColumn(text: string): ColumnSpec | null {
  const written = text.trim();
  const [, spec = written, as = null] = /^(.+?)\s+as\s+(.+)$/s.exec(written) ?? [];
  if (spec === "") return null;
  const heading = as === null ? null : as.replace(/^(["'])(.*)\1$/s, "$2");
  const [, mark = "", name = ""] = /^(=|\.|flag:|attr:)(.+)$/.exec(spec) ?? [];
  if (mark !== "") {
    const kind = mark === "=" || mark === "flag:" ? "flag" : "attribute";
    return { text: written, kind, name, reduction: "last", step: false, heading: heading ?? name };
  }
  const words = spec.replace(/^scalar:/, "").split(/\s+/);
  const reduction = words.length > 1 ? REDUCTIONS[words[0]!] : undefined;
  const rest = reduction === undefined ? words : words.slice(1);
  const step = rest.length > 1 && rest.at(-1) === "step";
  const scalar = (step ? rest.slice(0, -1) : rest).join(" ");
  return { text: written, kind: "scalar", name: scalar, reduction: reduction ?? "last", step, heading: heading ?? spec };
}

/** Several columns in one text, separated by commas: `=lr, max acc as "best, ever"`. Commas in quotes do not separate. */
export function parseColumns(text: string): ColumnSpec[] {
  const parts = text.match(/(?:"[^"]*"|'[^']*'|[^,])+/g) ?? [];
  return parts.flatMap((part) => parseColumn(part) ?? []);
}

/** Columns of the same heading become one, in the place of the first. */
export function mergeColumns(columns: readonly ColumnSpec[]): ColumnSpec[] {
  const merged = new Map<string, ColumnSpec>();
  for (const column of columns) {
    const first = merged.get(column.heading);
    merged.set(column.heading, first === undefined ? column : { ...first, or: [...(first.or ?? []), column] });
  }
  return [...merged.values()];
}
