import { withoutSequences } from "../terminal-text.ts";

/** The beginning of a frame says what bar it is and how far. */
const BEGINNING = 400;
const COUNT = /(?:^|[\s|])(\d+)\/(\d+)(?=[\s[]|$)/;
const PERCENT = /(?:^|\s)(\d{1,3})%/;

/**
 * Do two frames of one line show different things: another label (`Epoch 1/4`, then `Epoch 2/4`), a count that has gone back, or no
 * bar at all? Then the first of them was the last of its kind.
 */
export function startsAnew(before: string, after: string): boolean {
  const [old, next] = [look(before), look(after)];
  if (old.at === null || next.at === null) return true;
  return old.label !== next.label || next.at < old.at;
}

interface Look {
  label: string;
  at: number | null;
}

function look(frame: string): Look {
  const text = withoutSequences(frame.slice(0, BEGINNING * 2))
    .trim()
    .slice(0, BEGINNING);
  const bar = text.search(/\s*(?:\d{1,3}%\s?\||[━╸╺]|\[[=>.#-]{3})/);
  const behind = bar < 0 ? text : text.slice(bar);
  const count = COUNT.exec(behind) ?? PERCENT.exec(behind) ?? (bar === 0 ? null : COUNT.exec(text));
  // Numbers in a label may be measured ones; whole numbers count epochs.
  const label = bar < 0 ? "" : text.slice(0, bar).replace(/^\d+\/\d+$|\d*\.\d+(?:e[-+]?\d+)?/g, "");
  return { label, at: count === null ? null : Number(count[1]) };
}
