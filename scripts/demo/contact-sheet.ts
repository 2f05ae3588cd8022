/** Many digits on one picture, each with a caption beneath. */
import sharp from "sharp";
import { side } from "./digits.ts";
import { glyphHeight, glyphs, glyphWidth } from "./glyphs.ts";

export interface Tile {
  /** 64 pixels with ink of 0..1. */
  pixels: Float64Array;
  /** Digits, `>` and `?`. What follows a `>` is drawn in red: `4>9` is a 4 that was taken for a 9. */
  caption: string;
}

type Colour = readonly [red: number, green: number, blue: number];
const paper: Colour = [250, 247, 240];
const ink: Colour = [34, 31, 28];
const grey: Colour = [150, 143, 132];
const red: Colour = [190, 48, 38];

// In pixels of the picture: ten columns and seven rows fit into a thumbnail of 512×512, which then need not be scaled.
const dot = 5;
const captionDot = 2;
const margin = 5;
const cellWidth = side * dot + 2 * margin;
const cellHeight = side * dot + glyphHeight * captionDot + 3 * margin;

/** How a sheet of so many tiles is laid out: at most `columns` side by side, as many rows as it takes. */
export function layOut(count: number, columns = 10): { columns: number; rows: number; width: number; height: number } {
  const across = Math.min(count, columns);
  const rows = Math.ceil(count / columns);
  return { columns: across, rows, width: across * cellWidth, height: rows * cellHeight };
}

/** Draws the tiles row by row as a PNG; its bytes. Throws an Error for no tiles: there is no picture of nothing. */
export async function drawContactSheet(tiles: readonly Tile[]): Promise<Buffer> {
  if (tiles.length === 0) throw new Error("no digits to draw");
  const { columns, width, height } = layOut(tiles.length);
  const canvas = new Uint8Array(width * height * 3);
  const fill = (left: number, top: number, size: number, colour: Colour) => {
    for (let y = top; y < top + size; y++) for (let x = left; x < left + size; x++) canvas.set(colour, (y * width + x) * 3);
  };
  for (let i = 0; i < width * height; i++) canvas.set(paper, i * 3);
  tiles.forEach((tile, i) => {
    const left = (i % columns) * cellWidth + margin;
    const top = Math.floor(i / columns) * cellHeight + margin;
    drawDigit(tile.pixels, (x, y, colour) => fill(left + x * dot, top + y * dot, dot, colour));
    const captionLeft = left + (side * dot - captionWidth(tile.caption) * captionDot) / 2;
    const captionTop = top + side * dot + margin;
    drawCaption(tile.caption, (x, y, colour) =>
      fill(Math.round(captionLeft) + x * captionDot, captionTop + y * captionDot, captionDot, colour),
    );
  });
  return sharp(canvas, { raw: { width, height, channels: 3 } })
    .png({ palette: true })
    .toBuffer();
}

type Plot = (x: number, y: number, colour: Colour) => void;

function drawDigit(pixels: Float64Array, plot: Plot): void {
  pixels.forEach((amount, i) => {
    plot(i % side, Math.floor(i / side), blend(amount));
  });
}

/** Paper for no ink, ink for 1, and the shades between. */
function blend(amount: number): Colour {
  const channel = (i: 0 | 1 | 2) => Math.round(paper[i] + (ink[i] - paper[i]) * amount);
  return [channel(0), channel(1), channel(2)];
}

function drawCaption(caption: string, plot: Plot): void {
  let colour = ink;
  [...caption].forEach((character, i) => {
    const glyph = glyphs[character] ?? glyphs["?"]!;
    const left = i * (glyphWidth + 1);
    glyph.forEach((row, y) => {
      [...row].forEach((mark, x) => {
        if (mark === "#") plot(left + x, y, character === ">" ? grey : colour);
      });
    });
    if (character === ">") colour = red;
  });
}

/** In dots, with one free dot between two characters. */
function captionWidth(caption: string): number {
  return caption.length * (glyphWidth + 1) - 1;
}
