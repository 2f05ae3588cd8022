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
import { type Appender, appendTo } from "./appender.ts";

/** The append-only files of `runs/<id>/.guild/`. Every call has reached the system when it returns: no buffer of ours to lose. */
export interface ExactLog {
  output(stream: OutputStream, chunk: Uint8Array, t: number): void;
  scalars(lines: readonly (ScalarLine | VoidLine)[]): void;
  sample(line: SystemLine): void;
  event(event: RunEvent): void;
  /** How long `output.log` is. */
  readonly outputBytes: number;
  /** Bytes of output that could not be kept, because the disk was full for instance. */
  readonly lostBytes: number;
  close(): void;
}

/**
 * Opens the log of a run, which may hold what another recorder has written. A write that fails (a full disk) is told once to
 * `warn`; it is tried again later, and the run goes on.
 */
export function openExactLog(folder: string, warn: (message: string) => void): ExactLog {
  const output = appendTo(join(folder, "output.log"), { lines: false, warn });
  const linesOf = (name: string): Appender => appendTo(join(folder, name), { lines: true, warn });
  const index = linesOf("output.idx.jsonl");
  const scalars = linesOf("scalars.jsonl");
  const system = linesOf("system.jsonl");
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
      events ??= linesOf("events.jsonl");
      events.append(formatEventLine(event));
    },
    get outputBytes() {
      return output.size;
    },
    get lostBytes() {
      return output.lost;
    },
    close() {
      for (const file of [output, index, scalars, system, events]) file?.close();
    },
  };
}
