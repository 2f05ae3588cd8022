/** Is this a value that the flag can have? Types, ranges and choices of `guild.yml`. */
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { FlagSpec } from "../../src/load/flag-spec.ts";
import { ToolError } from "../../src/run/error.ts";
import { decodeFlag, formatFlag } from "../../src/run/flags.ts";
import { nearest } from "../../src/run/nearest.ts";
import type { FlagValue } from "../../src/run/types.ts";
import { splitValue } from "./flag-import/config-flags.ts";

/** Where a value came from, for messages: `the command line`, `profile quick`, `guild.yml:7`. */
export interface FlagOrigin {
  name: string;
  from: string;
}

/**
 * The text of `name=text` as the flag's type wants it: `string` and paths keep the text as it is, switches take 1 and 0
 * too, everything else is decoded. An empty text is null for numbers, and quotes and brackets are read whatever the type.
 */
export function decodeTyped(spec: FlagSpec, text: string): FlagValue {
  switch (spec.type) {
    case "string":
    case "path":
    case "existing-path":
      // As Guild reads it: brackets are a list and quotes go away, whatever the type.
      return /^\[.*\]$|^'.*'$|^".*"$/s.test(text) ? decodeFlag(text) : text;
    case "boolean":
      return text === "1" ? true : text === "0" ? false : decodeFlag(text);
    case "int":
    case "float":
    case "number":
      return text === "" ? null : decodeFlag(text);
    default:
      return decodeFlag(text);
  }
}

/**
 * Gives the value back if the flag can have it; null and lists of fitting values pass. Relative paths are looked for in `root`.
 *
 * Throws ToolError `invalid-flag` (exit code 2) saying what was expected, and `missing-flag` for a required one without value.
 */
export function checkFlag(spec: FlagSpec, value: FlagValue, origin: FlagOrigin, root: string): FlagValue {
  if (value === null || value === "") {
    if (spec.required) {
      throw new ToolError("missing-flag", `Flag ${origin.name} is required and has no value`, {
        hint: `Add ${origin.name}=… to the command line.${describeSpec(spec)}`,
        exitCode: 2,
      });
    }
    return value;
  }
  if (Array.isArray(value)) return value.map((item) => checkFlag(spec, item, origin, root));
  if (spec.argSplit !== null && typeof value === "string") {
    const parts = splitValue(value, spec.argSplit);
    for (const part of Array.isArray(parts) ? parts : []) checkFlag({ ...spec, argSplit: null }, part, origin, root);
    return value;
  }
  const wrong = wrongType(spec, value, root) ?? wrongRange(spec, value) ?? wrongChoice(spec, value);
  if (wrong === null) return value;
  throw new ToolError(
    "invalid-flag",
    `Flag ${origin.name} (${origin.from}): expected ${wrong.expected}, found ${formatFlag(value)}`,
    {
      hint: wrong.hint ?? `${spec.place.file}:${spec.place.line} declares it.${describeSpec(spec)}`,
      exitCode: 2,
    },
  );
}

interface Wrong {
  expected: string;
  hint?: string;
}

function wrongType(spec: FlagSpec, value: FlagValue, root: string): Wrong | null {
  switch (spec.type) {
    case "int":
      return Number.isInteger(value) ? null : { expected: "a whole number" };
    case "float":
    case "number":
      return typeof value === "number" || isNoFinite(value) ? null : { expected: "a number" };
    case "boolean":
      return typeof value === "boolean" ? null : { expected: "yes or no" };
    case "existing-path":
      return existsSync(resolve(root, String(value))) ? null : { expected: "a path that exists" };
    default:
      return null;
  }
}

/** `inf` and `nan` are numbers for Python, and text for JSON. */
function isNoFinite(value: FlagValue): boolean {
  return typeof value === "string" && /^[-+]?(?:inf|infinity|nan)$/i.test(value);
}

function wrongRange({ min, max }: FlagSpec, value: FlagValue): Wrong | null {
  if (min === null && max === null) return null;
  const expected =
    min === null ? `a number of at most ${max}` : max === null ? `a number of at least ${min}` : `a number from ${min} to ${max}`;
  if (typeof value !== "number") return { expected };
  return (min !== null && value < min) || (max !== null && value > max) ? { expected } : null;
}

function wrongChoice({ choices, allowOther }: FlagSpec, value: FlagValue): Wrong | null {
  if (choices === null || allowOther) return null;
  const known = choices.map((choice) => formatFlag(choice.value));
  if (known.includes(formatFlag(value))) return null;
  const near = nearest(formatFlag(value), known);
  return { expected: `one of ${known.join(", ")}`, ...(near === null ? {} : { hint: `Did you mean "${near}"?` }) };
}

function describeSpec(spec: FlagSpec): string {
  return spec.description === null ? "" : ` It is: ${spec.description}`;
}
