import type { Accumulator } from "../../src/run/accumulate.ts";
import type { OutputStream } from "../../src/run/log-lines.ts";
import type { ExactLog } from "./exact-log.ts";
import { makeDetector } from "./scalars/detector.ts";
import { type LineReader, makeLineReader } from "./scalars/line-reader.ts";
import type { StepClock } from "./step-clock.ts";

export interface OutputReading {
  /** Reads a piece of output that came `t` microseconds after the start. */
  push(stream: OutputStream, chunk: Uint8Array, t: number): void;
  /** Reads what was left without a newline. */
  end(t: number): void;
}

/** Finds scalars and events in what is printed, and puts them into the exact log and the summaries. One reader for each stream. */
export function readOutput(flagNames: readonly string[], log: ExactLog, summaries: Accumulator, steps: StepClock): OutputReading {
  const detector = makeDetector(flagNames);
  const readers = new Map<OutputStream, LineReader>();
  const readerOf = (stream: OutputStream): LineReader => {
    const reader = readers.get(stream) ?? makeLineReader();
    readers.set(stream, reader);
    return reader;
  };
  const take = (t: number, feed: (onLine: (line: string) => void) => void): void => {
    const found: Parameters<ExactLog["scalars"]>[0][number][] = [];
    feed((line) => {
      const { scalars, events } = detector.line(line, t);
      if (detector.step !== null) steps.set(detector.step, t / 1e6);
      for (const scalar of scalars) {
        found.push(scalar);
        summaries.scalar(scalar);
      }
      for (const event of events) {
        log.event(event);
        summaries.event(event);
      }
    });
    log.scalars(found);
  };
  return {
    push(stream, chunk, t) {
      const reader = readerOf(stream);
      take(t, (onLine) => reader.push(chunk, onLine));
    },
    end(t) {
      for (const reader of readers.values()) take(t, (onLine) => reader.end(onLine));
    },
  };
}
