import { line as d3line } from "d3";
import { defineChart } from "./_contract.ts";
import { escapeXml } from "./escape-xml.ts";
import { RelativePath } from "./path.ts";

/** A course without axes, for tables and tiles. */
export interface SparklineModel {
  /** In order; evenly spaced. Values that are not finite break the line. */
  values: readonly number[];
  /** What the picture says, for those who cannot see it; empty where the words beside it say it already. */
  label: string;
  /** Palette slot 0..7; ink when left out. */
  slot?: number;
}

export interface SparklineSize {
  width: number;
  height: number;
}

export default defineChart<SparklineModel>({
  summary: "A course without axes",
  render: (model, size) => sparkline(model, { width: size.width ?? 96, height: size.height }),
});

/** Room for the stroke and the dot at the end. */
const MARGIN = 3;

/**
 * Draws values as a small line with a dot at its last finite one, from the smallest at the bottom to the largest at the top.
 * Constant values run through the middle; one value is a dot; none give an empty picture of the same size.
 */
export function sparkline({ values, label, slot }: SparklineModel, { width, height }: SparklineSize): string {
  const finite = values.filter(Number.isFinite);
  const low = Math.min(...finite);
  const high = Math.max(...finite);
  const x = (i: number) => MARGIN + (values.length < 2 ? 0.5 : i / (values.length - 1)) * (width - 2 * MARGIN);
  const y = (value: number) => MARGIN + (high > low ? (high - value) / (high - low) : 0.5) * (height - 2 * MARGIN);
  const path = new RelativePath(10);
  const draw = d3line<number>()
    .defined(Number.isFinite)
    .x((_, i) => x(i))
    .y(y)
    // `as never`: d3's type asks for a whole canvas context, its straight lines use only what RelativePath has.
    .context(path as never);
  draw(values as number[]);
  const last = values.findLastIndex(Number.isFinite);
  const place = (value: number) => Math.round(value * 10) / 10;
  const dot = last < 0 ? "" : `<circle class="end" cx="${place(x(last))}" cy="${place(y(values[last]!))}" r="2"/>`;
  const curve = finite.length < 2 ? "" : `<path d="${path}"/>`;
  const words = label === "" ? 'aria-hidden="true"' : `role="img" aria-label="${escapeXml(label)}"`;
  return (
    `<svg class="sparkline${slot === undefined ? "" : ` s${slot}`}" width="${width}" height="${height}" ` +
    `viewBox="0 0 ${width} ${height}" ${words}>${curve}${dot}</svg>`
  );
}
