/**
 * What a killed recorder has written of a run, for the one that goes on with it.
 *
 * The second recorder finds everything anew, from the first byte of the output and the first record of each file: so it knows
 * what the first one knew (which step, which file, which key). What stands in the log already is not written twice.
 */
import { closeSync, openSync, readFileSync, readSync, statSync } from "node:fs";
import { join } from "node:path";
import { readTail } from "../../src/load/log-tail.ts";
import { type Accumulator, accumulate } from "../../src/run/accumulate.ts";
import { wholeLines } from "../../src/run/lines.ts";
import { type OutputLine, parseOutputLine, type ScalarLine, type VoidLine } from "../../src/run/log-lines.ts";
import { type Manifest, parseManifest } from "../../src/run/manifest.ts";
import type { RunEvent } from "../../src/run/types.ts";
import type { ExactLog } from "./exact-log.ts";
import { readLog } from "./read-log.ts";
import type { Piece } from "./recording.ts";

export interface Past {
  /** As it was last written; null when the recorder did not come so far. */
  manifest: Manifest | null;
  /** Fed with all that stands in the log. */
  summaries: Accumulator;
  /**
   * The log and the summaries for one who finds everything anew: what stands in the log is kept from both, namely each tag's
   * first lines, as many as there are, and the events that are there.
   */
  sift(log: ExactLog): { log: ExactLog; summaries: Accumulator };
}

/** Lines that cannot be understood are skipped. Never throws. */
export async function readPast(logDir: string): Promise<Past> {
  const summaries = accumulate();
  const told = new Map<string, number>();
  const happened = new Set<string>();
  await readLog(logDir, {
    scalar(line) {
      const key = scalarKey(line);
      told.set(key, (told.get(key) ?? 0) + 1);
      summaries.scalar(line);
    },
    sample: summaries.sample,
    event(event) {
      happened.add(eventKey(event));
      if (event.kind !== "nan") summaries.event(event); // found again by the summaries themselves
    },
  });
  return {
    manifest: readManifest(logDir),
    summaries,
    sift: (log) => sift(log, summaries, told, happened),
  };
}

/** What is new is decided when it is logged, which a ledger does first; the summaries are given the same objects. */
function sift(
  log: ExactLog,
  summaries: Accumulator,
  told: Map<string, number>,
  happened: ReadonlySet<string>,
): { log: ExactLog; summaries: Accumulator } {
  const old = new WeakSet<object>();
  const isNew = (line: ScalarLine | VoidLine): boolean => {
    const left = told.get(scalarKey(line)) ?? 0;
    if (left === 0) return true;
    told.set(scalarKey(line), left - 1);
    old.add(line);
    return false;
  };
  return {
    log: {
      ...log,
      get outputBytes() {
        return log.outputBytes;
      },
      get lostBytes() {
        return log.lostBytes;
      },
      scalars: (lines) => log.scalars(lines.filter(isNew)),
      event(event) {
        if (happened.has(eventKey(event))) old.add(event);
        else log.event(event);
      },
    },
    summaries: {
      ...summaries,
      get rewrites() {
        return summaries.rewrites;
      },
      scalar(line) {
        if (!old.has(line)) summaries.scalar(line);
      },
      event(event) {
        if (!old.has(event)) summaries.event(event);
      },
    },
  };
}

/**
 * Gives all output that stands in the log to `read`, as it came: in its pieces, at their times. Bytes that no line of the index
 * tells of (the recorder was killed between the two) come with the piece before them. Returns when it has caught up with the log,
 * so whatever is logged from then on is new. `pause` is awaited now and then.
 */
export async function replayOutput(
  logDir: string,
  read: (piece: Piece) => void,
  pause: () => Promise<void> = () => new Promise((done) => setImmediate(done)),
): Promise<void> {
  const output = join(logDir, "output.log");
  const bytes = openSync(output, "r");
  try {
    let offset = 0;
    let last: OutputLine = { t: 0, s: "o", o: 0, n: 0 };
    for (;;) {
      const { bytes: text, next } = readTail(join(logDir, "output.idx.jsonl"), offset);
      offset = next;
      const { lines } = wholeLines(text.toString("utf8"));
      for (const line of lines.flatMap(parsed)) {
        give(bytes, { ...last, o: last.o + last.n, n: line.o - last.o - last.n }, read);
        give(bytes, line, read);
        last = line;
      }
      if (lines.length === 0) break;
      await pause();
    }
    give(bytes, { ...last, o: last.o + last.n, n: statSync(output).size - last.o - last.n }, read);
  } finally {
    closeSync(bytes);
  }
}

const PIECE_BYTES = 1 << 20;

function give(file: number, { t, s, o, n }: OutputLine, read: (piece: Piece) => void): void {
  for (let at = o; at < o + n; ) {
    const chunk = Buffer.alloc(Math.min(PIECE_BYTES, o + n - at));
    const length = readSync(file, chunk, 0, chunk.length, at);
    if (length === 0) return;
    read({ stream: s, chunk: chunk.subarray(0, length), t });
    at += length;
  }
}

function parsed(line: string): OutputLine[] {
  try {
    return [parseOutputLine(line)];
  } catch {
    return []; // torn: its bytes come with the piece before them
  }
}

function readManifest(logDir: string): Manifest | null {
  try {
    return parseManifest(JSON.parse(readFileSync(join(logDir, "run.json"), "utf8")));
  } catch {
    return null; // killed before it was written
  }
}

function scalarKey(line: { k: string; src: string }): string {
  return `${line.src}\n${line.k}\n${"void" in line}`;
}

/** By time to the millisecond: a file's event may be found by two recorders with different steps. */
function eventKey({ kind, detail, t }: RunEvent): string {
  return `${kind}\n${detail}\n${t.toFixed(3)}`;
}
