import type { Unit } from "./types.ts";

/** Every unit that this version knows, as it stands in files. */
export const UNITS = ["1", "ratio", "s", "B", "B/s", "W", "J", "degC", "cores", "Hz", "steps/s", "examples/s"] as const;

/** A unit that this version does not know is shown as a plain number. */
export function parseUnit(raw: unknown): Unit {
  return UNITS.find((unit) => unit === raw) ?? "1";
}
