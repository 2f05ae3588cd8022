import { formatValue } from "../run/units.ts";
import { at } from "./chart-caption.ts";
import type { Line, LineChartModel } from "./line-model.ts";

/**
 * The picture in a sentence or two: what over what, how many lines, and the best value where a goal says what is good.
 * For one line: where it begins and ends. Raw values, never smoothed ones. An empty chart says so.
 */
export function labelOf(model: LineChartModel): string {
  const lines = model.lines.filter((line) => !line.hidden);
  const over = model.xKind === "step" ? "by step" : "over time";
  const subject = `${model.title} ${over}`;
  if (model.empty !== null) return `${subject}: ${model.empty}.`;
  const best = bestOf(model, lines);
  if (lines.length === 1) return `${subject}${oneLine(model, lines[0]!)}.${best === null ? "" : ` ${best}`}`;
  return `${subject}, ${lines.length} lines: ${listed(lines.map((line) => lastWords(line, model)))}.${best === null ? "" : ` ${best}`}`;
}

function oneLine(model: LineChartModel, line: Line): string {
  const first = line.y.findIndex((value) => Number.isFinite(value));
  if (line.end === null || first < 0) return "";
  const end = `${formatValue(line.end.y, model.unit)} at ${at(line.end.x, model)}`;
  return line.x[first] === line.end.x
    ? `: ${end}`
    : `: from ${formatValue(line.y[first]!, model.unit)} at ${at(line.x[first]!, model)} to ${end}`;
}

function lastWords(line: Line, model: LineChartModel): string {
  return `${line.label} ${line.end === null ? "without a finite value" : `ends at ${formatValue(line.end.value, model.unit)}`}`;
}

function bestOf(model: LineChartModel, lines: readonly Line[]): string | null {
  if (model.goal === null) return null;
  let best: { line: Line; value: number; x: number } | null = null;
  const better = (a: number, b: number) => (model.goal === "max" ? a > b : a < b);
  for (const line of lines) {
    const extremes = (model.goal === "max" ? line.high : line.low) ?? line.y;
    for (let i = 0; i < extremes.length; i += 1) {
      const value = extremes[i]!;
      if (Number.isFinite(line.y[i]) && (best === null || better(value, best.value))) best = { line, value, x: line.x[i]! };
    }
  }
  if (best === null) return null;
  const name = lines.length > 1 ? `${best.line.label}, ` : "";
  return `Best: ${name}${formatValue(best.value, model.unit)} ${best.line.high === null ? "at" : "about"} ${at(best.x, model)}.`;
}

/** Names a few and counts the rest: nobody listens to thirty. */
function listed(parts: readonly string[]): string {
  return parts.length <= 5 ? parts.join(", ") : `${parts.slice(0, 4).join(", ")} and ${parts.length - 4} more`;
}
