/**
 * A shape for each palette slot, so that colour is never the only cue. They stand at line ends, in the legend and at the
 * cursor. Path data around 0,0 with a reach of about 4 px; the last four are open and drawn as outlines.
 */
const SHAPES = [
  "M-3.6 0a3.6 3.6 0 1 0 7.2 0a3.6 3.6 0 1 0-7.2 0z",
  "M-3.2-3.2h6.4v6.4h-6.4z",
  "M0-4.4 4.4 0 0 4.4-4.4 0z",
  "M0-4.2 4.2 3.2h-8.4z",
  "M-3.1 0a3.1 3.1 0 1 0 6.2 0a3.1 3.1 0 1 0-6.2 0z",
  "M-2.8-2.8h5.6v5.6h-5.6z",
  "M0-3.9 3.9 0 0 3.9-3.9 0z",
  "M0-3.8 3.8 2.8h-7.6z",
] as const;

/** The shape of a slot; grey lines (-1) have a small dot. `open` ones are filled with the paper's colour. */
export function shapeOf(slot: number): { path: string; open: boolean } {
  if (slot < 0) return { path: "M-2 0a2 2 0 1 0 4 0a2 2 0 1 0-4 0z", open: false };
  const index = slot % SHAPES.length;
  return { path: SHAPES[index]!, open: index >= 4 };
}

/** NaN: an open triangle that points down. */
export const NAN_SHAPE = "M-4.5-3.5h9L0 4z";
/** Infinity and points beyond the axis: triangles that point where the value went. */
export const UP_SHAPE = "M-4.5 3.5h9L0-4z";
export const DOWN_SHAPE = "M-4.5-3.5h9L0 4z";

/** What stands on the top edge for events of a kind. */
export const EVENT_SHAPES: Readonly<Record<string, string>> = {
  checkpoint: "M0-3.6 3.6 0 0 3.6-3.6 0z",
  eval: "M-3 0a3 3 0 1 0 6 0a3 3 0 1 0-6 0z",
  image: "M-2.8-2.8h5.6v5.6h-5.6z",
  note: "M-2.6-3.4h5.2v6.8l-2.6-2-2.6 2z",
  restart: "M-3.4-3.4 3.4 0-3.4 3.4z",
};
