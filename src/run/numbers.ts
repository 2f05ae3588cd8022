import { ToolError } from "./error.ts";

/** How a number stands in JSON: as itself, or by name where JSON has no number for it. */
export type RawNumber = number | "NaN" | "Infinity" | "-Infinity";

/**
 * Gives a number the form that it has on disk. `null` is never used for a number: it means "unknown" or "does not apply".
 * Minus zero becomes zero, as JSON would make it.
 */
export function encodeNumber(value: number): RawNumber {
  if (Number.isFinite(value)) return value === 0 ? 0 : value;
  if (Number.isNaN(value)) return "NaN";
  return value > 0 ? "Infinity" : "-Infinity";
}

/** Reads what `encodeNumber` wrote. Throws ToolError `invalid-number` for anything else, numeric strings and null included. */
export function decodeNumber(raw: unknown): number {
  if (typeof raw === "number") return raw;
  if (raw === "NaN") return Number.NaN;
  if (raw === "Infinity") return Number.POSITIVE_INFINITY;
  if (raw === "-Infinity") return Number.NEGATIVE_INFINITY;
  throw new ToolError("invalid-number", `Not a number: ${JSON.stringify(raw) ?? String(raw)}`, {
    hint: 'Numbers stand as JSON numbers, or as "NaN", "Infinity" and "-Infinity".',
  });
}

/** Rounds to so many significant digits; 0, NaN and infinities are given back as they are. */
export function roundDigits(value: number, digits: number): number {
  return Number.isFinite(value) && value !== 0 ? Number(value.toPrecision(digits)) : value;
}

/** Rounds to so many decimals; NaN and infinities are given back as they are. */
export function roundDecimals(value: number, decimals: number): number {
  if (!Number.isFinite(value)) return value;
  const scale = 10 ** decimals;
  const scaled = value * scale;
  return Number.isSafeInteger(Math.round(scaled)) ? Math.round(scaled) / scale : value;
}
