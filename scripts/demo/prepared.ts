/** The prepared data: one CSV file with a header, `index,part,label,p00…p63`, ink scaled to 0..1. */
import { readFileSync } from "node:fs";
import { classCount, type Digit, fullInk, pixelCount, rowsOf, wholeNumber } from "./digits.ts";
import { type Part, parts, type Split } from "./split.ts";

/** Relative to the project's directory, where all commands of guild.yml run. */
export const preparedPath = "data/digits.csv";

const pixelNames = Array.from({ length: pixelCount }, (_, i) => `p${String(i).padStart(2, "0")}`);
const header = ["index", "part", "label", ...pixelNames].join(",");

/** The digits with ink of 0..1 instead of 0..16: sixteenths, so nothing is rounded. */
export function normalise(digits: readonly Digit[]): Digit[] {
  return digits.map((digit) => ({ ...digit, pixels: digit.pixels.map((ink) => ink / fullInk) }));
}

/** The whole file as text: train, val, test one after the other. Same split, same bytes. */
export function formatPrepared(split: Split): string {
  const lines = parts.flatMap((part) => split[part].map((digit) => [digit.index, part, digit.label, ...digit.pixels].join(",")));
  return `${[header, ...lines].join("\n")}\n`;
}

/**
 * Reads what `formatPrepared` wrote. Throws an Error that names the line where it is something else, and one that says
 * how to make the file when there is none.
 */
export function readPrepared(path = preparedPath): Split {
  return parsePrepared(readText(path));
}

/** The parts of a prepared file's text. Throws an Error with the line's number where it is not one. */
export function parsePrepared(csv: string): Split {
  const [head, ...rows] = rowsOf(csv);
  if (head?.join(",") !== header) throw new Error("line 1: not the header of a prepared file; run prepare again");
  const split: Split = { train: [], val: [], test: [] };
  rows.forEach((row, i) => {
    const at = `line ${i + 2}`;
    const [index = "", part = "", label = "", ...inks] = row;
    if (!isPart(part)) throw new Error(`${at}: expected train, val or test, found "${part}"`);
    if (inks.length !== pixelCount) throw new Error(`${at}: expected ${pixelCount} pixels, found ${inks.length}`);
    split[part].push({
      index: wholeNumber(index, Number.MAX_SAFE_INTEGER, at),
      label: wholeNumber(label, classCount - 1, at),
      pixels: Float64Array.from(inks, (ink) => unitInk(ink, at)),
    });
  });
  return split;
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    throw new Error(`cannot read ${path}: run "guild prepare" first`, { cause });
  }
}

function isPart(text: string): text is Part {
  return parts.some((part) => part === text);
}

function unitInk(cell: string, at: string): number {
  const ink = Number(cell);
  if (cell === "" || !(ink >= 0 && ink <= 1)) throw new Error(`${at}: expected ink of 0 to 1, found "${cell}"`);
  return ink;
}
