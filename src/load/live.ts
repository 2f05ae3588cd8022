import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { type Accumulator, accumulate } from "../run/accumulate.ts";
import { wholeLines } from "../run/lines.ts";
import {
  parseEventLine,
  parseScalarLine,
  parseSystemLine,
  type ScalarLine,
  type SystemLine,
  type VoidLine,
} from "../run/log-lines.ts";
import type { ChartData, Run, RunData, RunEvent } from "../run/types.ts";
import { logFolder } from "./live-status.ts";
import { readTail } from "./log-tail.ts";
import { redactorHere } from "./redactor.ts";
import { readChartData, readRunData } from "./run.ts";
import { readRun } from "./runs.ts";

/** How much of what was printed a page shows of a run in progress. */
const OUTPUT_BYTES = 32 * 1024;

/** How many bytes of each file of the exact log a page has seen: where its stream goes on. */
export interface LogOffsets {
  scalars: number;
  system: number;
  events: number;
  output: number;
}

/** What a run has logged since some offsets. */
export interface LogNews {
  /** Without points that a more trusted source tells. */
  scalars: ScalarLine[];
  /** Since those offsets the past has changed: by a restart, or because a more trusted source began to tell a tag. */
  rewritten: boolean;
  system: SystemLine[];
  events: RunEvent[];
  /** Redacted. */
  output: string;
  next: LogOffsets;
}

export const logStart: LogOffsets = { scalars: 0, system: 0, events: 0, output: 0 };

/**
 * As `readRunData`, but a run in progress on this machine is shown up to its last logged line: the public record follows a
 * second or more behind. Throws ToolError `missing-run`.
 */
export function readLiveRunData(root: string, id: string): RunData {
  const data = readRunData(root, id);
  return isInProgress(root, data.run) ? { ...data, ...readWholeLog(root, id).shown(), ...recentOutput(root, id) } : data;
}

/** As `readChartData`, with the same liveness as `readLiveRunData`. */
export function readLiveChartData(root: string, id: string): ChartData {
  const data = readChartData(root, id);
  const run = readRun(root, id);
  return run !== null && isInProgress(root, run) ? { ...data, ...readWholeLog(root, id).shown() } : data;
}

/** How far a page that is made now has seen the log; all zero when there is none here. */
export function logOffsets(root: string, id: string): LogOffsets {
  return { ...readWholeLog(root, id).seen };
}

/** Is this run going on, with its exact log on this machine? */
export function isInProgress(root: string, run: Run): boolean {
  return (run.status === "running" || run.status === "pending") && existsSync(join(logFolder(root, run.id), "run.json"));
}

/** A run's exact log, accumulated as far as it has been read. Kept between pages: a log may be hundreds of megabytes long. */
interface ReadLog {
  seen: LogOffsets;
  /** Up to this offset of `scalars.jsonl` something has changed what stood before it. */
  rewrittenTo: number;
  trusts: Accumulator["trusts"];
  shown(): Pick<ChartData, "series" | "system" | "events">;
  feed(lines: LogLines): void;
}

/** Some of the exact log as it stands there. */
interface LogLines extends Pick<LogNews, "system" | "events" | "next"> {
  scalars: (ScalarLine | VoidLine)[];
  output: Buffer;
}

const readLogs = new Map<string, ReadLog>();

function readWholeLog(root: string, id: string): ReadLog {
  const key = join(root, id);
  const log = readLogs.get(key) ?? emptyLog();
  readLogs.set(key, log);
  for (;;) {
    const lines = readLines(root, id, { ...log.seen, output: Number.MAX_SAFE_INTEGER });
    const { scalars, system, events } = log.seen;
    log.feed(lines);
    if (scalars === lines.next.scalars && system === lines.next.system && events === lines.next.events) break;
  }
  log.seen.output = statSync(join(logFolder(root, id), "output.log"), { throwIfNoEntry: false })?.size ?? 0;
  return log;
}

/** What stands in the exact log after `from`, as far as one reading goes: `next` says where to go on. */
export function readLogNews(root: string, id: string, from: LogOffsets): LogNews {
  const log = readWholeLog(root, id);
  const lines = readLines(root, id, from);
  return {
    ...lines,
    scalars: lines.scalars.filter((line): line is ScalarLine => !("void" in line) && log.trusts(line.k, line.src)),
    rewritten: from.scalars < log.rewrittenTo,
    output: lines.output.length === 0 ? "" : redactorHere(root, id).text(lines.output.toString("utf8")),
  };
}

/**
 * What stands in the exact log after `from`. Lines that cannot be parsed are skipped: the log may have been torn by a full
 * disk. Only whole lines are given back, so nothing is ever sent twice or in halves.
 */
function readLines(root: string, id: string, from: LogOffsets): LogLines {
  const folder = logFolder(root, id);
  const read = (name: string, offset: number) => readTail(join(folder, name), offset);
  const scalars = read("scalars.jsonl", from.scalars);
  const system = read("system.jsonl", from.system);
  const events = read("events.jsonl", from.events);
  const output = read("output.log", from.output);
  return {
    scalars: parsed(scalars.bytes, parseScalarLine),
    system: parsed(system.bytes, parseSystemLine),
    events: parsed(events.bytes, parseEventLine),
    output: output.bytes,
    next: { scalars: scalars.next, system: system.next, events: events.next, output: output.next },
  };
}

function emptyLog(): ReadLog {
  const lines = accumulate();
  const seen = { ...logStart };
  let rewrittenTo = 0;
  return {
    seen,
    get rewrittenTo() {
      return rewrittenTo;
    },
    trusts: lines.trusts,
    shown: () => ({ series: lines.series(), system: lines.system(), events: lines.events() }),
    feed(read) {
      const { rewrites } = lines;
      for (const line of read.scalars) lines.scalar(line);
      if (lines.rewrites > rewrites) rewrittenTo = read.next.scalars;
      for (const line of read.system) lines.sample(line);
      for (const event of read.events) lines.event(event);
      Object.assign(seen, read.next);
    },
  };
}

function parsed<T>(bytes: Buffer, parse: (line: string) => T): T[] {
  return wholeLines(bytes.toString("utf8")).lines.flatMap((line) => {
    try {
      return [parse(line)];
    } catch {
      return []; // torn by a full disk or a crash: the lines around it still count
    }
  });
}

/** What the program printed last, in whole lines, redacted, and where in the log it ends. */
function recentOutput(root: string, id: string): Pick<RunData, "output" | "outputOffset"> {
  const path = join(logFolder(root, id), "output.log");
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  const { bytes, next } = readTail(path, Math.max(0, size - OUTPUT_BYTES));
  const text = bytes.toString("utf8");
  const output = redactorHere(root, id).text(size > OUTPUT_BYTES ? text.slice(text.indexOf("\n") + 1) : text);
  return { output, outputOffset: next };
}
