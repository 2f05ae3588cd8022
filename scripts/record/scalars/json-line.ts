import { type Form, type Found, type NamedValue, NOWHERE, type Position } from "./form.ts";
import { positionOf } from "./step-words.ts";
import { isMetric, isNotMeasured } from "./vocabulary.ts";

/** Nested objects are followed so deep; lists are not numbers of a step and are left alone. */
const DEPTH = 4;

/**
 * A line that is one JSON object: `{"step": 5, "loss": 0.3, "meta": {"lr": 0.001}}` names `loss` and `meta/lr` at step 5.
 *
 * Python writes NaN and Infinity into JSON; they are understood. With a step word every number counts at once; without
 * one only known metrics do, for an object may also be a printed configuration.
 */
export const jsonLine: Form = (line) => {
  if (!line.startsWith("{") || !line.endsWith("}")) return null;
  const raw = parse(line);
  return raw === null ? null : foundIn(flatten(raw, "", DEPTH));
};

/** What an object of numbers says: its step words place it. */
export function foundIn(numbers: [string, number][]): Found {
  const position = numbers.reduce<Position>((sofar, [key, value]) => merge(sofar, positionOf(key, value)), NOWHERE);
  const placed = position.epoch !== null || position.step !== null;
  const values = numbers
    .filter(([key, value]) => positionOf(key, value) === null)
    .filter(([key]) => placed || !isNotMeasured(key))
    .map(([key, value]): NamedValue => ({ key, value, sure: placed || isMetric(key) }));
  return { values, position };
}

function parse(line: string): object | null {
  const raw = parsed(line) ?? parsed(line.replace(PYTHON_NUMBERS, '$1"$2"'));
  return typeof raw === "object" && raw !== null && !Array.isArray(raw) ? raw : null;
}

const PYTHON_NUMBERS = /([:[,]\s{0,9})(-?Infinity|NaN)(?=\s*[,\]}])/g;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // a brace at either end does not make it JSON
  }
}

function flatten(object: object, prefix: string, depth: number): [string, number][] {
  return Object.entries(object).flatMap(([name, value]: [string, unknown]): [string, number][] => {
    const key = prefix + name;
    if (typeof value === "number") return [[key, value]];
    if (value === "NaN" || value === "Infinity" || value === "-Infinity") return [[key, Number(value)]];
    if (typeof value === "object" && value !== null && !Array.isArray(value) && depth > 1)
      return flatten(value, `${key}/`, depth - 1);
    return [];
  });
}

function merge(sofar: Position, next: Position | null): Position {
  return next === null ? sofar : { epoch: sofar.epoch ?? next.epoch, step: sofar.step ?? next.step, local: false };
}
