/** Tables in the terminal. */

export interface TextColumn {
  heading: string;
  /** Numbers stand under each other at their right end. */
  align: "left" | "right";
}

/**
 * Lines of a table: two spaces between columns, no space at the end of a line. Where `width` is given, columns that no longer fit
 * are left out from the right, the first always stays; how many is said by `left`.
 */
export function tableLines(
  columns: readonly TextColumn[],
  rows: readonly (readonly string[])[],
  width: number | null = null,
): { lines: string[]; left: number } {
  const widths = columns.map(({ heading }, at) => Math.max(lengthOf(heading), ...rows.map((row) => lengthOf(row[at] ?? ""))));
  let shown = columns.length;
  const total = () => widths.slice(0, shown).reduce((sum, each) => sum + each + 2, -2);
  while (width !== null && shown > 1 && total() > width) shown -= 1;
  const line = (cells: readonly string[]) =>
    columns
      .slice(0, shown)
      .map(({ align }, at) => pad(cells[at] ?? "", widths[at]!, align))
      .join("  ")
      .trimEnd();
  return { lines: [columns.map(({ heading }) => heading), ...rows].map(line), left: columns.length - shown };
}

/** In code points: what terminals show of the scripts that flags and labels are mostly written in. */
function lengthOf(text: string): number {
  return [...text].length;
}

function pad(text: string, width: number, align: TextColumn["align"]): string {
  const space = " ".repeat(Math.max(0, width - lengthOf(text)));
  return align === "left" ? text + space : space + text;
}

/** How wide the terminal is; null where the output is no terminal, so that nothing is left out of a pipe. */
export function widthOf(stream: { isTTY?: boolean; columns?: number }): number | null {
  return stream.isTTY === true && stream.columns !== undefined ? stream.columns : null;
}
