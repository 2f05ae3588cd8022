import { withoutSequences } from "../terminal-text.ts";
import { startsAnew } from "./redrawn.ts";

/** A display of more lines is not followed. */
const ROWS = 40;

export interface RedrawnRegion {
  /** A line is ended with a newline. It is given at once, or kept while it stands in a region that is being drawn again. */
  line(text: string, give: Give): void;
  /** The cursor goes `rows` up from a line that shows `text`. */
  up(rows: number, text: string, give: Give): void;
  /** Gives all that is kept. */
  end(give: Give): void;
}

/** Gets a line; `live` when it has been drawn over. */
type Give = (line: string, live: boolean) => void;

interface Row {
  text: string;
  given: boolean;
}

/**
 * Follows displays of several lines that are drawn again by moving the cursor up (rich, nested bars of tqdm): a line in such
 * a display is a frame of its row, whatever newline follows it, and counts when the display is left.
 */
export function makeRedrawnRegion(): RedrawnRegion {
  let recent: string[] = [];
  let rows: Row[] = [];
  let at = 0;

  const put = (text: string, give: Give): void => {
    const row = rows[at];
    if (text.trim() === "") return;
    const same = row !== undefined && shownText(row.text) === shownText(text);
    if (row !== undefined && !row.given && !same && startsAnew(row.text, text)) give(row.text, true);
    rows[at] = { text, given: same && row.given };
  };
  const leave = (give: Give): void => {
    for (const { text, given } of rows) if (!given && text !== "") give(text, false);
    rows = [];
    at = 0;
  };

  return {
    line(text, give) {
      if (rows.length === 0) {
        recent.push(text);
        if (recent.length > 2 * ROWS) recent = recent.slice(-ROWS);
        give(text, false);
        return;
      }
      put(text, give);
      at += 1;
      if (at >= rows.length) leave(give);
    },
    up(count, text, give) {
      if (rows.length === 0) {
        rows = recent.splice(-Math.min(count, ROWS)).map((line) => ({ text: line, given: true }));
        at = rows.length;
        rows.push({ text: "", given: true });
      }
      put(text, give);
      at = Math.max(0, at - count);
    },
    end: leave,
  };
}

/** What a person sees of a line: rich pads the same text to other widths. */
function shownText(line: string): string {
  return withoutSequences(line).trim();
}
