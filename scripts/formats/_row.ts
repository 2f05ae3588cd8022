/** What tables of measurements have in common: one row for one step, a column for the step, one for the time, and numbers. */
import type { Findings } from "./_contract.ts";

/** Columns that say which step a row is of, the finest first. */
const STEP_NAMES = [
  "global_step",
  "trainer/global_step",
  "step",
  "_step",
  "steps",
  "iteration",
  "iterations",
  "iter",
  "num_updates",
  "total_timesteps",
  "timesteps",
  "time/total_timesteps",
  "batch",
  "epoch",
];
const TIME_NAMES = new Set([
  "timestamp",
  "_timestamp",
  "wall_time",
  "walltime",
  "wall time",
  "datetime",
  "date",
  "created_at",
  "ts",
]);
/** Columns that measure the clock and not the training. */
const CLOCK_NAMES = new Set(["time", "elapsed", "elapsed_time", "time_elapsed", "time/time_elapsed", "eta", "_runtime"]);

/** Is this a table of a training? Its columns must name a step. */
export function hasStepColumn(names: readonly string[]): boolean {
  return names.some((name) => STEP_NAMES.includes(plain(name)));
}

/**
 * Tells one row. Its step is the finest column that has a whole number in it, null without one; cells that are no numbers are left
 * out, and so are columns of clocks. The epoch is told as a scalar of its own name: the reader of files makes events of it.
 * Returns the step.
 */
export function tellRow(cells: readonly (readonly [name: string, value: unknown])[], findings: Findings): number | null {
  const numbers = new Map<string, number>();
  const names = new Map<string, string>();
  let wall: number | null = null;
  for (const [name, value] of cells) {
    const key = plain(name);
    if (TIME_NAMES.has(key)) wall ??= wallSeconds(value);
    else if (!CLOCK_NAMES.has(key)) {
      const number = numberOf(value);
      if (number === null) continue;
      numbers.set(key, number);
      names.set(key, name.trim());
    }
  }
  const stepName = STEP_NAMES.find((name) => Number.isFinite(numbers.get(name)));
  const step = stepName === undefined ? null : numbers.get(stepName)!;
  for (const [key, number] of numbers) {
    if (key === "epoch" || !STEP_NAMES.includes(key)) findings.scalar(names.get(key)!, step, wall, number);
  }
  return step;
}

/** A number as programs write it: `nan`, `inf` and Python's spellings too; null for all else, true and false included. */
export function numberOf(value: unknown): number | null {
  if (typeof value === "number") return value;
  if (typeof value !== "string") return null;
  const text = value.trim();
  if (/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text)) return Number(text);
  if (/^[+-]?nan$/i.test(text)) return Number.NaN;
  const infinite = /^([+-]?)inf(?:inity)?$/i.exec(text);
  return infinite === null ? null : infinite[1] === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}

/** Seconds since the epoch of a time in seconds, milliseconds or ISO-8601; null for what cannot be one. */
function wallSeconds(value: unknown): number | null {
  const number = numberOf(value);
  if (number !== null) {
    if (number > 1e8 && number < 1e11) return number;
    return number > 1e11 && number < 1e14 ? number / 1000 : null;
  }
  if (typeof value !== "string" || !/^\d{4}-\d\d-\d\d/.test(value.trim())) return null;
  const parsed = Date.parse(value.trim());
  return Number.isFinite(parsed) ? parsed / 1000 : null;
}

function plain(name: string): string {
  return name.trim().toLowerCase();
}
