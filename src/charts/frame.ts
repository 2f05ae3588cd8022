/** How places on the plot are written: at percentages where the plot is fluid, in pixels where its width is known. */
export interface Frame {
  width: number | null;
  /** An x attribute for a share 0..1 of the plot's width. */
  x(share: number): string;
  /** Units of the curves' own drawing: across the plot, and for each pixel of height. */
  across: number;
  perPixel: number;
  /** See `RelativePath`. */
  perUnit: number;
  /** The element that holds the curves and cuts them at the plot's edges. */
  curves(inside: string, height: number): string;
}

/**
 * Curves are drawn in whole units, 2000 across and four to a pixel of height, and stretched to whatever width there is;
 * their strokes do not scale. That is fine enough for a wide screen and needs the fewest bytes.
 */
export const FLUID: Frame = {
  width: null,
  // Two decimals of a percent are a tenth of a pixel on a wide screen.
  x: (share) => `${decimals(share * 100, 2)}%`,
  across: 2000,
  perPixel: 4,
  perUnit: 1,
  curves: (inside, height) =>
    `<svg class="curves" viewBox="0 0 2000 ${height * 4}" preserveAspectRatio="none" width="100%" height="${height}">${inside}</svg>`,
};

/** A plot `width` pixels wide, curves in tenths of a pixel: what other programs can read. */
export function fixed(width: number): Frame {
  return {
    width,
    x: (share) => `${decimals(share * width, 1)}`,
    across: width,
    perPixel: 1,
    perUnit: 10,
    curves: (inside, height) => `<svg class="curves" width="${width}" height="${height}">${inside}</svg>`,
  };
}

/** Rounded, without trailing zeros and without minus zero. */
export function decimals(value: number, places: number): number {
  const scale = 10 ** places;
  return Math.round(value * scale) / scale + 0;
}
