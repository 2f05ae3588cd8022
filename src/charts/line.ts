import { area, line as d3line } from "d3";
import type { EventTick, Line, LineChartModel, LineMark } from "../views/line-model.ts";
import { type ChartSize, defineChart } from "./_contract.ts";
import { escapeXml } from "./escape-xml.ts";
import { type LineLayout, layout } from "./line-layout.ts";
import { RelativePath } from "./path.ts";
import { DOWN_SHAPE, EVENT_SHAPES, NAN_SHAPE, shapeOf, UP_SHAPE } from "./shapes.ts";

/** Units of the stretched drawing: whole numbers have to be fine enough for a wide screen and four to a pixel of height. */
const WIDE = 2000;
const FINE = 4;

export default defineChart<LineChartModel>({ summary: "Curves over steps or time", render });

/**
 * Draws a line chart: grid, axes, bands, raw and smoothed curves, marks and event ticks.
 *
 * Fluid without scripts and without distorted text: the plot area is an SVG of 100 % width in which ticks and marks stand
 * at percentages, and only the curves lie in a nested SVG that is stretched, with strokes that do not scale. Axis labels
 * hang outside; the style sheet leaves room for them. Colours are the page's variables, so one file serves both themes.
 */
export function render(model: LineChartModel, size: ChartSize): string {
  const placed = layout(model, size.height);
  return (
    `<svg class="plot" width="100%" height="${size.height}" role="img" aria-label="${escapeXml(model.label)}">` +
    `${draw(model, placed)}</svg>`
  );
}

/** All that is inside the plot's SVG element. */
function draw(model: LineChartModel, placed: LineLayout): string {
  const { height, x, y } = placed;
  let behind = y === null ? `<path class="grid" d="M0 ${height * FINE}h${WIDE}"/>` : grid(y.ticks, height);
  let front = "";
  let text = y === null ? "" : yTexts(placed);
  if (x !== null) {
    for (const { from, to } of model.shades) {
      const left = clampShare(x.share(from)) * WIDE;
      behind = `<path class="shade" d="M${Math.round(left)} 0V${height * FINE}H${Math.round(clampShare(x.share(to)) * WIDE)}V0z"/>${behind}`;
    }
    text += xTexts(placed) + shadeTexts(model, placed);
    behind += eventLines(model.events, placed);
    front += eventMarks(model.events, placed);
  }
  let curves = "";
  if (x !== null && y !== null) for (const line of placed.drawn) curves += curve(line, placed);
  if (x !== null) for (const line of placed.drawn) front += marks(line, placed);
  if (model.empty !== null) text += `<text class="empty" x="50%" y="${height / 2}">${escapeXml(model.empty)}</text>`;
  return (
    `<svg class="curves" viewBox="0 0 ${WIDE} ${height * FINE}" preserveAspectRatio="none" width="100%" height="${height}">` +
    `${behind}${curves}</svg>${text}${front}`
  );
}

function grid(ticks: readonly { y: number; text: string }[], height: number): string {
  const at = (y: number) => `M0 ${Math.round(y * FINE)}h${WIDE}`;
  const lines = ticks.filter((tick) => tick.y < height - 0.5).map((tick) => at(tick.y));
  return `<path class="grid" d="${lines.join("")}"/><path class="axis" d="${at(height)}"/>`;
}

function yTexts({ y }: LineLayout): string {
  const unit = y!.unit === "" ? "" : `<text class="unit" x="0" y="-14">${escapeXml(y!.unit)}</text>`;
  return unit + y!.ticks.map((tick) => `<text class="y" x="0" y="${round(tick.y)}">${tick.text}</text>`).join("");
}

function xTexts({ x, height }: LineLayout): string {
  const texts = x!.ticks.map(
    (tick) => `<text class="${tick.minor ? "x minor" : "x"}" x="${percent(tick.share)}" y="${height + 17}">${tick.text}</text>`,
  );
  return `${texts.join("")}<text class="x name" x="0" y="${height + 17}">${x!.name}</text>`;
}

function shadeTexts(model: LineChartModel, { x, height }: LineLayout): string {
  return model.shades
    .filter(({ from, to }) => x!.share(to) - x!.share(from) > 0.08)
    .map(({ from, to, label }) => {
      const middle = (clampShare(x!.share(from)) + clampShare(x!.share(to))) / 2;
      return `<text class="shade-name" x="${percent(middle)}" y="${height - 8}">${label}</text>`;
    })
    .join("");
}

/** Epochs are short ticks that rise from the axis, all in one path; other events hairlines over the whole height. */
function eventLines(events: readonly EventTick[], { x, height }: LineLayout): string {
  let epochs = "";
  let others = "";
  for (const event of events) {
    const at = Math.round(x!.share(event.x) * WIDE);
    if (event.kind === "epoch") epochs += `M${at} ${height * FINE}v${-6 * FINE}`;
    else others += `M${at} 0v${height * FINE}`;
  }
  return (
    (others === "" ? "" : `<path class="event" d="${others}"/>`) + (epochs === "" ? "" : `<path class="epoch" d="${epochs}"/>`)
  );
}

function eventMarks(events: readonly EventTick[], { x }: LineLayout): string {
  return events
    .filter((event) => event.kind !== "epoch")
    .map((event) => at(x!.share(event.x), 0, `<path class="event-mark" d="${EVENT_SHAPES[event.kind] ?? EVENT_SHAPES.note}"/>`))
    .join("");
}

function curve(line: Line, { x, y }: LineLayout): string {
  const [from, to] = x!.domain;
  const scaleX = WIDE / (to - from);
  const zero = y!.place(0) * FINE;
  // The y axis is linear: two places give all. Calling a d3 scale for each point would double the time of a build.
  const [low, high] = y!.domain;
  const slope = ((y!.place(high) - y!.place(low)) * FINE) / (high - low);
  const place =
    Number.isFinite(zero) && Number.isFinite(slope)
      ? (value: number) => zero + slope * value
      : (value: number) => y!.place(value) * FINE;
  // `as never`: d3's type asks for a whole canvas context, its straight lines use only what RelativePath has.
  const path = (xs: readonly number[], ys: readonly number[]) => {
    const context = new RelativePath();
    d3line<number>()
      .defined(Number.isFinite)
      .x((_, i) => (xs[i]! - from) * scaleX)
      .y(place)
      .context(context as never)(ys as number[]);
    return context.toString();
  };
  const band = () => {
    const context = new RelativePath();
    area<number>()
      .defined(Number.isFinite)
      .x((_, i) => (line.x[i]! - from) * scaleX)
      .y0((_, i) => place(line.low![i]!))
      .y1((_, i) => place(line.high![i]!))
      .context(context as never)(line.y);
    return context.toString();
  };
  const raw = path(line.x, line.y);
  let paths = line.low === null ? "" : `<path class="band" d="${band()}"/>`;
  for (const part of line.superseded) paths += `<path class="old" d="${path(part.x, part.y)}"/>`;
  paths +=
    line.smooth === null
      ? `<path class="line" d="${raw}"/>`
      : `<path class="raw" d="${raw}"/><path class="line" d="${path(line.x, line.smooth)}"/>`;
  return `<g class="${classOf(line)}"${styleOf(line)}>${paths}</g>`;
}

/** Marks at percentages, so that stretching the curves does not distort them. */
function marks(line: Line, { x, y, height }: LineLayout): string {
  let inside = "";
  for (const mark of line.marks) {
    const share = x!.share(mark.x);
    if (share < 0 || share > 1) continue;
    inside += at(share, markHeight(mark, y?.place ?? null, height), markShape(mark));
  }
  if (line.end !== null && y !== null) {
    const share = x!.share(line.end.x);
    const top = y.place(line.end.y);
    const { path, open } = shapeOf(line.slot);
    if (share >= 0 && share <= 1 && top >= -1 && top <= height + 1) {
      inside += at(share, top, `<path class="${open ? "end open" : "end"}" d="${path}"/>`);
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
  return Math.min(height - 5, Math.max(5, place(mark.y)));
}

/** Classes that give a line its colour, dash and weight; the legend and the cursor use the same. */
export function classOf(line: Pick<Line, "slot" | "dash" | "emphasis">): string {
  const slot = line.slot < 0 ? "sx" : `s${line.slot}`;
  const dash = line.dash === 0 ? "" : ` d${((line.dash - 1) % 3) + 1}`;
  return `${slot}${dash}${line.emphasis === "normal" ? "" : ` ${line.emphasis}`}`;
}

export function styleOf(line: Pick<Line, "color">): string {
  return line.color === null ? "" : ` style="--c:${escapeXml(line.color)}"`;
}

/** Puts a small drawing around 0,0 at a share of the width: a nested SVG is the only thing that can stand at "37.2 %, 40 px". */
function at(share: number, y: number, inside: string): string {
  return `<svg x="${percent(share)}" y="${round(y)}">${inside}</svg>`;
}

function clampShare(share: number): number {
  return Math.min(1, Math.max(0, share));
}

/** Two decimals are a tenth of a pixel on a wide screen. */
function percent(share: number): string {
  return `${round(share * 100, 100)}%`;
}

function round(value: number, scale = 10): number {
  // `+ 0` turns minus zero into zero.
  return Math.round(value * scale) / scale + 0;
}
