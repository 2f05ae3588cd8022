import type { RawNumber } from "../run/numbers.ts";
import type { RunEvent } from "../run/types.ts";

/** `[tag, step, seconds since the start, value]`; non-finite numbers as in the files. */
export type RawPoint = [tag: string, step: RawNumber, t: number, value: RawNumber];

/** What a run has logged. `rewritten`: what the page has of its past holds no longer, and is to be fetched again. */
export interface LogMessage {
  kind: "log";
  run: string;
  series: RawPoint[];
  system: RawPoint[];
  events: RunEvent[];
  output: string;
  rewritten: boolean;
}

/** What the live view sends to an open page. */
export type LiveMessage =
  | LogMessage
  /** The run's public record is new, changed or gone. */
  | { kind: "record"; run: string };
