/**
 * Takes secrets, home paths and host names out of what becomes public.
 *
 * Applied to the command, the flags, environment variables and output when they are written into `content/`; the private
 * log stays byte-exact. A bare user name is never replaced: `train` and `data` are user names on many machines.
 */
import { hideNamedSecrets, isSwitch } from "./named-secrets.ts";
import { type Places, placeRules } from "./redact-places.ts";
import { redactWords } from "./redact-words.ts";
import { isSecretName } from "./secret-names.ts";
import { type Rule, SECRET, SECRET_RULES } from "./secret-patterns.ts";
import { hideValues } from "./secret-values.ts";
import type { Flags, FlagValue } from "./types.ts";

export interface RedactorFacts extends Places {
  /** Secrets that are known by value, from `secretValues`. */
  values?: readonly string[];
}

export interface Redactor {
  /** Any text, one line or many. Colours stay, but for lines in which something was hidden that they had cut through. */
  text(text: string): string;
  /** Only what is a secret by its form, its name or its value: for names, where a place or a host is a word as any other. */
  secrets(text: string): string;
  /** The words of a command: also hides the value of a flag whose name says that it is secret. Same length, same order. */
  argv(words: readonly string[]): string[];
  /** Flags by name: secret names lose their value, strings are redacted like text. */
  flags(flags: Flags): Flags;
  /** Which of the secrets that are known by value have been met so far. */
  met(): string[];
}

/** What is known of the machine, as one function per kind of text. All rules are linear in the length of the text. */
export function makeRedactor(facts: RedactorFacts): Redactor {
  const met = new Set<string>();
  const forSecrets = [hideValues(facts.values ?? [], met), ...SECRET_RULES, hideNamedSecrets];
  const secrets = throughColours(inOrder(forSecrets));
  const text = throughColours(inOrder([...forSecrets, ...placeRules(facts)]));
  return {
    text,
    secrets,
    argv: (words) => redactWords(words, text),
    flags: (flags) =>
      Object.fromEntries(Object.entries(flags).map(([name, value]) => [secrets(name), redactFlag(name, value, text)])),
    met: () => [...met].sort(),
  };
}

const inOrder =
  (rules: readonly Rule[]): Rule =>
  (text) =>
    rules.reduce((sofar, rule) => rule(sofar), text);

const CSI = String.raw`\u001b\[[0-?]*[ -/]*[@-~]`;
const OSC = String.raw`\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)?`;
const SEQUENCES = new RegExp(`${CSI}|${OSC}`, "g");

/**
 * A program may colour a part of a secret, or a letter `m` of a colour may stand before it: what a reader sees decides. Where it is
 * hidden only without colours, the line loses them.
 */
function throughColours(rule: Rule): Rule {
  return (text) => {
    const coloured = rule(text);
    if (!text.includes("\u001b")) return coloured;
    const plain = rule(text.replace(SEQUENCES, ""));
    if (coloured.replace(SEQUENCES, "") === plain) return coloured;
    const [lines, plainLines] = [coloured.split("\n"), plain.split("\n")];
    if (lines.length !== plainLines.length) return plain;
    return lines.map((line, at) => (line.replace(SEQUENCES, "") === plainLines[at] ? line : plainLines[at])).join("\n");
  };
}

function redactFlag(name: string, value: FlagValue, text: (input: string) => string): FlagValue {
  if (Array.isArray(value)) return value.map((item) => redactFlag(name, item, text));
  if (value === null || typeof value === "boolean") return value;
  if (isSecretName(name, String(value)) && !isSwitch(String(value))) return SECRET;
  return typeof value === "string" ? text(value) : value;
}
