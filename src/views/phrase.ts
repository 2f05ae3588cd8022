import { formatCount } from "../run/units.ts";

/**
 * A generated sentence in pieces, so that the page can set values and names apart and the terminal can print it flat.
 *
 * `value` is a number with its unit, `name` the user's own word (an operation, a metric, a flag), the rest is plain prose.
 */
export type Phrase = PhrasePart[];

export interface PhrasePart {
  text: string;
  as?: "value" | "name";
  /** Site path without the base, such as `/runs/x/`. */
  href?: string;
}

/** The sentence as plain text. */
export function phraseText(phrase: Phrase): string {
  return phrase.map((part) => part.text).join("");
}

/**
 * Template tag: ``say`${count("runs")} of ${name("train")}` ``. Strings and numbers become plain prose, `false` and null nothing.
 */
export function say(strings: TemplateStringsArray, ...values: (PhrasePart | Phrase | string | number | null | false)[]): Phrase {
  const phrase: Phrase = [];
  for (const [index, string] of strings.entries()) {
    if (string !== "") phrase.push({ text: string });
    const value = values[index];
    if (value === undefined || value === null || value === false) continue;
    if (Array.isArray(value)) phrase.push(...value);
    else phrase.push(typeof value === "object" ? value : { text: String(value) });
  }
  return phrase;
}

export function name(text: string, href?: string): PhrasePart {
  return href === undefined ? { text, as: "name" } : { text, as: "name", href };
}

export function value(text: string): PhrasePart {
  return { text, as: "value" };
}

/** `1 run`, `3 runs`. */
export function counted(count: number, one: string, many: string = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}
