/** A flag's value inside of a text: in commands, labels and other values. */
import { formatFlag } from "../../src/run/flags.ts";
import type { FlagValue } from "../../src/run/types.ts";

/** How a flag's value stands inside of a text: as typed, text without quotes, nothing for null. */
export function textOf(value: FlagValue): string {
  if (value === null) return "";
  return typeof value === "string" ? value : formatFlag(value);
}
