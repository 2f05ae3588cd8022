import type { OptionSpec } from "./_contract.ts";

/** The options that choose runs, for every command that takes runs; what they mean is in `_selection.ts`. */
export const selectionOptions: Record<string, OptionSpec> = {
  operation: { type: "string[]", short: "o", value: "name", description: "only runs of this operation; may be repeated" },
  status: { type: "string[]", short: "s", value: "word", description: "completed, failed, running …; may be repeated" },
  label: { type: "string[]", short: "l", value: "text", description: "only runs whose label contains this; may be repeated" },
  tag: { type: "string[]", short: "t", value: "tag", description: "only runs with this tag; may be repeated" },
  filter: { type: "string", short: "F", value: "query", description: 'an expression: "op:train lr<0.1 after:2026-11-01"' },
  last: { type: "number", short: "n", value: "count", description: "only the newest so many of them" },
};
