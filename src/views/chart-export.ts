import { encodeNumber } from "../run/numbers.ts";
import type { Series } from "../run/types.ts";
import type { ChartData, ChartSpec } from "./chart-spec.ts";

/**
 * The points of a chart as CSV (RFC 4180): one row for each point or bucket, raw values only, in the order of the chart's
 * runs and tags. `min` and `max` are the extremes of what a bucket stands for. Non-finite values are words: NaN, Infinity.
 */
export function chartCsv(spec: ChartSpec, data: ReadonlyMap<string, ChartData>): string {
  const rows = ["run,label,tag,step,seconds,value,min,max"];
  for (const { run, series } of shown(spec, data)) {
    const head = [run.id, run.label, series.tag].map(quoted).join(",");
    for (let i = 0; i < series.last.length; i += 1) {
      rows.push(`${head},${series.steps[i]},${series.times[i]},${series.last[i]},${series.min[i]},${series.max[i]}`);
    }
  }
  return `${rows.join("\r\n")}\r\n`;
}

/** The chart and its points as JSON, numbers written as in `series.json`. */
export function chartJson(spec: ChartSpec, data: ReadonlyMap<string, ChartData>): string {
  const series = shown(spec, data).map(({ run, series: one }) => ({
    run: run.id,
    label: run.label,
    ...one,
    min: one.min.map(encodeNumber),
    max: one.max.map(encodeNumber),
    last: one.last.map(encodeNumber),
  }));
  return `${JSON.stringify({ chart: spec.title, panel: spec.panel, unit: spec.unit, series }, null, 1)}\n`;
}

function shown(spec: ChartSpec, data: ReadonlyMap<string, ChartData>): { run: ChartSpec["runs"][number]; series: Series }[] {
  return spec.runs.flatMap((run) => {
    const all = (spec.panel === "system" ? data.get(run.id)?.system : data.get(run.id)?.series) ?? [];
    return spec.tags.flatMap((tag) => all.filter((series) => series.tag === tag).map((series) => ({ run, series })));
  });
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
