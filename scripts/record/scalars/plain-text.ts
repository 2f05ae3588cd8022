import { withoutSequences } from "../terminal-text.ts";

/** At most so many characters of a line are looked at. */
export const LINE_LIMIT = 4000;

/** A line as a person sees it: without colours, cursor movements and control characters, trimmed, cut to `LINE_LIMIT`. */
export function plainText(line: string): string {
  return withoutSequences(line.slice(0, LINE_LIMIT)).trim();
}
