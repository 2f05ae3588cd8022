/** What one `name=value` of a batch stands for: one value, several, or a space to search. */
import { ToolError } from "../../../src/run/error.ts";
import { splitList } from "../../../src/run/flags.ts";
import { type SequenceName, sequence, sequenceNames } from "./sequence.ts";

/** Numbers between two bounds, both included. */
export interface Space {
  distribution: "uniform" | "loguniform";
  low: number;
  high: number;
  /** Only whole numbers: both bounds are. */
  whole: boolean;
  /** What the first trial has; null leaves it to chance. */
  initial: number | null;
}

/** Values are texts as one would type them: the flag's type decodes them, trial by trial. */
export type Domain = { kind: "one"; text: string } | { kind: "values"; texts: string[] } | { kind: "space"; space: Space };

const NUMBER = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/;

/**
 * Reads the text behind `name=`: `[a, b]`, `[1,2]*3`, `range[…]`, `linspace[…]`, `logspace[…]`, `[low:high]`, `uniform[low:high]`
 * and `loguniform[low:high]`, each with an optional initial value. Anything else is one value, and so is `train[0:100]`.
 *
 * Throws ToolError `invalid-flag-values` (exit code 2) that names the flag.
 */
export function domainOf(name: string, text: string): Domain {
  const named = /^(range|linspace|logspace|uniform|loguniform)\[(.*)\]$/s.exec(text);
  if (named !== null) return functionDomain(name, text, named[1] ?? "", named[2] ?? "");
  const repeated = /^(\[.*\])\s*\*\s*(\d{1,6})$/s.exec(text);
  const list = repeated?.[1] ?? text;
  if (!list.startsWith("[") || !list.endsWith("]")) return { kind: "one", text };
  const items = splitList(list.slice(1, -1));
  if (items === null) return { kind: "one", text };
  const [only = ""] = items;
  // `[0.1:1]` is a space, `[12:30, 14:00]` a list of times, `[train:test]` a list of one.
  if (repeated === null && items.length === 1 && isSpace(only)) return functionDomain(name, text, "uniform", only);
  const values = items.flatMap((item) => itemTexts(name, text, item));
  const times = Number(repeated?.[2] ?? 1);
  if (values.length * times === 0) throw invalid(name, text, "expected at least one value");
  return { kind: "values", texts: Array.from({ length: times }, () => values).flat() };
}

function isSpace(item: string): boolean {
  const parts = item.split(":");
  return parts.length >= 2 && parts.some((part) => NUMBER.test(part.trim()));
}

/** A list may hold sequences; spaces have no place in it. */
function itemTexts(name: string, text: string, item: string): string[] {
  if (item.startsWith("[")) return [item];
  const domain = domainOf(name, item);
  if (domain.kind === "space") throw invalid(name, text, `expected values in the list, found the space ${item}`);
  return domain.kind === "one" ? [item] : domain.texts;
}

function functionDomain(name: string, text: string, what: string, inner: string): Domain {
  const numbers = inner.split(":").map((part) => {
    if (!NUMBER.test(part.trim()))
      throw invalid(name, text, `expected numbers between colons, found ${JSON.stringify(part.trim())}`);
    return Number(part);
  });
  if (isSequence(what)) {
    try {
      return { kind: "values", texts: sequence(what, numbers).map(String) };
    } catch (error) {
      throw invalid(name, text, error instanceof RangeError ? error.message : String(error));
    }
  }
  const [low = 0, high = 0, initial = null] = numbers;
  const distribution = what === "loguniform" ? "loguniform" : "uniform";
  if (numbers.length < 2 || numbers.length > 3)
    throw invalid(name, text, `expected ${distribution}[low:high] or ${distribution}[low:high:initial]`);
  if (low >= high) throw invalid(name, text, `expected the lower bound first, found ${low} and ${high}`);
  if (distribution === "loguniform" && low <= 0) throw invalid(name, text, `expected bounds above 0, found ${low}`);
  if (initial !== null && (initial < low || initial > high))
    throw invalid(name, text, `expected an initial value from ${low} to ${high}, found ${initial}`);
  // `[1:2.0]` asks for numbers with a fraction, as typed.
  const whole = inner
    .split(":")
    .slice(0, 2)
    .every((part) => /^[-+]?\d+$/.test(part.trim()));
  return { kind: "space", space: { distribution, low, high, whole, initial } };
}

function isSequence(name: string): name is SequenceName {
  return sequenceNames.some((known) => known === name);
}

function invalid(name: string, text: string, expected: string): ToolError {
  return new ToolError("invalid-flag-values", `Flag ${name}=${text}: ${expected}`, {
    hint: "Several values: [0.1, 0.01], range[1:5], linspace[0:1:5], logspace[-4:-1:4]. By chance: [1:5], uniform[0:1], loguniform[1e-5:1e-1].",
    exitCode: 2,
  });
}
