/** Which runs a command is about: the same options and the same words for every command that takes runs. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { readRun, runsFolder } from "../../src/load/runs.ts";
import { ToolError } from "../../src/run/error.ts";
import { isRunId } from "../../src/run/ids.ts";
import { nearest } from "../../src/run/nearest.ts";
import { parseQuery, queryRuns } from "../../src/run/query.ts";
import { selectRuns } from "../../src/run/select.ts";
import { statusWord } from "../../src/run/status-words.ts";
import type { Project } from "../../src/run/types.ts";
import { type IndexedRun, indexRuns } from "../project/run-index.ts";
import { textOption, textsOption } from "./_arguments.ts";
import type { OptionValues, Shell } from "./_contract.ts";
import { openProject } from "./_record.ts";

export interface Selectable {
  /** The project, absolute. */
  root: string;
  /** Where the records lie, as in a project: the project itself, or its trash. */
  place: string;
  project: Pick<Project, "metrics">;
  /** Newest first, what the options leave out left out; an index counts in this list. */
  runs: IndexedRun[];
}

/** The runs of the shell's project, or of its trash, that the options allow. Throws ToolError with exit code 2 for mistyped ones. */
export async function openRuns(options: OptionValues, shell: Shell, from: "project" | "trash" = "project"): Promise<Selectable> {
  const { root, file } = await openProject(shell);
  const project = { metrics: file.guildhall.metrics };
  const place = from === "trash" ? trashRoot(root) : root;
  return { root, place, project, runs: filterRuns(indexRuns(place), options, project) };
}

/** Where deleted runs lie, in the same folders as in a project. */
export function trashRoot(root: string): string {
  return `${root}/.guild/trash`;
}

function filterRuns(all: readonly IndexedRun[], options: OptionValues, project: Pick<Project, "metrics">): IndexedRun[] {
  let runs = [...all];
  const keep = (option: string, typed: readonly string[], namesOf: (run: IndexedRun) => readonly (string | null)[]) => {
    if (typed.length === 0) return;
    for (const word of typed) refuseUnknown(option, word, all.flatMap(namesOf));
    runs = runs.filter((run) => namesOf(run).some((name) => name !== null && typed.includes(name)));
  };
  keep("operation", textsOption(options, "operation"), ({ operation, model }) => [
    operation,
    model === null ? null : `${model}:${operation}`,
  ]);
  keep("tag", textsOption(options, "tag"), ({ tags }) => tags);
  const statuses = textsOption(options, "status");
  for (const word of statuses) refuseUnknown("status", word, STATUS_WORDS);
  if (statuses.length > 0) runs = runs.filter((run) => statuses.includes(run.status) || statuses.includes(statusWord(run).word));
  const labels = textsOption(options, "label").map((label) => label.toLowerCase());
  if (labels.length > 0) runs = runs.filter((run) => labels.some((label) => (run.label ?? "").toLowerCase().includes(label)));
  const filter = textOption(options, "filter");
  if (filter !== null) runs = queryRuns(runs, parseQuery(filter), project);
  const { last } = options;
  if (last === undefined) return runs;
  if (typeof last === "number" && Number.isInteger(last) && last > 0) return runs.slice(0, last);
  throw new ToolError("invalid-option", `Option --last needs a whole number from 1 on, found ${last}`, { exitCode: 2 });
}

const STATUS_WORDS = [
  ..."pending running completed error terminated lost".split(" "),
  ..."failed killed stopped diverged".split(" "),
];

/** A label is searched for; an operation, a tag or a status that nothing has is a mistake in typing. */
function refuseUnknown(option: string, word: string, known: readonly (string | null)[]): void {
  if (known.includes(word)) return;
  const names = [...new Set(known.filter((name) => name !== null))];
  const near = nearest(word, names);
  const list = names.length === 0 ? "" : `There are: ${names.slice(0, 10).join(", ")}.`;
  throw new ToolError(`unknown-${option}`, `No run has the ${option} ${JSON.stringify(word)}`, {
    hint: near === null ? list || 'Type "guild runs" for a list.' : `Did you mean "${near}"?`,
    exitCode: 2,
  });
}

/** The runs that the words name, in their order; hidden ones by their whole id. Throws ToolError `unknown-run`, `ambiguous-run` (exit code 2). */
export function chosenRuns(words: readonly string[], { runs, project, place }: Selectable, where = "here"): IndexedRun[] {
  const hidden = words.flatMap((word) => hiddenRun(place, word) ?? []);
  const { runs: chosen, unknown, ambiguous } = selectRuns(words, [...runs, ...hidden], project);
  const [many] = ambiguous;
  if (many !== undefined) {
    throw new ToolError("ambiguous-run", `"${many.word}" fits ${many.ids.length} runs`, {
      hint: `They are: ${many.ids.slice(0, 5).join(", ")}${many.ids.length > 5 ? " …" : ""}.`,
      exitCode: 2,
    });
  }
  const [none] = unknown;
  if (none === undefined) return chosen;
  throw new ToolError("unknown-run", `There is no run "${none.word}" ${where}`, {
    hint: none.near === null ? 'Type "guild runs" for a list.' : `Did you mean "${none.near}"?`,
    exitCode: 2,
  });
}

function hiddenRun(place: string, word: string): IndexedRun | null {
  const run = hasRecord(place, word) ? readRun(place, word) : null;
  return run?.hidden ? run : null;
}

function hasRecord(place: string, word: string): boolean {
  return isRunId(word) && existsSync(join(runsFolder(place), word, "run.json"));
}

/**
 * Of the words those that are whole ids of runs whose record cannot be read or is gone: they stand in no list, and can be deleted,
 * restored and purged all the same.
 */
export function unreadableRuns(words: readonly string[], place: string): string[] {
  const isThere = (id: string) => [runsFolder(place), join(place, "runs")].some((folder) => existsSync(join(folder, id)));
  return words.filter((word) => isRunId(word) && isThere(word) && !(hasRecord(place, word) && readRun(place, word) !== null));
}

/** The one run that a word names; the newest without a word. Throws as `chosenRuns`, and ToolError `missing-run` where there is none. */
export function chosenRun(word: string | undefined, selectable: Selectable): IndexedRun {
  const [first, second, ...others] = word === undefined ? selectable.runs.slice(0, 1) : chosenRuns([word], selectable);
  if (first === undefined) {
    throw new ToolError("missing-run", "There are no runs to choose from", {
      hint: "Record one: guild run -- python3 train.py",
      exitCode: 2,
    });
  }
  if (second === undefined) return first;
  throw new ToolError("ambiguous-run", `"${word}" fits ${others.length + 2} runs, and one is expected`, {
    hint: `They are: ${[first, second, ...others]
      .slice(0, 5)
      .map(({ id }) => id)
      .join(", ")}${others.length > 3 ? " …" : ""}.`,
    exitCode: 2,
  });
}

/** Refuses a command without any word or option that says which runs: it must not be all of them by accident. */
export function refuseNoSelection(words: readonly string[], options: OptionValues, command: string): void {
  if (words.length > 0 || ["operation", "label", "tag", "status", "filter", "last"].some((name) => options[name] !== undefined))
    return;
  throw new ToolError("missing-run", `Expected runs after guild ${command}`, {
    hint: `For example: guild ${command} 7f3a, or 1:3, or --status failed, or all.`,
    exitCode: 2,
  });
}

/** The runs of the words; without words all that the options leave. Throws as `chosenRuns`. */
export function wantedRuns(words: readonly string[], selectable: Selectable, where = "here"): IndexedRun[] {
  return words.length === 0 ? selectable.runs : chosenRuns(words, selectable, where);
}
