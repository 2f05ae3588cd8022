import { readingsAt } from "../views/cursor-reading.ts";
import type { LineChartModel } from "../views/line-model.ts";
import { decimals, FLUID } from "./frame.ts";
import { classOf, styleOf } from "./line-drawing.ts";
import type { LineLayout } from "./line-layout.ts";
import { shapeOf } from "./shapes.ts";

/** The cursor over a plot, as the inside of an SVG element laid over it: a hairline, and each line's shape at its point. */
export function drawCursor(model: LineChartModel, placed: LineLayout, x: number): string {
  if (placed.x === null) return "";
  const share = placed.x.share(x);
  if (share < 0 || share > 1) return "";
  const hair = `<line class="hair" x1="${FLUID.x(share)}" x2="${FLUID.x(share)}" y1="0" y2="${placed.height}"/>`;
  if (placed.y === null) return hair;
  const points = readingsAt(model, x).map(({ line, index }) => {
    const shown = line.smooth?.[index] ?? line.y[index]!;
    const top = placed.y!.place(shown);
    if (!(top >= 0 && top <= placed.height)) return "";
    const { path, open } = shapeOf(line.slot);
    return (
      `<svg x="${FLUID.x(placed.x!.share(line.x[index]!))}" y="${decimals(top, 1)}" class="${classOf(line)}"${styleOf(line)}>` +
      `<path class="${open ? "end open" : "end"}" d="${path}"/></svg>`
    );
  });
  return hair + points.join("");
}
