import type { LineChartModel } from "../views/line-model.ts";
import { type ChartSize, defineChart } from "./_contract.ts";
import { escapeXml } from "./escape-xml.ts";
import { FLUID } from "./frame.ts";
import { drawLines } from "./line-drawing.ts";
import { layout } from "./line-layout.ts";
import { linePicture } from "./line-picture.ts";

export default defineChart<LineChartModel>({ summary: "Curves over steps or time", render });

/**
 * Draws a line chart: grid, axes, bands, raw and smoothed curves, marks and event ticks.
 *
 * Without a width it is fluid, needs no script and distorts no text: the plot is an SVG of 100 % width in which ticks and
 * marks stand at percentages, and only the curves lie in a nested SVG that is stretched, with strokes that do not scale.
 * Axis texts hang outside; `styles/chart.css` leaves room for them. Colours are the page's variables, so one file serves
 * both themes. With a width it is a picture that stands alone (line-picture.ts).
 */
export function render(model: LineChartModel, size: ChartSize): string {
  if (size.width !== undefined) return linePicture(model, { ...size, width: size.width });
  const inside = drawLines(model, layout(model, size.height), FLUID);
  return `<svg class="plot" width="100%" height="${size.height}" role="img" aria-label="${escapeXml(model.label)}">${inside}</svg>`;
}
