import { type Family, type Found, family } from "./form.ts";
import { foundIn, type Leaf } from "./leaves.ts";
import { numberIn } from "./number-text.ts";

/** Nested objects are followed so deep; lists are not numbers of a step and are left alone. */
const DEPTH = 4;

/**
 * A line that is one JSON object: `{"step": 5, "loss": 0.3, "meta": {"lr": 0.001}}` names `loss` and `meta/lr` at step 5.
 *
 * Python writes NaN and Infinity into JSON; they are understood. Texts that are a number count as one.
 */
export const jsonLine: Family = family("JSON object", (line) => {
  if (!line.startsWith("{") || !line.endsWith("}") || line.startsWith("{'")) return null;
  return foundInJson(line);
});

/** What a JSON object names; null when the text is none. */
export function foundInJson(text: string): Found | null {
  const raw = parsed(text) ?? parsed(text.replace(PYTHON_NUMBERS, '$1"$2"'));
  if (typeof raw !== "object" || raw === null || Array.isArray(raw)) return null;
  return foundIn(leaves(raw, "", DEPTH));
}

const PYTHON_NUMBERS = /([:[,]\s{0,9})(-?Infinity|NaN)(?=\s*[,\]}])/g;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // a brace at either end does not make it JSON
  }
}

function leaves(object: object, prefix: string, depth: number): Leaf[] {
  return Object.entries(object).flatMap(([name, value]: [string, unknown]): Leaf[] => {
    const key = prefix + name;
    if (typeof value === "number") return [{ key, value }];
    if (typeof value === "string") {
      const number = numberIn(value);
      return number === null ? [] : [{ key, value: number }];
    }
    if (typeof value === "object" && value !== null && !Array.isArray(value) && depth > 1)
      return leaves(value, `${key}/`, depth - 1);
    return [];
  });
}
