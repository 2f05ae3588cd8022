import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { drawContactSheet } from "./contact-sheet.ts";
import { mistakesOf, type Prediction } from "./score.ts";

/** More than this on one sheet and nobody looks at any. */
const most = 60;

/**
 * Draws the wrong answers, the most confident first, into `mistakes.png`: `4>9` is a 4 that was taken for a 9.
 *
 * Gives back a sentence that says what was drawn and what was left out. Without a mistake there is no picture.
 */
export async function writeMistakes(directory: string, predictions: readonly Prediction[]): Promise<string> {
  const mistakes = mistakesOf(predictions);
  if (mistakes.length === 0) return `no mistakes among ${predictions.length} images`;
  const shown = mistakes.slice(0, most);
  const tiles = shown.map(({ digit, label }) => ({ pixels: digit.pixels, caption: `${digit.label}>${label ?? "?"}` }));
  writeFileSync(join(directory, "mistakes.png"), await drawContactSheet(tiles));
  const left = mistakes.length - shown.length;
  return `mistakes.png shows ${shown.length} wrong answer${shown.length === 1 ? "" : "s"}${left > 0 ? `, ${left} more left out` : ""}`;
}
