import { withoutSequences } from "../terminal-text.ts";

/** At most so many characters of a line are looked at. */
export const LINE_LIMIT = 4000;

/** Whatever a terminal is told begins below the blank, or is the delete sign; nearly no line holds any. */
const UNSHOWN = String.raw`\u0000-\u0008\u000b-\u001f\u007f`;
const MAY_HOLD_SEQUENCE = new RegExp(`[${UNSHOWN}]`);

/**
 * A line as a person sees it: without colours, cursor movements and control characters, trimmed. What lies beyond `LINE_LIMIT` is
 * cut off, with the word that the cut went through: half a number is another number.
 */
export function plainText(line: string): string {
  const cut = line.length > LINE_LIMIT ? line.slice(0, LINE_LIMIT).replace(/\S+$/, "") : line;
  return (MAY_HOLD_SEQUENCE.test(cut) ? withoutSequences(cut) : cut).trim();
}
