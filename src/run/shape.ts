/**
 * Reading values that came from outside: each function looks at one `unknown` and gives back a typed value or throws
 * ToolError `invalid-run-file` saying what was expected, at which key, and what stood there.
 */
import { ToolError } from "./error.ts";
import { decodeNumber } from "./numbers.ts";

export type RawObject = Record<string, unknown>;

/** The newest `schema` of the public files that this version writes and understands. */
export const SCHEMA = 1;

/** `invalid-run-file` with the offending value, cut to 60 characters. */
export function invalid(expected: string, key: string, value: unknown): ToolError {
  const shown = JSON.stringify(value) ?? "nothing";
  const cut = shown.length > 60 ? `${shown.slice(0, 57)}…` : shown;
  return new ToolError("invalid-run-file", `Expected ${expected} at ${key}: ${cut}`, {
    hint: 'The format is described in content/docs/run-format.md; "guild runs refresh" rebuilds a file from the exact log.',
  });
}

export function isObject(value: unknown): value is RawObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function object(value: unknown, key: string): RawObject {
  if (!isObject(value)) throw invalid("an object", key, value);
  return value;
}

export function list(value: unknown, key: string): unknown[] {
  if (!Array.isArray(value)) throw invalid("a list", key, value);
  return value;
}

export function text(value: unknown, key: string): string {
  if (typeof value !== "string") throw invalid("text", key, value);
  return value;
}

export function boolean(value: unknown, key: string): boolean {
  if (typeof value !== "boolean") throw invalid("true or false", key, value);
  return value;
}

/** A number, the named non-finite ones included. */
export function number(value: unknown, key: string): number {
  try {
    return decodeNumber(value);
  } catch {
    throw invalid("a number", key, value);
  }
}

export function finite(value: unknown, key: string): number {
  if (typeof value !== "number" || !Number.isFinite(value)) throw invalid("a finite number", key, value);
  return value;
}

export function oneOf<T extends string>(value: unknown, allowed: readonly T[], key: string): T {
  const found = allowed.find((word) => word === value);
  if (found === undefined) throw invalid(`one of ${allowed.join(", ")}`, key, value);
  return found;
}

export function textList(value: unknown, key: string): string[] {
  return list(value, key).map((item, index) => text(item, `${key}[${index}]`));
}

export function numberList(value: unknown, key: string): number[] {
  // Millions of these are read in a build: the key of an element is put together only when it is needed.
  return list(value, key).map((item, index) => (typeof item === "number" ? item : number(item, `${key}[${index}]`)));
}

export function textMap(value: unknown, key: string): Record<string, string> {
  return mapValues(object(value, key), (item, name) => text(item, `${key}.${name}`));
}

/** Null and absent stay null; anything else is read by `read`. */
export function orNull<T>(value: unknown, key: string, read: (value: unknown, key: string) => T): T | null {
  return value === null || value === undefined ? null : read(value, key);
}

/** Absent takes the fallback; anything else, null included, is read by `read`. */
export function orElse<T>(value: unknown, key: string, read: (value: unknown, key: string) => T, fallback: T): T {
  return value === undefined ? fallback : read(value, key);
}

/** A new object with the same keys in the same order. `__proto__` as a key stays a key. */
export function mapValues<A, B>(from: Record<string, A>, map: (value: A, key: string) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(from).map(([key, value]) => [key, map(value, key)]));
}

/** Throws ToolError `newer-schema` when the file was written by a Guildhall that knows more than this one. */
export function checkSchema(raw: RawObject, file: string): void {
  const schema = raw.schema;
  if (typeof schema !== "number" || !Number.isInteger(schema) || schema < 1)
    throw invalid("a schema number", `${file} schema`, schema);
  if (schema > SCHEMA) {
    throw new ToolError("newer-schema", `${file} has schema ${schema}; this Guildhall reads schema ${SCHEMA}`, {
      hint: "A newer Guildhall wrote it. Update with: npm install guildhall@latest",
    });
  }
}
