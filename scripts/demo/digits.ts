/** The words of the demo: a digit, and how a sheet of them stands in a CSV file. */

export const side = 8;
export const pixelCount = side * side;
export const classCount = 10;
/** The darkest ink in the original file: all 16 dots of a 4×4 block are on. */
export const fullInk = 16;

/** One handwritten digit, 8×8. */
export interface Digit {
  /** Row in the original file, from 0: a wrong prediction can be looked up. */
  index: number;
  /** What the writer meant, 0..9. */
  label: number;
  /** 64 pixels row by row, top left first. Ink 0..16 as scanned, 0..1 once prepared. */
  pixels: Float64Array;
}

/**
 * Reads the original file: 64 pixels of 0..16 and the label on each line, no header. Checks every number.
 *
 * Throws an Error that names the line of the first row that is not like that. An empty text gives no digits.
 */
export function parseScans(csv: string): Digit[] {
  return rowsOf(csv).map((row, index) => {
    const at = `line ${index + 1}`;
    if (row.length !== pixelCount + 1) throw new Error(`${at}: expected ${pixelCount + 1} numbers, found ${row.length}`);
    const numbers = row.map((cell) => wholeNumber(cell, fullInk, at));
    return { index, label: wholeNumber(row[pixelCount]!, classCount - 1, at), pixels: Float64Array.from(numbers.slice(0, -1)) };
  });
}

/** The cells of each line; blank lines are passed over. */
export function rowsOf(csv: string): string[][] {
  return csv
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => line.trim().split(","));
}

/** Reads a whole number of 0..most, or throws with the cell and the place where it stands. */
export function wholeNumber(cell: string, most: number, at: string): number {
  const value = Number(cell);
  if (cell === "" || !Number.isInteger(value) || value < 0 || value > most) {
    throw new Error(`${at}: expected a whole number of 0 to ${most}, found "${cell}"`);
  }
  return value;
}
