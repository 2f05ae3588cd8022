/** Flag values: how they are typed, how they are shown, and how they are read from somebody's command. */
import { readCommand } from "./command.ts";
import type { Flags, FlagValue } from "./types.ts";

/** One `name=value` as typed: the text is not decoded yet, because the flag's type may want it raw. */
export interface FlagWord {
  name: string;
  text: string;
}

const NUMBER = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/;

/**
 * Decodes one value as typed: a number, a switch (`yes no true false`), `null`, a list `[a, b]`, or text.
 *
 * What would come back differently stays text: `1_000`, `1:12`, `007`, whole numbers beyond 2^53, `nan`, `inf`. The empty
 * string is itself; quotes keep text (`'1'` is the text 1). Never throws: a list with a broken bracket is text.
 */
export function decodeFlag(text: string): FlagValue {
  if (NUMBER.test(text)) return decodeNumberText(text);
  if (/^(?:true|yes)$/i.test(text)) return true;
  if (/^(?:false|no)$/i.test(text)) return false;
  if (/^(?:null|~)$/i.test(text)) return null;
  const quoted = /^'((?:[^']|'')*)'$/s.exec(text) ?? /^"([^"\\]*)"$/s.exec(text);
  if (quoted !== null) return (quoted[1] ?? "").replaceAll("''", "'");
  if (text.startsWith("[") && text.endsWith("]")) return splitList(text.slice(1, -1))?.map(decodeFlag) ?? text;
  return text;
}

function decodeNumberText(text: string): number | string {
  const value = Number(text);
  if (!Number.isFinite(value) || /^[-+]?0\d/.test(text)) return text;
  return /^[-+]?\d+$/.test(text) && !Number.isSafeInteger(value) ? text : value;
}

/** Items between commas that are outside of brackets and quotes, trimmed; null where brackets do not close. */
export function splitList(inner: string): string[] | null {
  if (inner.trim() === "") return [];
  const items: string[] = [];
  let depth = 0;
  let quote = "";
  let item = "";
  for (const char of inner) {
    if (quote !== "") quote = char === quote ? "" : quote;
    else if ((char === "'" || char === '"') && item.trim() === "") quote = char;
    else if (char === "[") depth += 1;
    else if (char === "]") depth -= 1;
    if (depth < 0) return null;
    if (char === "," && depth === 0 && quote === "") {
      items.push(item.trim());
      item = "";
    } else item += char;
  }
  return depth === 0 && quote === "" ? [...items, item.trim()] : null;
}

/** A value as one would type it: `decodeFlag(formatFlag(value))` is the value again. */
export function formatFlag(value: FlagValue): string {
  if (Array.isArray(value)) return `[${value.map(formatItem).join(", ")}]`;
  if (typeof value !== "string") return String(value);
  return decodeFlag(value) === value ? value : quoteText(value);
}

function formatItem(value: FlagValue): string {
  if (typeof value === "string" && /[,[\]'"]|^\s|\s$|^$/.test(value)) return quoteText(value);
  return formatFlag(value);
}

function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/**
 * Sorts typed words into `name=value` and the rest, order kept. A name begins with a letter or `_` and may hold
 * `.`, `-`, `/` and `:`; anything else, such as `./a=b` or `=x`, is a plain word.
 */
export function parseFlagWords(words: readonly string[]): { flags: FlagWord[]; words: string[] } {
  const flags: FlagWord[] = [];
  const others: string[] = [];
  for (const word of words) {
    const match = /^([A-Za-z_][\w./:-]*)=(.*)$/s.exec(word);
    if (match === null) others.push(word);
    else flags.push({ name: match[1] ?? "", text: match[2] ?? "" });
  }
  return { flags, words: others };
}

/**
 * Flags of a wrapped command, read from its arguments: `--lr 0.1`, `--lr=0.1`, `-x 3`, a bare switch (true), and
 * `key=value` in Hydra's manner (`+key=value` too). Words before the script (`python -u`, `torchrun --nproc_per_node=4`)
 * are not its flags. Several numbers after one flag, and a flag given twice, make a list. Positional words are left out.
 */
export function flagsOfCommand(argv: readonly string[]): Flags {
  const words = argv.slice(readCommand(argv).argumentsFrom);
  const flags: Flags = {};
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    if (word === "--") break;
    const option = /^--?([A-Za-z_][\w.-]*)(?:=(.*))?$/s.exec(word);
    if (option === null) {
      for (const { name, text } of parseFlagWords([word.replace(/^\+{1,2}/, "")]).flags) add(flags, name, decodeFlag(text));
      continue;
    }
    const [, name = "", attached] = option;
    if (attached !== undefined) add(flags, name, decodeFlag(attached));
    else {
      const values = valuesAfter(words, at + 1);
      at += values.length;
      add(flags, name, values.length === 0 ? true : values.length === 1 ? decodeFlag(values[0] ?? "") : values.map(decodeFlag));
    }
  }
  return flags;
}

/** The value of a flag, and further numbers if the first is one: `--hidden 64 32`. Empty for a switch. */
function valuesAfter(words: readonly string[], from: number): string[] {
  const first = words[from];
  if (first === undefined || (first.startsWith("-") && first !== "-" && !NUMBER.test(first))) return [];
  const values = [first];
  if (!NUMBER.test(first)) return values;
  for (const word of words.slice(from + 1)) {
    if (!NUMBER.test(word)) break;
    values.push(word);
  }
  return values;
}

function add(flags: Flags, name: string, value: FlagValue): void {
  const before = flags[name];
  if (before === undefined) flags[name] = value;
  else flags[name] = Array.isArray(before) ? [...before, value] : [before, value];
}
