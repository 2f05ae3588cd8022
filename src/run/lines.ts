/**
 * Cuts text of line-by-line files into whole lines.
 *
 * A last line without its newline is not given back but kept in `rest`: it is still being written, or was torn when the
 * writer died. Blank lines are left out (a writer that resumes begins with a newline). `\r\n` counts as a newline.
 */
export function wholeLines(text: string): { lines: string[]; rest: string } {
  const end = text.lastIndexOf("\n");
  if (end < 0) return { lines: [], rest: text };
  const lines = text
    .slice(0, end)
    .split("\n")
    .map((line) => (line.endsWith("\r") ? line.slice(0, -1) : line))
    .filter((line) => line.trim() !== "");
  return { lines, rest: text.slice(end + 1) };
}
