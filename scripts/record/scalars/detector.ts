import type { ScalarLine } from "../../../src/run/log-lines.ts";
import type { RunEvent } from "../../../src/run/types.ts";
import type { Form, NamedValue, Position } from "./form.ts";
import { jsonLine } from "./json-line.ts";
import { pairs } from "./pairs.ts";
import { plainText } from "./plain-text.ts";
import { pythonDict } from "./python-dict.ts";
import { isMetric } from "./vocabulary.ts";
import { wholeLine } from "./whole-line.ts";

/** The forms in the order in which they are asked; the first that knows a line has it. A further form is one more file. */
const FORMS: readonly Form[] = [jsonLine, pythonDict, wholeLine, pairs];

export interface Detected {
  scalars: ScalarLine[];
  events: RunEvent[];
}

export interface Detector {
  /** Looks at one line, printed at `t` microseconds after the start. */
  line(text: string, t: number): Detected;
  /** The step at which the program is now, as far as it said; null before it said anything. */
  readonly step: number | null;
}

/**
 * Turns printed lines into scalars with steps, and into events (epochs, evaluations).
 *
 * A step word sets the step of its line and of the lines after it; the finest word that was seen counts, unless it starts
 * anew in each epoch. Before any step word there is Guild's implied step: 0, and one more whenever a key repeats.
 * Keys that nobody knows as measurements wait until they come again at another step; then the first value counts too.
 * Keys that are flags are left out on lines without a step word: those print a configuration.
 */
export function makeDetector(flagNames: readonly string[]): Detector {
  const flags = new Set(flagNames.map(plainName));
  const waiting = new Map<string, ScalarLine>();
  const known = new Set<string>();
  const place = makePlace();

  return {
    line(raw, t) {
      const text = plainText(raw);
      const found = text === "" ? null : firstFound(text);
      if (found === null) return NOTHING;
      const placed = found.position.epoch !== null || found.position.step !== null;
      const named = placed ? found.values : found.values.filter(({ key }) => !flags.has(plainName(key)));
      const { step, epochChanged } = place.move(found.position, named);
      const events: RunEvent[] = [];
      if (epochChanged) events.push({ step: place.now, t: t / 1e6, kind: "epoch", detail: String(found.position.epoch) });
      else if (isEvaluation(found.position, named))
        events.push({ step, t: t / 1e6, kind: "eval", detail: named.map(({ key }) => key).join(", ") });
      return { scalars: named.flatMap((value) => settled(value, step, t)), events };
    },
    get step() {
      return place.now;
    },
  };

  /** What of this value may be logged now: nothing while it waits, two lines when it stops waiting. */
  function settled({ key, value, sure }: NamedValue, step: number, t: number): ScalarLine[] {
    const line: ScalarLine = { t, k: key, v: value, step, src: "out" };
    const first = waiting.get(key);
    if (sure || known.has(key)) {
      known.add(key);
      waiting.delete(key);
      return first === undefined ? [line] : [first, line];
    }
    if (first === undefined || first.step === step) {
      if (first === undefined && waiting.size < 1000) waiting.set(key, line);
      return [];
    }
    known.add(key);
    waiting.delete(key);
    return [first, line];
  }
}

const NOTHING: Detected = { scalars: [], events: [] };

function firstFound(text: string): ReturnType<Form> {
  for (const form of FORMS) {
    const found = form(text);
    if (found !== null) return found;
  }
  return null;
}

interface Place {
  /** Null before any step word. */
  readonly now: number | null;
  /** Moves to where a line is and gives the step of its values. */
  move(position: Position, values: readonly NamedValue[]): { step: number; epochChanged: boolean };
}

function makePlace(): Place {
  let now: number | null = null;
  let epoch: number | null = null;
  let fine: number | null = null;
  let local = false;
  let implied = 0;
  let sinceImplied = new Set<string>();
  return {
    get now() {
      return now;
    },
    move(position, values) {
      const epochChanged = position.epoch !== null && (epoch === null || Math.floor(position.epoch) !== Math.floor(epoch));
      if (position.epoch !== null) epoch = position.epoch;
      if (position.step !== null) {
        local ||= position.local || (fine !== null && position.step < fine && epoch !== null);
        fine = position.step;
        now = position.step;
      } else if (position.epoch !== null && (fine === null || local)) now = position.epoch;
      if (now !== null) return { step: now, epochChanged };
      if (values.some(({ key }) => sinceImplied.has(key))) {
        implied += 1;
        sinceImplied = new Set();
      }
      for (const { key } of values) sinceImplied.add(key);
      return { step: implied, epochChanged };
    },
  };
}

/** A line of nothing but validation or test metrics, without an epoch of its own. */
function isEvaluation(position: Position, values: readonly NamedValue[]): boolean {
  if (position.epoch !== null || values.length === 0) return false;
  return values.every(({ key }) => /^(?:val|valid|validation|test|eval)(?:[/_. -]|$)/i.test(key) && isMetric(key));
}

/** `--batch-size` and `batch_size` are the same flag. */
function plainName(name: string): string {
  return name.replace(/^-+/, "").replaceAll("-", "_").toLowerCase();
}
