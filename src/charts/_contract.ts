/** What a chart file exports. One chart, one file; the file name is the chart's name. */

export interface ChartSize {
  /** Height of the plot area in CSS pixels, axes not counted. */
  height: number;
  /**
   * Without a width the chart is fluid: it fills its box, colours come from the page's style sheet.
   * With one it is a picture that stands alone: fixed width in pixels, colours and words inside.
   */
  width?: number;
  /** Colours of a picture that stands alone; light when left out. */
  theme?: "light" | "dark";
  /** Where the picture comes from, for its metadata: an address. */
  source?: string;
}

export interface Chart<Model> {
  /** One sentence without a full stop, for the list of charts. */
  summary: string;
  /** An SVG element as text. The same model and size give the same bytes. */
  render(model: Model, size: ChartSize): string;
}

/** Gives the chart back unchanged; it is here for its type. */
export function defineChart<Model>(chart: Chart<Model>): Chart<Model> {
  return chart;
}
