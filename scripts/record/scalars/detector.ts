import type { OutputStream, ScalarLine } from "../../../src/run/log-lines.ts";
import type { RunEvent } from "../../../src/run/types.ts";
import { FAMILIES } from "./families.ts";
import { type Form, type Found, type NamedValue, NOWHERE, type Passed, type Position } from "./form.ts";
import { withoutPrefix } from "./log-prefix.ts";
import { makePlace } from "./place.ts";
import { plainText } from "./plain-text.ts";
import type { RuleMatch } from "./rule-match.ts";
import { isMetric } from "./vocabulary.ts";

export interface Detected {
  scalars: ScalarLine[];
  events: RunEvent[];
  /** What was made of the line, for people who ask; one for each form that had something to say. */
  readings: Reading[];
}

/** What a form read in a line, and what became of it. */
export interface Reading {
  /** The form's name, or the rule. */
  form: string;
  position: Position;
  step: number;
  /** Nobody said a step: it was counted. */
  implied: boolean;
  values: { key: string; value: number; fate: Fate }[];
  passed: readonly Passed[];
}

/** `taken`; `waiting` for another step; `flag` of the run; `elsewhere`: a rule of the user's takes this key; `rank`: another process prints the same. */
export type Fate = "taken" | "waiting" | "flag" | "elsewhere" | "rank";

export interface Line {
  text: string;
  /** Microseconds after the start. */
  t: number;
  stream: OutputStream;
  /** A frame of a progress bar that will be drawn again. */
  live: boolean;
  /** What rules of the user's have found in it. */
  rules?: readonly RuleMatch[];
}

export interface Detector {
  line(line: Line): Detected;
  /** Reads what a table has kept back, when no further line will come. */
  end(t: number): Detected;
  /** The step at which the program is now, as far as it said; null before it said anything. */
  readonly step: number | null;
}

export interface DetectorOptions {
  /** Keys that are flags are left out on lines without a step word: those print a configuration. */
  flagNames: readonly string[];
  /** False when the user has switched off what is built in. */
  builtIn?: boolean;
}

/** So many keys wait for their second value, and so many are remembered. */
const KEYS = 1000;

/**
 * Turns printed lines into scalars with steps, and into events (epochs, evaluations).
 *
 * A line that a rule of the user's has taken is not looked at further. Else the first form of `families.ts` that knows it has it.
 * Keys that nobody knows as measurements wait until they come again at another step; then the first value counts too.
 */
export function makeDetector({ flagNames, builtIn = true }: DetectorOptions): Detector {
  const flags = new Set(flagNames.map(plainName));
  const waiting = new Map<string, ScalarLine>();
  const known = new Set<string>();
  const byRule = new Set<string>();
  const forms = new Map<OutputStream, { name: string; form: Form }[]>();
  const place = makePlace();
  let rankTaken: number | null = null;

  const formsOf = (stream: OutputStream) => {
    const opened = forms.get(stream) ?? FAMILIES.map(({ name, open }) => ({ name, form: open() }));
    forms.set(stream, opened);
    return opened;
  };

  /** Asks the forms in turn; what stood in lines before comes first. */
  const ask = (stream: OutputStream, text: string, live: boolean): { name: string; found: Found }[] => {
    const answers: { name: string; found: Found }[] = [];
    for (const { name, form } of formsOf(stream)) {
      const found = form(text, live);
      if (found === null) continue;
      answers.push({ name, found });
      if (found.before === undefined) break;
    }
    return answers;
  };

  const take = (name: string, found: Found, t: number, rank: number | null, detected: Detected): void => {
    const placed = found.position.epoch !== null || found.position.step !== null;
    const read = found.values.map((named): { named: NamedValue; fate: Fate | null } => {
      if (byRule.has(named.key)) return { named, fate: "elsewhere" };
      if (!placed && flags.has(plainName(named.key))) return { named, fate: "flag" };
      if (rank !== null && rankTaken !== null && rank !== rankTaken) return { named, fate: "rank" };
      return { named, fate: null };
    });
    const values = read.filter(({ fate }) => fate === null).map(({ named }) => named);
    if (values.length > 0 && rank !== null) rankTaken ??= rank;
    const { step, implied, epochChanged } = place.move(found.position, values);
    if (epochChanged) detected.events.push({ step: place.now, t: t / 1e6, kind: "epoch", detail: String(found.position.epoch) });
    else if (isEvaluation(found.position, values))
      detected.events.push({ step, t: t / 1e6, kind: "eval", detail: values.map(({ key }) => key).join(", ") });
    const reading: Reading = { form: name, position: found.position, step, implied, values: [], passed: found.passed };
    for (const { named, fate } of read) {
      const lines = fate === null ? settled(named, step, t) : [];
      detected.scalars.push(...lines);
      reading.values.push({ key: named.key, value: named.value, fate: fate ?? (lines.length > 0 ? "taken" : "waiting") });
    }
    detected.readings.push(reading);
  };

  /** What of this value may be logged now: nothing while it waits, two lines when it stops waiting. */
  const settled = ({ key, value, sure }: NamedValue, step: number, t: number): ScalarLine[] => {
    const line: ScalarLine = { t, k: key, v: value, step, src: "out" };
    const first = waiting.get(key);
    if (sure || known.has(key)) {
      if (known.size < KEYS) known.add(key);
      waiting.delete(key);
      return first === undefined ? [line] : [first, line];
    }
    if (first === undefined || first.step === step) {
      if (first === undefined && waiting.size < KEYS) waiting.set(key, line);
      return [];
    }
    if (known.size < KEYS) known.add(key);
    waiting.delete(key);
    return [first, line];
  };

  /** What rules found counts as it is. */
  const takeMatches = (matches: readonly RuleMatch[], t: number, detected: Detected): void => {
    for (const { rule, step: said, values } of matches) {
      if (said !== null) place.pin(said);
      for (const { key } of values) byRule.add(key);
      const named = values.map(({ key, value }): NamedValue => ({ key, value, sure: true }));
      const { step, implied } = place.move(NOWHERE, named);
      detected.scalars.push(...values.map(({ key, value }): ScalarLine => ({ t, k: key, v: value, step, src: "rule" })));
      detected.readings.push({
        form: `rule ${rule}`,
        position: { ...NOWHERE, step: said },
        step,
        implied,
        values: values.map(({ key, value }) => ({ key, value, fate: "taken" })),
        passed: [],
      });
    }
  };

  return {
    line({ text: raw, t, stream, live, rules = [] }) {
      const detected: Detected = { scalars: [], events: [], readings: [] };
      takeMatches(rules, t, detected);
      // A rule that has said nothing but the step leaves the numbers to the others.
      if (rules.some(({ values }) => values.length > 0)) return detected;
      if (!builtIn) return detected;
      const plain = plainText(raw);
      const { text, rank } = withoutPrefix(plain);
      for (const { name, found } of ask(stream, text, live)) take(name, found, t, rank, detected);
      return detected;
    },
    end(t) {
      const detected: Detected = { scalars: [], events: [], readings: [] };
      for (const stream of forms.keys())
        for (const { name, found } of ask(stream, "", false)) take(name, found, t, null, detected);
      return detected;
    },
    get step() {
      return place.now;
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
