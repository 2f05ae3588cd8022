/**
 * What lists and selections need to know of all runs, without reading ten thousand records each time.
 *
 * Kept in `.guild/cache/runs.txt`, which is derived and may be deleted at any time: for each run its stamp (size and mtime of
 * `run.json` and of `edits.yml`) and what was read of it. A run whose stamp has changed is read again; one that is gone is dropped.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { readEnvironments } from "../../src/load/environments.ts";
import { readRun, runsFolder } from "../../src/load/runs.ts";
import { isRunId } from "../../src/run/ids.ts";
import { decodeNumber, encodeNumber } from "../../src/run/numbers.ts";
import type { QueriedRun, ReachedValues } from "../../src/run/query.ts";
import { mapValues } from "../../src/run/shape.ts";
import { isOpen } from "../../src/run/status.ts";
import type { Environment, Flags, Run, StepValue } from "../../src/run/types.ts";

/** A run as the index knows it: enough to sort, to select and to search. */
export type IndexedRun = QueriedRun & Pick<Run, "stopped" | "starred" | "hidden">;

/** From so many runs on the index is kept on the disk: below, reading all records is as fast. */
const WORTH_KEEPING = 200;
const HEADER = "guildhall run index 1";

/**
 * All runs of a project that are to be seen, newest first, with people's edits applied and the status as of now. A broken record is
 * left out with a warning (`load/warnings.ts`). An index that cannot be read is made anew, one that cannot be written is not kept.
 */
export function indexRuns(root: string, worthKeeping = WORTH_KEEPING): IndexedRun[] {
  const folder = runsFolder(root);
  const ids = existsSync(folder) ? readdirSync(folder).filter(isRunId) : [];
  const kept = ids.length < worthKeeping ? new Map<string, KeptRow>() : readIndex(indexPath(root));
  const rows: KeptRow[] = [];
  let changed = kept.size !== ids.length;
  for (const id of ids) {
    const stamp = stampOf(folder, id);
    if (stamp === null) continue;
    const known = kept.get(id);
    if (known?.stamp === stamp) {
      rows.push(known);
      continue;
    }
    const run = readRun(root, id);
    if (run === null) continue;
    changed = true;
    rows.push(rowOf(run, stamp));
  }
  if (changed && rows.length >= worthKeeping) writeIndex(indexPath(root), rows);
  let environments: Map<string, Environment> | null = null;
  const placeOf = (digest: string | null): string | null => {
    environments ??= readEnvironments(root);
    return digest === null ? null : (environments.get(digest)?.title ?? null);
  };
  const runs = rows.filter(({ head }) => !head.hidden).map((row) => indexedRun(root, row, placeOf));
  return runs.sort((a, b) => (a.started < b.started ? 1 : a.started > b.started ? -1 : a.id < b.id ? 1 : -1));
}

/** What every list looks at; the rest is parsed when it is asked for. */
type Head = Omit<IndexedRun, "flags" | "scalars" | "place">;

interface KeptRow {
  stamp: string;
  head: Head;
  flags: string;
  scalars: string;
}

/** Null where there is no record. */
function stampOf(folder: string, id: string): string | null {
  const run = statSync(`${folder}/${id}/run.json`, { throwIfNoEntry: false });
  if (run === undefined) return null;
  const edits = statSync(`${folder}/${id}/edits.yml`, { throwIfNoEntry: false });
  return `${run.size} ${run.mtimeMs}${edits === undefined ? "" : ` ${edits.size} ${edits.mtimeMs}`}`;
}

function rowOf(run: Run, stamp: string): KeptRow {
  const { id, operation, model, label, tags, status, exitCode, signal, started, stopped, environment, starred, hidden } = run;
  return {
    stamp,
    head: { id, operation, model, label, tags, status, exitCode, signal, started, stopped, environment, starred, hidden },
    flags: JSON.stringify(run.flags),
    scalars: JSON.stringify(mapValues(run.scalars, ({ last, min, max }) => [last, min, max].flatMap(numbersOf))),
  };
}

/** Most commands ask for the flags and scalars of few runs, or of none. */
function indexedRun(root: string, row: KeptRow, placeOf: (digest: string | null) => string | null): IndexedRun {
  let flags: Flags | null = null;
  let scalars: Record<string, ReachedValues> | null = null;
  return {
    ...row.head,
    // Whether a run still goes on stands in no file.
    status: isOpen(row.head) ? (readRun(root, row.head.id)?.status ?? row.head.status) : row.head.status,
    get place() {
      return placeOf(row.head.environment);
    },
    get flags() {
      flags ??= JSON.parse(row.flags) as Flags; // written by rowOf
      return flags;
    },
    get scalars() {
      scalars ??= parseScalars(row.scalars);
      return scalars;
    },
  };
}

/** Step and value, as they stand in JSON; null twice where there is none. */
function numbersOf(point: StepValue | null): unknown[] {
  return point === null ? [null, null] : [encodeNumber(point.step), encodeNumber(point.value)];
}

function parseScalars(text: string): Record<string, ReachedValues> {
  const raw = JSON.parse(text) as Record<string, unknown[]>; // written by rowOf
  const point = (step: unknown, value: unknown): StepValue => ({ step: decodeNumber(step), value: decodeNumber(value) });
  const orNull = (step: unknown, value: unknown) => (step === null ? null : point(step, value));
  return mapValues(raw, ([lastStep, last, minStep, min, maxStep, max]) => ({
    last: point(lastStep, last),
    min: orNull(minStep, min),
    max: orNull(maxStep, max),
  }));
}

function indexPath(root: string): string {
  return join(root, ".guild", "cache", "runs.txt");
}

function readIndex(path: string): Map<string, KeptRow> {
  const rows = new Map<string, KeptRow>();
  try {
    const [header, ...lines] = readFileSync(path, "utf8").split("\n");
    // The last line says how many there are: what was cut short is not believed.
    if (header !== HEADER || lines.pop() !== "" || lines.pop() !== `end ${lines.length}`) return rows;
    for (const line of lines) {
      const [stamp = "", head = "", flags = "", scalars = ""] = line.split("\t");
      const parsed = JSON.parse(head) as Head; // written by rowOf, under this header
      rows.set(parsed.id, { stamp, head: parsed, flags, scalars });
    }
    return rows;
  } catch {
    return new Map(); // not there yet, cut short, or of another version: everything is read again
  }
}

function writeIndex(path: string, rows: readonly KeptRow[]): void {
  const lines = rows.map(({ stamp, head, flags, scalars }) => `${stamp}\t${JSON.stringify(head)}\t${flags}\t${scalars}`);
  try {
    mkdirSync(dirname(path), { recursive: true });
    const ignore = join(dirname(path), "..", ".gitignore");
    if (!existsSync(ignore)) writeFileSync(ignore, "*\n");
    // Beside it first: whoever reads meanwhile finds the old index or the new one.
    writeFileSync(`${path}.${process.pid}`, `${[HEADER, ...lines, `end ${lines.length}`].join("\n")}\n`);
    renameSync(`${path}.${process.pid}`, path);
  } catch {
    // A project that cannot be written, or a full disk: the list is the same without, only later.
  }
}
