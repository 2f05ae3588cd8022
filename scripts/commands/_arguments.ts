/** Words of the command line → options, words, and what stands after `--`. */
import { ToolError } from "../../src/run/error.ts";
import { nearest } from "../../src/run/nearest.ts";
import type { Command, OptionSpec, OptionValues } from "./_contract.ts";

export interface Arguments {
  options: OptionValues;
  words: string[];
  /** Everything after `--`, untouched; null when there is no `--`. */
  rest: string[] | null;
}

/**
 * Reads the words after the command's name. `--name value`, `--name=value` and `-n value` are the same; an option without
 * value that is typed twice counts once, any other the last time, `string[]` every time.
 *
 * Throws ToolError `unknown-option`, `missing-value`, `invalid-option` (exit code 2).
 */
export function parseArguments(name: string, command: Command, argv: readonly string[]): Arguments {
  const split = argv.indexOf("--");
  const own = split < 0 ? argv : argv.slice(0, split);
  const options: OptionValues = {};
  const words: string[] = [];
  for (let at = 0; at < own.length; at++) {
    const word = own[at] ?? "";
    if (!/^-{1,2}[A-Za-z]/.test(word)) {
      words.push(word);
      continue;
    }
    const [flag = word, ...values] = word.split("=");
    const attached = values.length === 0 ? undefined : values.join("=");
    const found = findOption(command, flag);
    if (found === null) {
      if (command.passThrough && words.length > 0) {
        words.push(word);
        continue;
      }
      throw unknownOption(name, command, flag);
    }
    const [key, spec] = found;
    if (spec.type === "boolean") {
      if (attached !== undefined) throw new ToolError("invalid-option", `Option ${flag} takes no value`, { exitCode: 2 });
      options[key] = true;
      continue;
    }
    const value = attached ?? own[++at];
    if (value === undefined) {
      throw new ToolError("missing-value", `Option ${flag} needs a value`, {
        hint: `${flag} <${spec.value ?? "value"}>: ${spec.description}`,
        exitCode: 2,
      });
    }
    options[key] = readValue(flag, spec, value, options[key]);
  }
  return { options, words, rest: split < 0 ? null : argv.slice(split + 1) };
}

function findOption(command: Command, flag: string): [string, OptionSpec] | null {
  for (const [key, spec] of Object.entries(command.options)) {
    if (flag === `--${key}` || (spec.short !== undefined && flag === `-${spec.short}`)) return [key, spec];
  }
  return null;
}

function readValue(flag: string, spec: OptionSpec, value: string, before: OptionValues[string]): OptionValues[string] {
  if (spec.type === "string[]") return [...(Array.isArray(before) ? before : []), value];
  if (spec.type !== "number") return value;
  const number = Number(value);
  if (value.trim() !== "" && Number.isFinite(number)) return number;
  throw new ToolError("invalid-option", `Option ${flag} needs a number, found ${JSON.stringify(value)}`, { exitCode: 2 });
}

function unknownOption(name: string, command: Command, flag: string): ToolError {
  const near = nearest(flag.replace(/^-+/, ""), Object.keys(command.options));
  const elsewhere = command.unknownOptionHint ?? `Type "guild help ${name}" for its options.`;
  return new ToolError("unknown-option", `guild ${name} has no option ${flag}`, {
    hint: near === null ? elsewhere : `Did you mean "--${near}"?`,
    exitCode: 2,
  });
}

/** The option's text, or null when it was not given. */
export function textOption(options: OptionValues, name: string): string | null {
  const value = options[name];
  return typeof value === "string" ? value : null;
}

/** The option's texts, in order; empty when it was not given. */
export function textsOption(options: OptionValues, name: string): string[] {
  const value = options[name];
  return Array.isArray(value) ? value : [];
}

/** For commands that take no words at all. Throws ToolError `unexpected-word` (exit code 2). */
export function refuseWords(words: readonly string[], command: string): void {
  if (words.length === 0) return;
  throw new ToolError("unexpected-word", `guild ${command} takes no ${JSON.stringify(words[0])}`, {
    hint: `Type "guild help ${command.split(" ")[0]}" for its options.`,
    exitCode: 2,
  });
}

/** For commands that take one word at most. Throws ToolError `unexpected-word` (exit code 2). */
export function oneWord(words: readonly string[], command: string): string | undefined {
  const [first, ...others] = words;
  refuseWords(others, `${command} ${first ?? ""}`.trim());
  return first;
}
