import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { accumulate } from "../run/accumulate.ts";
import { wholeLines } from "../run/lines.ts";
import { parseEventLine, parseScalarLine, parseSystemLine, type ScalarLine, type SystemLine } from "../run/log-lines.ts";
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
  scalars: ScalarLine[];
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
  shown(): Pick<ChartData, "series" | "system" | "events">;
  feed(news: LogNews): void;
}

const readLogs = new Map<string, ReadLog>();

function readWholeLog(root: string, id: string): ReadLog {
  const key = join(root, id);
  const log = readLogs.get(key) ?? emptyLog();
  readLogs.set(key, log);
  for (;;) {
    const news = readLogNews(root, id, { ...log.seen, output: Number.MAX_SAFE_INTEGER });
    const { scalars, system, events } = log.seen;
    log.feed(news);
    if (scalars === news.next.scalars && system === news.next.system && events === news.next.events) break;
  }
  log.seen.output = statSync(join(logFolder(root, id), "output.log"), { throwIfNoEntry: false })?.size ?? 0;
  return log;
}

/**
 * What stands in the exact log after `from`. Lines that cannot be parsed are skipped: the log may have been torn by a full
 * disk. Only whole lines are given back, so nothing is ever sent twice or in halves.
 */
export function readLogNews(root: string, id: string, from: LogOffsets): LogNews {
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
    output: output.bytes.length === 0 ? "" : redactorHere(root, id).text(output.bytes.toString("utf8")),
    next: { scalars: scalars.next, system: system.next, events: events.next, output: output.next },
  };
}

function emptyLog(): ReadLog {
  const lines = accumulate();
  const seen = { ...logStart };
  return {
    seen,
    shown: () => ({ series: lines.series(), system: lines.system(), events: lines.events() }),
    feed(news) {
      for (const line of news.scalars) lines.scalar(line);
      for (const line of news.system) lines.sample(line);
      for (const event of news.events) lines.event(event);
      Object.assign(seen, news.next);
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
