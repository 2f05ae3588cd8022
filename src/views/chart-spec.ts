/**
 * What a chart shows, small enough to stand in the page; the points are in each run's `series.json` and `system.json`.
 *
 * Build, live view and browser all call `lineChart(spec, data)` (line-chart.ts) and hand the model to the same
 * `render` (charts/line.ts), so what was built and what is hydrated cannot differ.
 */
import type { Goal, Unit } from "../run/types.ts";

export type { ChartData } from "../run/types.ts";

export interface ChartRun {
  id: string;
  /** What stands at the line's end and in the legend. */
  label: string;
  /** Palette slot 0..7, from `color.ts`; -1 is the grey of "others". */
  slot: number;
  /** Pinned by hand in `guild.yml`, `#rrggbb`; wins over the slot. */
  color?: string;
  /** `latest` is drawn dashed, `faint` behind everything else. */
  emphasis: "normal" | "latest" | "faint";
}

export interface ChartSpec {
  /** Unique in the page, stable between builds; `#chart-<id>` is its anchor. */
  id: string;
  title: string;
  /** `scalars` draws from series.json, `system` from system.json mapped to steps by the run's step-time curve. */
  panel: "scalars" | "system";
  /** One line for each run and tag. */
  tags: string[];
  runs: ChartRun[];
  unit: Unit;
  goal: Goal | null;
  /** Default axis; people can switch. `time` is seconds since the run started. */
  x: "step" | "time";
  /** The tag that tells which step was reached when, usually the main metric; otherwise the series with the most points. */
  stepTag?: string;
}
