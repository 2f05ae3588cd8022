import { closeSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import {
  formatEventLine,
  formatOutputLine,
  formatScalarLine,
  formatSystemLine,
  type OutputStream,
  type ScalarLine,
  type SystemLine,
  type VoidLine,
} from "../../src/run/log-lines.ts";
import type { RunEvent } from "../../src/run/types.ts";

/** The append-only files of `runs/<id>/.guild/`. Every call has reached the system when it returns: no buffer of ours to lose. */
export interface ExactLog {
  output(stream: OutputStream, chunk: Uint8Array, t: number): void;
  scalars(lines: readonly (ScalarLine | VoidLine)[]): void;
  sample(line: SystemLine): void;
  event(event: RunEvent): void;
  close(): void;
}

/**
 * Opens the log of a new run. A write that fails later (a full disk) is told once to `warn`; that file is then left as it is
 * and the run goes on.
 */
export function openExactLog(folder: string, warn: (message: string) => void): ExactLog {
  const output = appendTo(join(folder, "output.log"), warn);
  const index = appendTo(join(folder, "output.idx.jsonl"), warn);
  const scalars = appendTo(join(folder, "scalars.jsonl"), warn);
  const system = appendTo(join(folder, "system.jsonl"), warn);
  // Events are rare, and many runs have none: their file is made with the first.
  let events: Appender | null = null;
  return {
    output(stream, chunk, t) {
      const at = output.size;
      if (output.append(chunk)) index.append(formatOutputLine({ t, s: stream, o: at, n: chunk.length }));
    },
    scalars(lines) {
      if (lines.length > 0) scalars.append(lines.map(formatScalarLine).join(""));
    },
    sample: (line) => void system.append(formatSystemLine(line)),
    event(event) {
      events ??= appendTo(join(folder, "events.jsonl"), warn);
      events.append(formatEventLine(event));
    },
    close() {
      for (const file of [output, index, scalars, system, events]) file?.close();
    },
  };
}

interface Appender {
  readonly size: number;
  /** False when it could not be written. */
  append(data: Uint8Array | string): boolean;
  close(): void;
}

function appendTo(path: string, warn: (message: string) => void): Appender {
  let file: number | null = null;
  let size = 0;
  const fail = (error: unknown): boolean => {
    if (file !== null) closeSync(file);
    file = null;
    warn(`Not everything is recorded: cannot write ${path}: ${error instanceof Error ? error.message : String(error)}`);
    return false;
  };
  try {
    file = openSync(path, "a");
  } catch (error) {
    fail(error);
  }
  return {
    get size() {
      return size;
    },
    append(data) {
      if (file === null) return false;
      const bytes = typeof data === "string" ? Buffer.from(data) : data;
      try {
        for (let at = 0; at < bytes.length; ) {
          const written = writeSync(file, bytes, at);
          at += written;
          size += written;
        }
        return true;
      } catch (error) {
        return fail(error);
      }
    },
    close() {
      if (file !== null) closeSync(file);
      file = null;
    },
  };
}
