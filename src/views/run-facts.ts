/** The head of a run's page: what it was, where its code and machine were, what it was made from. */

import { statusText } from "../run/status-words.ts";
import type { Environment, Run } from "../run/types.ts";
import { formatDuration } from "../run/units.ts";
import { name, type Phrase, say } from "./phrase.ts";
import { runPath } from "./run-name.ts";
import { dateAndSecond } from "./when.ts";

export interface RunFact {
  name: string;
  value: Phrase;
}

/** Facts that are known, in the order in which they are asked for. What is unknown but matters (code, data) is said so. */
export function runFacts(run: Run, environment: Environment | null): RunFact[] {
  const facts: (RunFact | null)[] = [
    { name: "Operation", value: say`${name(run.operation)}${run.model !== null && [{ text: " of " }, name(run.model)]}` },
    { name: "Run", value: say`${run.id}` },
    { name: "Started", value: say`${dateAndSecond(run.started)} UTC` },
    { name: "Ended", value: say`${endText(run)}` },
    { name: "Code", value: say`${codeText(run)}` },
    { name: "Data", value: say`${run.data === null ? "unknown: none was declared" : dataText(run.data)}` },
    { name: "Environment", value: say`${environment?.title ?? (run.environment === null ? "not known yet" : run.environment)}` },
    run.imported === undefined ? null : { name: "Imported", value: say`${run.imported.join(", ")} (compiled packages only)` },
    ...Object.entries(run.parents).map(([operation, id]) => ({
      name: operation === "restart" ? "Restart of" : `From ${operation}`,
      value: [name(id, runPath(id))],
    })),
    run.sweep === null ? null : { name: "Sweep", value: say`${run.sweep}` },
    run.outside.length === 0 ? null : { name: "Also wrote", value: say`${outsideText(run)}` },
    run.notRead === undefined ? null : { name: "Not read", value: say`${notReadText(run.notRead)}` },
  ];
  return facts.filter((fact): fact is RunFact => fact !== null);
}

function endText(run: Run): string {
  const how = statusText(run);
  if (run.stopped === null) return how;
  return `${dateAndSecond(run.stopped)} UTC${run.durationSeconds === null ? "" : `, after ${formatDuration(run.durationSeconds)}`}, ${how}`;
}

/** What lies outside of the run's own directory is another run's to overwrite, unless a copy was kept: said beside the list. */
function outsideText({ outside, files }: Run): string {
  const kept = new Set(files.map(({ path }) => path));
  const [safe, unsafe] = [outside.filter((path) => kept.has(path)), outside.filter((path) => !kept.has(path))];
  const left = `outside of its own directory: a later run may have overwritten ${unsafe.length === 1 ? "it" : "them"}`;
  return [
    unsafe.length === 0 ? null : `${shortList(unsafe)}, ${left}`,
    safe.length === 0 ? null : `${shortList(safe)}, of which copies are kept`,
  ]
    .filter((part) => part !== null)
    .join("; ");
}

function shortList(paths: readonly string[]): string {
  return `${paths.slice(0, 12).join(", ")}${paths.length > 12 ? ` and ${paths.length - 12} more` : ""}`;
}

function notReadText(places: NonNullable<Run["notRead"]>): string {
  return Object.entries(places)
    .map(([path, count]) => `${count} ${count === 1 ? "place" : "places"} of ${path}`)
    .join(", ");
}

function codeText({ code }: Run): string {
  const branch = code.branch === null ? "" : ` on ${code.branch}`;
  if (code.commit === null) {
    // Git answered, and had no commit to name.
    const place = code.dirty === null ? "not in git" : `no commit yet${branch}`;
    if (code.digest === null) return code.dirty === null ? "unknown" : place;
    return `${place}; sources ${code.digest.slice(0, 10)}`;
  }
  const dirty = code.dirty === null ? "" : code.dirty ? ", with changes that were not committed" : ", clean";
  return `commit ${code.commit.slice(0, 10)}${branch}${dirty}`;
}

function dataText({ digest, sources }: NonNullable<Run["data"]>): string {
  return `${sources.join(", ")} (digest ${digest.slice(0, 10)})`;
}
