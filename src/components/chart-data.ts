import type { ChartData, ChartSpec } from "../views/chart-spec.ts";
import { chartData } from "./site.ts";

/** The points of every run that the chart draws; a run that is gone since is left out. */
export function dataFor(spec: Pick<ChartSpec, "runs">): Map<string, ChartData> {
  return new Map(spec.runs.map((run) => [run.id, chartData(run.id)]));
}
