import { parseQuery, queryRuns } from "./query.ts";
import type { Run } from "./types.ts";

/**
 * The runs that a person's list names, in its order and each once: an entry is an id, the beginning of exactly one id, a
 * label, or a query that gives all runs it matches. `missing` holds the entries that fit no run.
 */
export function chooseRuns(entries: readonly string[], runs: readonly Run[]): { runs: Run[]; missing: string[] } {
  const chosen = new Set<Run>();
  const missing: string[] = [];
  for (const entry of entries) {
    const found = runsFor(entry.trim(), runs);
    if (found.length === 0) missing.push(entry);
    for (const run of found) chosen.add(run);
  }
  return { runs: [...chosen], missing };
}

function runsFor(entry: string, runs: readonly Run[]): Run[] {
  if (entry === "") return [];
  const begun = runs.filter((run) => run.id.startsWith(entry));
  if (begun.length === 1) return begun;
  const labelled = runs.filter((run) => run.label === entry);
  if (labelled.length > 0) return labelled;
  // A bare word is a misspelt id or label, not a search through everything that is written about a run.
  return /[:=<>]/.test(entry) ? queryRuns(runs, parseQuery(entry)) : [];
}
