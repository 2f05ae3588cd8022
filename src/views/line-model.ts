/**
 * What a line chart shows, in data units: everything that is decided before a pixel is.
 *
 * `lineChart` (line-chart.ts) makes it, `layout` and `render` (charts/line.ts) place and draw it.
 */
import type { EventKind, Goal, Unit } from "../run/types.ts";

export type XKind = "step" | "time";

/** Something that cannot be drawn as a line: a value that is not finite, or one beyond the clipped axis. */
export interface LineMark {
  kind: "nan" | "up" | "down" | "clipped-up" | "clipped-down";
  x: number;
  /** The height to draw it at: the last finite value. Null when there was none; for clipped values the axis' end. */
  y: number | null;
}

export interface Line {
  /** `<run id>` or `<tag>` or `<run id>:<tag>`, the shortest that is unique in the chart; what `hide=` holds. */
  key: string;
  runId: string;
  tag: string;
  label: string;
  /** 0..7, or -1 for grey. */
  slot: number;
  /** A colour pinned by hand, `#rrggbb`; it wins over the slot. */
  color: string | null;
  /** 0 is solid; lines that share a colour differ in it. */
  dash: number;
  emphasis: "normal" | "latest" | "faint";
  hidden: boolean;
  /** Parallel columns, ascending by x, thinned for drawing. `y` holds the raw values, non-finite ones included. */
  x: number[];
  y: number[];
  /** Extremes of what each point stands for; null where nothing was thinned. */
  low: number[] | null;
  high: number[] | null;
  /** Null when nothing was smoothed. */
  smooth: number[] | null;
  steps: number[];
  times: number[];
  /** Where a restarted run went over steps that it had done before: the earlier attempt, drawn faint and dotted. */
  superseded: { x: number[]; y: number[] }[];
  marks: LineMark[];
  /** The last finite point in view, and the last raw value, which may be NaN; null when the line has no finite point. */
  end: { x: number; y: number; value: number } | null;
}

export interface EventTick {
  x: number;
  kind: EventKind;
  detail: string;
}

/** A stretch of the axis with a name, such as the time before the first step. */
export interface Shade {
  from: number;
  to: number;
  label: string;
}

export interface LineChartModel {
  id: string;
  title: string;
  unit: Unit;
  goal: Goal | null;
  xKind: XKind;
  /** Null when there is no point at all. */
  xDomain: [number, number] | null;
  /** Of finite values that are shown; null when there are none. Not yet rounded to nice ends. */
  yDomain: [number, number] | null;
  lines: Line[];
  events: EventTick[];
  shades: Shade[];
  /** Why nothing is drawn, in a few words; null when something is. */
  empty: string | null;
  /** What was smoothed, thinned, clipped or left out: full sentences, possibly none. */
  caption: string[];
  /** The picture in one or two sentences, for those who cannot see it. */
  label: string;
}
