/** What a figure's file exports. One file, one figure of `content/docs/measurements.md`. */

export interface Row {
  what: string;
  /** As it is shown, with its unit and what it is (a median, a percentile). */
  measured: string;
  limit: string;
  /** Is the measured value within the limit? */
  within: boolean;
}

export interface Figure {
  /** What is measured and how, in a sentence or two: stands beneath the table. */
  method: string;
  /** Takes the measurement. Throws where this machine lacks what it needs, such as a browser. */
  measure(): Promise<Row[]>;
}

/** Gives the figure back unchanged; it is here for its type. */
export function defineFigure(figure: Figure): Figure {
  return figure;
}
