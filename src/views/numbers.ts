/** Numbers as they stand in sentences, tiles and table columns. */
import type { Unit } from "../run/types.ts";
import { formatValue } from "../run/units.ts";
import { counted } from "./phrase.ts";
import type { Spread } from "./reading.ts";

/**
 * The range and size of a group: `0.961–0.971 over 3 seeds`; `single run` for one, because one run has no spread to show.
 * `what` names the repetitions ("seed", or "run" when it is not the seed that varies). Runs that do not count are said.
 */
export function spreadText(spread: Spread, what: "seed" | "run"): string {
  const left =
    spread.excluded === 0 ? "" : ` (${spread.excluded} not counted${spread.diverged > 0 ? `, ${spread.diverged} diverged` : ""})`;
  if (spread.n === 1) return `single run${left}`;
  const [low, high] = columnTexts([spread.min, spread.max], spread.unit);
  return `${low === high ? `all ${low}` : `${low?.replace(/ %$/, "")}–${high}`} over ${counted(spread.n, what)}${left}`;
}

/** What the runs of a group repeat: the seed when each has its own, else they are just runs. */
export function repeated(runs: readonly { flags: Record<string, unknown> }[]): "seed" | "run" {
  const seeds = new Set(runs.map((run) => run.flags.seed ?? run.flags.random_state ?? run.flags["random-seed"]));
  return !seeds.has(undefined) && seeds.size === runs.length ? "seed" : "run";
}

/**
 * Values of one column with the same number of decimals, so that the points stand under each other. Null stays null.
 *
 * Whole numbers, units with a scale of their own (bytes, seconds) and values far apart are formatted each by itself.
 */
export function columnTexts(values: readonly (number | null)[], unit: Unit): (string | null)[] {
  const texts = values.map((value) => (value === null ? null : formatValue(value, unit)));
  if (unit !== "1" && unit !== "ratio") return texts;
  const plain = texts.filter((text): text is string => text !== null && /^−?[\d,]+(\.\d+)?( %)?$/.test(text));
  const places = Math.max(0, ...plain.map((text) => /\.(\d+)/.exec(text)?.[1]?.length ?? 0));
  if (places === 0 || places > 5) return texts;
  return texts.map((text) => (text !== null && plain.includes(text) ? padFraction(text, places) : text));
}

function padFraction(text: string, places: number): string {
  const [, number = "", unit = ""] = /^([^ ]+)(.*)$/.exec(text) ?? [];
  const [whole = "", fraction = ""] = number.split(".");
  return `${whole}.${fraction.padEnd(places, "0")}${unit}`;
}

/** A difference with its sign: `+0.012`, `−3.1 ms`, `±0`; of ratios in percentage points, `+1.2 pt`, since "%" could mean either. */
export function signedText(difference: number, unit: Unit): string {
  if (difference === 0) return "±0";
  // A difference of two four-digit numbers is not known better than to two or three digits.
  const text = unit === "ratio" ? `${formatValue(difference * 100, "1", 2)} pt` : formatValue(difference, unit, 2);
  return difference > 0 ? `+${text}` : text;
}
