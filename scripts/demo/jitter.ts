import { type Digit, side } from "./digits.ts";
import type { Random } from "./random.ts";

/** In pixels. Tried on the validation images: less is learnt by heart, more pushes strokes off the edge. */
const reach = 0.6;

/**
 * The same digit a little to the side, by up to 0.6 pixels each way: a writer never hits the same spot twice.
 *
 * With a thousand images this is worth more than a larger network. Ink pushed over the edge is lost.
 */
export function jitter(digit: Digit, random: Random): Digit {
  const offset = () => (random.uniform() * 2 - 1) * reach;
  return { ...digit, pixels: move(digit.pixels, offset(), offset()) };
}

/** Moves an 8×8 image right and down by a part of a pixel, mixing neighbours (bilinear); outside is paper. */
export function move(pixels: Float64Array, right: number, down: number): Float64Array {
  const inkAt = (x: number, y: number) => (x >= 0 && x < side && y >= 0 && y < side ? pixels[y * side + x]! : 0);
  return pixels.map((_, i) => {
    const x = (i % side) - right;
    const y = Math.floor(i / side) - down;
    const left = Math.floor(x);
    const top = Math.floor(y);
    const upper = mix(inkAt(left, top), inkAt(left + 1, top), x - left);
    const lower = mix(inkAt(left, top + 1), inkAt(left + 1, top + 1), x - left);
    return mix(upper, lower, y - top);
  });
}

function mix(a: number, b: number, share: number): number {
  return a + (b - a) * share;
}
