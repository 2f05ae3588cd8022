import type { OutputStream } from "../../src/run/log-lines.ts";
import { NO_RULES, type OutputRules } from "../../src/run/output-rules.ts";
import { type Detected, type Line, makeDetector } from "./scalars/detector.ts";
import { fullAllowance, LINES_PER_SECOND, type LineBudget, makeLineBudget } from "./scalars/line-budget.ts";
import { type LineReader, makeLineReader } from "./scalars/line-reader.ts";
import { makeRules } from "./scalars/rules.ts";
import type { Ledger } from "./sources/_contract.ts";

export interface OutputReading {
  /** Reads a piece of output that came `t` microseconds after the start. */
  push(stream: OutputStream, chunk: Uint8Array, t: number): void;
  /** Reads what was left without a newline. */
  end(t: number): void;
  /** Lines that came too fast to be looked at. */
  readonly passedOver: number;
}

export interface OutputReadingOptions {
  flagNames: readonly string[];
  rules?: OutputRules | undefined;
  /** Called for each line with what was made of it, for people who ask. */
  onLine?: (line: Line, detected: Detected) => void;
  /** False reads every line, however fast it comes. */
  bounded?: boolean;
  /** Reads a large piece part by part, one a turn of the event loop, so that what the command prints next does not wait for it. */
  inTurns?: boolean;
}

/** What is needed of the ledger. */
export type OutputLedger = Pick<Ledger, "scalars" | "event" | "steps" | "warn">;

/** A piece of output that takes so long, and so long for each of its lines, is out of the ordinary (60 times what a line takes). */
const SLOW_PIECE_MS = 50;
const SLOW_LINE_MS = 0.5;
/** Each of its milliseconds costs so many lines: a quarter of the time at most is spent on such output. */
const LINES_PER_SLOW_MS = (4 * LINES_PER_SECOND) / 1000;

/** So much is read in one turn: some hundred lines. */
const TURN_BYTES = 8 * 1024;

interface Stream {
  budget: LineBudget;
  reader: LineReader;
}

/**
 * Finds scalars and events in what is printed, and puts them into the ledger: lines are put together for each stream, rules
 * of the user's are asked, then what is built in. Beyond 5,000 lines a second a part of the lines is looked at.
 */
export function readOutput(
  { flagNames, rules = NO_RULES, onLine, bounded = true, inTurns = false }: OutputReadingOptions,
  ledger: OutputLedger,
): OutputReading {
  const detector = makeDetector({ flagNames, builtIn: rules.builtIn });
  const matcher = rules.rules.length === 0 ? null : makeRules(rules.rules, ledger.warn);
  const allowance = fullAllowance();
  const streams = new Map<OutputStream, Stream>();
  const streamOf = (name: OutputStream): Stream => {
    const stream = streams.get(name) ?? { budget: makeLineBudget(allowance), reader: makeLineReader() };
    streams.set(name, stream);
    return stream;
  };

  const look = (lines: readonly Line[]): void => {
    const matches = matcher?.match(lines.map(({ text }) => text));
    const detected = lines.map((line, index) => {
      const asked = matches === undefined ? line : { ...line, rules: matches[index] ?? [] };
      const made = detector.line(asked);
      if (detector.step !== null && (made.scalars.length > 0 || made.events.length > 0))
        ledger.steps.set(detector.step, line.t / 1e6);
      onLine?.(line, made);
      return made;
    });
    keep(detected);
  };
  const keep = (detected: readonly Detected[]): void => {
    for (const { events } of detected) for (const event of events) ledger.event(event);
    const scalars = detected.flatMap((made) => made.scalars);
    if (scalars.length > 0) ledger.scalars(scalars);
  };
  const linesOf = (stream: OutputStream, t: number, feed: (onLine: (text: string, live: boolean) => void) => void): Line[] => {
    const lines: Line[] = [];
    feed((text, live) => lines.push({ text, t, stream, live }));
    return lines;
  };

  const readPart = ({ name, bytes, t }: Part): void => {
    const before = performance.now();
    const lines = linesOf(name, t, (onText) => streamOf(name).reader.push(bytes, t, onText));
    look(lines);
    const spent = performance.now() - before;
    // Lines made to be slow are paid for with those that come after them; ordinary ones never are.
    if (spent > SLOW_PIECE_MS && spent > SLOW_LINE_MS * lines.length) allowance.left -= spent * LINES_PER_SLOW_MS;
  };
  const parts = inTurns ? takeTurns(readPart) : { add: readPart, finish: () => {} };
  const partBytes = inTurns ? TURN_BYTES : Number.POSITIVE_INFINITY;

  return {
    push(name, chunk, t) {
      const bytes = bounded ? streamOf(name).budget.admit(chunk, t) : chunk;
      for (let at = 0; bytes !== null && at < bytes.length; at += partBytes)
        parts.add({ name, bytes: bytes.subarray(at, at + partBytes), t });
    },
    end(t) {
      parts.finish();
      for (const [name, { budget, reader }] of streams) {
        look(
          linesOf(name, t, (onText) => {
            const last = budget.end();
            if (last !== null) reader.push(last, t, onText);
            reader.end(onText);
          }),
        );
      }
      keep([detector.end(t)]);
      const lines = this.passedOver;
      if (lines > 0) {
        ledger.warn(
          `${lines.toLocaleString("en")} lines came faster than they are searched for scalars (${LINES_PER_SECOND.toLocaleString("en")} a second) and were passed over; all are in the log`,
        );
      }
    },
    get passedOver() {
      return [...streams.values()].reduce((sum, { budget }) => sum + budget.passedOver, 0);
    },
  };
}

interface Part {
  name: OutputStream;
  bytes: Uint8Array;
  t: number;
}

/**
 * Does work part by part, in order: the first at once, those that come with it one a turn of the event loop. What a part throws is
 * thrown to whoever adds the next, or finishes.
 */
function takeTurns(work: (part: Part) => void): { add(part: Part): void; finish(): void } {
  const waiting: Part[] = [];
  let turn: NodeJS.Immediate | null = null;
  let broken: { error: unknown } | null = null;
  const next = (): void => {
    turn = null;
    const part = waiting.shift();
    if (part === undefined) return;
    try {
      work(part);
      // A turn without a part too: what is added before it comes belongs to the same burst.
      turn = setImmediate(next);
    } catch (error) {
      broken = { error };
    }
  };
  return {
    add(part) {
      if (broken !== null) throw broken.error;
      if (turn === null) {
        work(part);
        turn = setImmediate(next);
      } else waiting.push(part);
    },
    finish() {
      if (turn !== null) clearImmediate(turn);
      turn = null;
      if (broken !== null) throw broken.error;
      for (const part of waiting.splice(0)) work(part);
    },
  };
}
