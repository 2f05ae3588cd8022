/**
 * The lines of the exact log in `runs/<id>/.guild/`. Each line is one JSON object; times are whole microseconds since the
 * run's start, measured by a clock that never jumps. `parse…` throw ToolError `invalid-run-file`; a reader skips a bad line.
 */
import { eventText, parseEvent } from "./events-file.ts";
import { encodeNumber } from "./numbers.ts";
import { SCALAR_SOURCES } from "./run-file.ts";
import { finite, invalid, mapValues, number, object, oneOf, orElse, orNull, text } from "./shape.ts";
import type { RunEvent, ScalarSource } from "./types.ts";

/** One line of `scalars.jsonl`. */
export interface ScalarLine {
  t: number;
  /** The tag. */
  k: string;
  v: number;
  step: number;
  src: ScalarSource;
}

/**
 * Another kind of line of `scalars.jsonl`: the program has begun again, and what `src` has told of this tag so far, at step `void`
 * or later, no longer counts. The lines themselves stay; a summary or a chart is made without them.
 */
export interface VoidLine {
  t: number;
  k: string;
  void: number;
  src: ScalarSource;
}

/** One line of `system.jsonl`: one sample, with what could be read in it. Also the recorder's heartbeat. */
export interface SystemLine {
  t: number;
  v: Record<string, number>;
}

/** Which stream a piece of output came from: `o` stdout, `e` stderr, `t` both through one pipe or terminal. */
export type OutputStream = "o" | "e" | "t";

/** One line of `output.idx.jsonl`: bytes `o` to `o + n` of `output.log`. */
export interface OutputLine {
  t: number;
  s: OutputStream;
  o: number;
  n: number;
}

export function parseScalarLine(line: string): ScalarLine | VoidLine {
  const raw = object(parseJson(line), "scalars.jsonl");
  const t = finite(raw.t, "t");
  const k = text(raw.k, "k");
  const src = orElse(raw.src, "src", (value, key) => oneOf(value, SCALAR_SOURCES, key), "out");
  if (raw.void !== undefined) return { t, k, void: number(raw.void, "void"), src };
  return { t, k, v: number(raw.v, "v"), step: number(raw.step, "step"), src };
}

export function formatScalarLine(line: ScalarLine | VoidLine): string {
  const { t, k, src } = line;
  if ("void" in line) return `${JSON.stringify({ t, k, void: encodeNumber(line.void), src })}\n`;
  const { v, step } = line;
  return `${JSON.stringify({ t, k, v: encodeNumber(v), step: encodeNumber(step), src })}\n`;
}

export function parseSystemLine(line: string): SystemLine {
  const raw = object(parseJson(line), "system.jsonl");
  return { t: finite(raw.t, "t"), v: mapValues(object(raw.v, "v"), (value, tag) => number(value, tag)) };
}

export function formatSystemLine(line: SystemLine): string {
  return `${JSON.stringify({ t: line.t, v: mapValues(line.v, encodeNumber) })}\n`;
}

export function parseOutputLine(line: string): OutputLine {
  const raw = object(parseJson(line), "output.idx.jsonl");
  return {
    t: finite(raw.t, "t"),
    s: oneOf(raw.s, ["o", "e", "t"], "s"),
    o: finite(raw.o, "o"),
    n: finite(raw.n, "n"),
  };
}

export function formatOutputLine(line: OutputLine): string {
  return `${JSON.stringify({ t: line.t, s: line.s, o: line.o, n: line.n })}\n`;
}

/** One line of `events.jsonl`. Its `t` is in seconds since the start, as in `events.json`. */
export function parseEventLine(line: string): RunEvent {
  const event = parseEvent(parseJson(line), "events.jsonl");
  return { ...event, step: orNull(event.step, "step", finite) };
}

export function formatEventLine(event: RunEvent): string {
  return `${eventText(event)}\n`;
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw invalid("a JSON object", "line", line);
  }
}
