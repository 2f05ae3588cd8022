import { withoutSequences } from "../terminal-text.ts";

/** The beginning of a frame says what bar it is and how far. */
const BEGINNING = 400;
const COUNT = /(?:^|[\s|])(\d+)\/(\d+)(?=[\s[]|$)/;

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
  const count = COUNT.exec(bar < 0 ? text : text.slice(bar)) ?? (bar === 0 ? COUNT.exec(text) : null);
  return { label: bar < 0 ? "" : text.slice(0, bar).replace(/^\d+\/\d+$/, ""), at: count === null ? null : Number(count[1]) };
}
