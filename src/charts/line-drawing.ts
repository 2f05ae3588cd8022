import { area, line as d3line } from "d3";
import type { EventTick, Line, LineChartModel, LineMark } from "../views/line-model.ts";
import { escapeXml } from "./escape-xml.ts";
import { decimals, type Frame } from "./frame.ts";
import { clamp, type LineLayout } from "./line-layout.ts";
import { RelativePath } from "./path.ts";
import { DOWN_SHAPE, EVENT_SHAPES, NAN_SHAPE, shapeOf, UP_SHAPE } from "./shapes.ts";

/**
 * All that is inside a line chart's plot: shades, grid and hairlines behind, curves cut at the edges, then axis texts and
 * marks, which may hang out. The origin is the plot's top left corner.
 */
export function drawLines(model: LineChartModel, placed: LineLayout, frame: Frame): string {
  const { height, x, y } = placed;
  let curves = x === null ? "" : shades(model, placed, frame);
  curves += grid(placed, frame);
  if (x !== null) curves += eventLines(model.events, placed, frame);
  if (x !== null && y !== null) for (const line of placed.drawn) curves += curve(line, placed, frame);
  let front = y === null ? "" : yTexts(placed);
  if (x !== null) {
    front += xTexts(placed, frame) + shadeTexts(model, placed, frame) + eventMarks(model.events, placed, frame);
    for (const line of placed.drawn) front += marks(line, placed, frame);
  }
  if (model.empty !== null) {
    front += `<text class="empty" x="${frame.x(0.5)}" y="${height / 2}">${escapeXml(model.empty)}</text>`;
  }
  return frame.curves(curves, height) + front;
}

function grid({ y, height }: LineLayout, frame: Frame): string {
  const at = (top: number) => `M0 ${Math.round(top) * frame.perPixel}h${frame.across}`;
  // The axis itself is drawn at the bottom edge, half a pixel inside so that the edge does not cut it.
  const axis = `<path class="axis" d="M0 ${(height - 0.5) * frame.perPixel}h${frame.across}"/>`;
  if (y === null) return axis;
  const lines = y.ticks.filter((tick) => tick.y < height - 1).map((tick) => at(tick.y));
  return `<path class="grid" d="${lines.join("")}"/>${axis}`;
}

function yTexts({ y }: LineLayout): string {
  // A long unit begins at the figure's edge and reaches over the plot.
  const [edge, wide] = y!.unit.length > 6 ? [-48, " wide"] : [-8, ""];
  const unit = y!.unit === "" ? "" : `<text class="unit${wide}" x="${edge}" y="-13">${escapeXml(y!.unit)}</text>`;
  return unit + y!.ticks.map((tick) => `<text class="y" x="-8" y="${decimals(tick.y, 1) + 4}">${tick.text}</text>`).join("");
}

function xTexts({ x, height }: LineLayout, frame: Frame): string {
  const texts = x!.ticks.map(
    ({ share, text, minor }) =>
      `<text class="${minor ? "x minor" : "x"}" x="${frame.x(share)}" y="${height + 17}">${text}</text>`,
  );
  return `<text class="x-name" x="-44" y="${height + 17}">${x!.name}</text>${texts.join("")}`;
}

function shades({ shades }: LineChartModel, { x, height }: LineLayout, frame: Frame): string {
  return shades
    .map(({ from, to }) => {
      const [left, right] = [from, to].map((value) =>
        decimals(clamp(x!.share(value), 0, 1) * frame.across, frame.perUnit === 1 ? 0 : 1),
      );
      return `<path class="shade" d="M${left} 0V${height * frame.perPixel}H${right}V0z"/>`;
    })
    .join("");
}

function shadeTexts({ shades }: LineChartModel, { x, height }: LineLayout, frame: Frame): string {
  return shades
    .map(({ from, to, label }) => {
      const [left, right] = [clamp(x!.share(from), 0, 1), clamp(x!.share(to), 0, 1)];
      // Narrower than its name at 600 px.
      if (right - left < 0.12) return "";
      return `<text class="shade-name" x="${frame.x((left + right) / 2)}" y="${height - 8}">${label}</text>`;
    })
    .join("");
}

/** Epochs are short ticks that rise from the axis, all in one path; other events are hairlines over the whole height. */
function eventLines(events: readonly EventTick[], { x, height }: LineLayout, frame: Frame): string {
  let epochs = "";
  let others = "";
  for (const event of events) {
    const at = decimals(x!.share(event.x) * frame.across, frame.perUnit === 1 ? 0 : 1);
    if (event.kind === "epoch") epochs += `M${at} ${height * frame.perPixel}v${-7 * frame.perPixel}`;
    else others += `M${at} 0v${height * frame.perPixel}`;
  }
  return (
    (others === "" ? "" : `<path class="event" d="${others}"/>`) + (epochs === "" ? "" : `<path class="epoch" d="${epochs}"/>`)
  );
}

function eventMarks(events: readonly EventTick[], { x }: LineLayout, frame: Frame): string {
  return events
    .filter((event) => event.kind !== "epoch")
    .map((event) => at(x!.share(event.x), -5, `<path class="event-mark" d="${EVENT_SHAPES[event.kind]!}"/>`, frame))
    .join("");
}

function curve(line: Line, placed: LineLayout, frame: Frame): string {
  const raw = curvePath(line.x, line.y, placed, frame);
  let paths = "";
  if (line.low !== null && line.high !== null) {
    paths += `<path class="band" d="${bandPath(line.x, line.y, line.low, line.high, placed, frame)}"/>`;
  }
  for (const part of line.superseded) paths += `<path class="old" d="${curvePath(part.x, part.y, placed, frame)}"/>`;
  paths +=
    line.smooth === null
      ? `<path class="line" d="${raw}"/>`
      : `<path class="raw" d="${raw}"/><path class="line" d="${curvePath(line.x, line.smooth, placed, frame)}"/>`;
  return `<g class="${classOf(line)}"${styleOf(line)}>${paths}</g>`;
}

/** A value that is not finite breaks the line. */
function curvePath(xs: readonly number[], ys: readonly number[], { x, y }: LineLayout, frame: Frame): string {
  const context = new RelativePath(frame.perUnit);
  const draw = d3line<number>()
    .defined(Number.isFinite)
    .x((_, i) => x!.share(xs[i]!) * frame.across)
    .y((value) => y!.place(value) * frame.perPixel)
    // `as never`: d3's type asks for a whole canvas context, its straight lines use only what RelativePath has.
    .context(context as never);
  draw(ys as number[]);
  return context.toString();
}

function bandPath(
  xs: readonly number[],
  ys: readonly number[],
  low: readonly number[],
  high: readonly number[],
  { x, y }: LineLayout,
  frame: Frame,
): string {
  const context = new RelativePath(frame.perUnit);
  const draw = area<number>()
    .defined(Number.isFinite)
    .x((_, i) => x!.share(xs[i]!) * frame.across)
    .y0((_, i) => y!.place(low[i]!) * frame.perPixel)
    .y1((_, i) => y!.place(high[i]!) * frame.perPixel)
    // `as never`: as above.
    .context(context as never);
  draw(ys as number[]);
  return context.toString();
}

/** What a line's values cannot say by its course: breaks, values beyond the axis, and where it ends. */
function marks(line: Line, { x, y, height }: LineLayout, frame: Frame): string {
  let inside = "";
  for (const mark of line.marks) {
    const share = x!.share(mark.x);
    if (share >= 0 && share <= 1) inside += at(share, markHeight(mark, y?.place ?? null, height), markShape(mark), frame);
  }
  if (line.end !== null && y !== null) {
    const share = x!.share(line.end.x);
    const top = y.place(line.end.y);
    const { path, open } = shapeOf(line.slot);
    if (share >= 0 && share <= 1 && top >= -1 && top <= height + 1) {
      inside += at(share, top, `<path class="${open ? "end open" : "end"}" d="${path}"/>`, frame);
    }
  }
  return inside === "" ? "" : `<g class="${classOf(line)}"${styleOf(line)}>${inside}</g>`;
}

function markShape(mark: LineMark): string {
  if (mark.kind === "nan") return `<path class="nan" d="${NAN_SHAPE}"/>`;
  return `<path class="beyond" d="${mark.kind === "up" || mark.kind === "clipped-up" ? UP_SHAPE : DOWN_SHAPE}"/>`;
}

function markHeight(mark: LineMark, place: ((value: number) => number) | null, height: number): number {
  if (mark.kind === "clipped-up") return 5;
  if (mark.kind === "clipped-down") return height - 5;
  if (mark.y === null || place === null) return height / 2;
  return clamp(place(mark.y), 5, height - 5);
}

/** Classes that give a line its colour (always the first), dash and weight; legend, tooltip and cursor use the same. */
export function classOf(line: Pick<Line, "slot" | "color" | "dash" | "emphasis">): string {
  const slot = line.color !== null ? `c${line.color.slice(1)}` : line.slot < 0 ? "sx" : `s${line.slot}`;
  const dash = line.dash === 0 ? "" : ` d${((line.dash - 1) % 3) + 1}`;
  return `${slot}${dash}${line.emphasis === "normal" ? "" : ` ${line.emphasis}`}`;
}

/** The style attribute of a colour that was pinned by hand; empty without one. */
export function styleOf(line: Pick<Line, "color">): string {
  return line.color === null ? "" : ` style="--c:${escapeXml(line.color)}"`;
}

/** Puts a small drawing around 0,0 at a share of the width: only a nested SVG can stand at "37.2 %, 40 px". */
function at(share: number, y: number, inside: string, frame: Frame): string {
  const top = decimals(y, 1);
  return frame.width === null
    ? `<svg x="${frame.x(share)}" y="${top}">${inside}</svg>`
    : `<g transform="translate(${frame.x(share)} ${top})">${inside}</g>`;
}
