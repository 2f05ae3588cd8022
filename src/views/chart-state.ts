/** What a person has chosen for the charts of a page. Nothing chosen is `DEFAULT_STATE`, and that is what the build draws. */
export interface ChartState {
  /** `null` is each chart's own default. */
  x: "step" | "time" | null;
  /** EMA weight 0..0.99; `null` is 0.6 for series of at least 200 points and 0 for shorter ones. */
  smooth: number | null;
  /** Zoom on the x axis, ascending, in the axis' own unit (steps, or seconds since the start). */
  range: readonly [number, number] | null;
  /** Keys of lines and ids of runs that are not drawn. */
  hidden: ReadonlySet<string>;
}

export const DEFAULT_STATE: ChartState = { x: null, smooth: null, range: null, hidden: new Set() };
