/** The social card: what a link to the site looks like where it is shared. 1200 × 630, light, no text that needs a font. */
import { scaleLinear } from "d3";
import { formatValue } from "../run/units.ts";
import type { LineChartModel } from "../views/line-model.ts";
import { lettering, wrapText } from "./letters.ts";
import { GROUND, PALETTE } from "./palette.ts";

export interface CardFacts {
  name: string;
  /** The sentence under it; wrapped to three lines. */
  sentence: string;
  /** The project's learning curves, or null without any. */
  curves: LineChartModel | null;
}

const width = 1200;
const height = 630;
const margin = 232;
const accent = "#0f6358";
const hall =
  "M15 2h2v3h3v5h4v5h4v14h2v2H2v-2h2V15h4v-5h4V5h3zM12.5 29h7v-6.5a3.5 3.5 0 0 0-7 0zM8 25h2.5v-6H8zM21.5 25H24v-6h-2.5zM14.5 15h3v-4h-3z";

/** The card as SVG. Without curves the sentence has the page to itself. */
export function card({ name, sentence, curves }: CardFacts): string {
  const { paper, ink, soft, strong } = GROUND.light;
  const [title = ""] = wrapText(name, 66, width - margin - 90, 1);
  const lines = wrapText(sentence, 31, width - margin - 90, curves === null ? 8 : 3);
  const said = lines.map((line, at) => lettering(line, { x: margin + 48, y: 178 + at * 44, size: 31 })).join("");
  const top = 178 + lines.length * 44 + 8;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">` +
    `<rect width="${width}" height="${height}" fill="${paper}"/>` +
    `<path d="M0 ${height - 62}H${width}M0 ${height - 57}H${width}" stroke="${strong}" stroke-width="1.5"/>` +
    `<path d="M${margin} 0V${height - 62}M${margin + 6} 0V${height - 62}" stroke="${accent}" stroke-opacity="0.5" stroke-width="1.5"/>` +
    `<path transform="translate(62 52) scale(4)" fill="${accent}" fill-rule="evenodd" d="${hall}"/>` +
    `<g fill="${ink}">${lettering(title, { x: margin + 46, y: 116, size: 66 })}${said}</g>` +
    (curves === null ? "" : picture(curves, { left: margin + 130, right: width - 60, top, bottom: height - 96 })) +
    `<g fill="${soft}">${lettering("Kept with Guildhall", { x: width - 48, y: height - 19, size: 24, end: true })}` +
    `${curves === null ? "" : lettering(curves.title, { x: margin + 48, y: height - 19, size: 24 })}</g></svg>`
  );
}

interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

function picture({ lines, xDomain, yDomain, unit }: LineChartModel, box: Box): string {
  if (xDomain === null || yDomain === null) return "";
  const x = scaleLinear(xDomain, [box.left, box.right]);
  const y = scaleLinear(yDomain, [box.bottom, box.top]);
  const ticks = y.ticks(4);
  const grid = ticks.map((tick) => `M${box.left} ${y(tick).toFixed(1)}H${box.right}`);
  const labels = ticks.map((tick) =>
    lettering(formatValue(tick, unit), { x: box.left - 14, y: y(tick) + 7, size: 21, end: true }),
  );
  const curves = lines.map(({ x: steps, y: values, slot, color, emphasis }) => {
    const points = steps.flatMap((step, at) =>
      Number.isFinite(values[at]) ? [`${x(step).toFixed(1)} ${y(values[at]!).toFixed(1)}`] : [],
    );
    const dash = emphasis === "latest" ? ' stroke-dasharray="10 8"' : "";
    if (points.length < 2) return "";
    return `<path stroke="${color ?? PALETTE.light[slot] ?? GROUND.light.faint}"${dash} d="M${points.join("L")}"/>`;
  });
  return (
    `<path stroke="${GROUND.light.rule}" stroke-width="1.5" d="${grid.join("")}"/><g fill="${GROUND.light.faint}">${labels.join("")}</g>` +
    // The leader is drawn last, on top.
    `<g fill="none" stroke-width="4" stroke-linejoin="round" stroke-linecap="round">${curves.reverse().join("")}</g>`
  );
}
