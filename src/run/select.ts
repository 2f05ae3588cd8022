/** From the words with which somebody names runs on the command line to the runs: the same everywhere. */
import { isRunId, shortId } from "./ids.ts";
import { nearest } from "./nearest.ts";
import { parseQuery, type QueriedRun, queryRuns } from "./query.ts";
import { statusWord } from "./status-words.ts";
import type { Project } from "./types.ts";

export interface Selection<R> {
  /** In the order of the words, each run once; of one word in the order given. */
  runs: R[];
  /** Words that fit no run, each with the name that is nearest. */
  unknown: { word: string; near: string | null }[];
  /** Words that are the beginning of several ids. */
  ambiguous: { word: string; ids: string[] }[];
}

/**
 * Finds the runs that words name among `runs` (newest first). A word is, in this order: `all` or `:`; an id, or its short name;
 * an index (1 is the newest) or a range of them (`1:3`, `2:`, `:5`, ends included); the beginning of one id; a label; an operation
 * (`train`, `mlp:train`); a status (`failed`, `error`); a query (`op:train lr<0.1`). Never throws.
 */
export function selectRuns<R extends QueriedRun>(
  words: readonly string[],
  runs: readonly R[],
  project: Pick<Project, "metrics"> = { metrics: {} },
): Selection<R> {
  const selection: Selection<R> = { runs: [], unknown: [], ambiguous: [] };
  const chosen = new Set<R>();
  for (const typed of words) {
    const word = typed.trim();
    const begun = runsByName(word, runs);
    if (begun.length > 1) {
      selection.ambiguous.push({ word, ids: begun.map(({ id }) => id) });
      continue;
    }
    const found = begun.length === 1 ? begun : runsByFacts(word, runs, project);
    if (found.length === 0) selection.unknown.push({ word, near: nearestName(word, runs) });
    for (const run of found) chosen.add(run);
  }
  selection.runs = [...chosen];
  return selection;
}

/** At most one run, unless several fit: then all of them, for the complaint. */
function runsByName<R extends QueriedRun>(word: string, runs: readonly R[]): R[] {
  if (isRunId(word)) return runs.filter(({ id }) => id === word);
  if (!/^[0-9a-fT-]+$/i.test(word)) return [];
  const short = runs.filter(({ id }) => shortId(id) === word);
  if (short.length > 0) return short;
  const indexed = /^\d+$/.test(word) ? runs[Number(word) - 1] : undefined;
  if (indexed !== undefined) return [indexed];
  return word.length < 4 ? [] : runs.filter(({ id }) => id.startsWith(word));
}

function runsByFacts<R extends QueriedRun>(word: string, runs: readonly R[], project: Pick<Project, "metrics">): R[] {
  if (word === "") return [];
  if (word === "all") return [...runs];
  const range = /^(\d*):(\d*)$/.exec(word);
  if (range) return runs.slice(Math.max(0, Number(range[1] || 1) - 1), range[2] === "" ? undefined : Number(range[2]));
  const labelled = runs.filter(({ label }) => label === word);
  if (labelled.length > 0) return labelled;
  const operation = runs.filter(
    (run) => run.operation === word || (run.model !== null && `${run.model}:${run.operation}` === word),
  );
  if (operation.length > 0) return operation;
  const ended = runs.filter((run) => run.status === word || statusWord(run).word === word);
  if (ended.length > 0) return ended;
  // A bare word is a misspelt id or label, not a search through everything that is written about a run.
  return /[:=<>"]/.test(word) ? queryRuns(runs, parseQuery(word), project) : [];
}

function nearestName(word: string, runs: readonly QueriedRun[]): string | null {
  if (/[:=<>"]/.test(word)) return null;
  const names = new Set(
    runs.flatMap(({ id, label, operation }) => [shortId(id), id, operation, ...(label === null ? [] : [label])]),
  );
  return nearest(word, names);
}
