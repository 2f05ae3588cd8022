import type { Warning } from "../run/types.ts";
import { InvalidJson } from "./json.ts";

/**
 * Warnings of one process: what was skipped, said once each.
 *
 * The build renders pages from a bundle with its own copy of this module; the registry hangs on a global symbol so that
 * both copies write into one list.
 */
const registryKey = Symbol.for("guildhall.warnings");

/** The list itself, in order of arrival; each (file, message) stands in it once. */
export function warnings(): Warning[] {
  const holder = globalThis as { [registryKey]?: Warning[] }; // a door: globalThis is untyped
  holder[registryKey] ??= [];
  return holder[registryKey];
}

/** Adds what went wrong with `file` (relative to the project root), unless the same has been said. */
export function warn(file: string, error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  if (warnings().some((known) => known.file === file && known.message === message)) return;
  warnings().push({ file, line: error instanceof InvalidJson ? error.line : null, message });
}
