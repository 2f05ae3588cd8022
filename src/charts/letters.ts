/**
 * Text as outlines, for pictures that are turned into pixels at build time: a machine without fonts draws the same letters,
 * and two builds agree to the byte.
 *
 * `letters.json` holds Literata's (SIL Open Font License, styles/fonts/LICENSE.txt) figures, Latin letters and signs as
 * [advance width, path], y downwards from the baseline, 500 units to the em.
 */
import letters from "./letters.json" with { type: "json" };

const outlines = new Map(
  Object.entries(letters).map(([character, [advance, path]]) => [character, { advance: Number(advance), path: String(path) }]),
);
const unknown = { advance: 260, path: "M40 0V-330H220V0ZM60 -20H200V-310H60Z" };

/** How wide `text` is, in the unit of `size` (the em). Characters that are not in the table are as wide as their box. */
export function textWidth(text: string, size: number): number {
  return ([...text].reduce((sum, character) => sum + (outlines.get(character) ?? unknown).advance, 0) * size) / 500;
}

/** One line of text as an SVG path, its baseline beginning (or, with `end`, ending) at x, y. Empty text gives "". */
export function lettering(
  text: string,
  { x, y, size, end = false }: { x: number; y: number; size: number; end?: boolean },
): string {
  let at = 0;
  const glyphs = [...text].map((character) => {
    const { advance, path } = outlines.get(character) ?? unknown;
    const placed = path === "" ? "" : `<path transform="translate(${at} 0)" d="${path}"/>`;
    at += advance;
    return placed;
  });
  const from = end ? x - textWidth(text, size) : x;
  return glyphs.every((glyph) => glyph === "")
    ? ""
    : `<g transform="translate(${round(from)} ${round(y)}) scale(${round(size / 500)})">${glyphs.join("")}</g>`;
}

/** Words in lines of at most `width`; a word that is wider stands alone. At most `limit` lines, the last ends in "…". */
export function wrapText(text: string, size: number, width: number, limit: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const last = lines.at(-1);
    if (last !== undefined && textWidth(`${last} ${word}`, size) <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  if (lines.length <= limit) return lines;
  return [...lines.slice(0, limit - 1), `${lines[limit - 1]} ...`];
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
