import type { OutputStream, ScalarLine } from "../../src/run/log-lines.ts";
import { makeDetector } from "./scalars/detector.ts";
import { type LineReader, makeLineReader } from "./scalars/line-reader.ts";
import type { Ledger } from "./sources/_contract.ts";

export interface OutputReading {
  /** Reads a piece of output that came `t` microseconds after the start. */
  push(stream: OutputStream, chunk: Uint8Array, t: number): void;
  /** Reads what was left without a newline. */
  end(t: number): void;
}

/** Finds scalars and events in what is printed, and puts them into the ledger. One reader for each stream. */
export function readOutput(flagNames: readonly string[], ledger: Ledger): OutputReading {
  const detector = makeDetector(flagNames);
  const readers = new Map<OutputStream, LineReader>();
  const readerOf = (stream: OutputStream): LineReader => {
    const reader = readers.get(stream) ?? makeLineReader();
    readers.set(stream, reader);
    return reader;
  };
  const take = (t: number, feed: (onLine: (line: string) => void) => void): void => {
    const found: ScalarLine[] = [];
    feed((line) => {
      const { scalars, events } = detector.line(line, t);
      if (detector.step !== null) ledger.steps.set(detector.step, t / 1e6);
      found.push(...scalars);
      for (const event of events) ledger.event(event);
    });
    ledger.scalars(found);
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
