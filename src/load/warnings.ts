import type { Warning } from "../run/types.ts";
import { InvalidJson } from "./json.ts";
import { shared } from "./shared.ts";

/** Warnings of one process: what was skipped, in order of arrival; each (file, message) stands in it once. */
export function warnings(): Warning[] {
  return shared<Warning[]>("warnings", () => []);
}

/** Adds what went wrong with `file` (relative to the project root), unless the same has been said. */
export function warn(file: string, error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  if (warnings().some((known) => known.file === file && known.message === message)) return;
  warnings().push({ file, line: error instanceof InvalidJson ? error.line : null, message });
}
