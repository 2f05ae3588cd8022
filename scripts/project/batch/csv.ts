/** Comma-separated values, as RFC 4180 has them. */
export interface CsvRow {
  cells: string[];
  /** Where the row begins in the file; from 1. */
  line: number;
}

/**
 * All rows that are not empty. Cells in quotes may hold commas, line breaks and doubled quotes; line ends are LF or CRLF. Throws
 * Error with the line when a quote is not closed, or when something follows a closed one.
 */
export function parseCsv(text: string): CsvRow[] {
  const rows: CsvRow[] = [];
  let line = 1;
  let at = 0;
  while (at < text.length) {
    const row: CsvRow = { cells: [], line };
    for (;;) {
      const cell = /(?:[ \t]*"((?:[^"]|"")*)"[ \t]*|([^",\r\n][^,\r\n]*|))(?=,|\r?\n|\r?$)/y;
      cell.lastIndex = at;
      const match = cell.exec(text);
      if (match === null) throw new Error(`line ${line}: expected a quote to be closed before the next comma`);
      at = cell.lastIndex;
      line += match[0].split("\n").length - 1;
      row.cells.push(match[1] === undefined ? (match[2] ?? "") : match[1].replaceAll('""', '"'));
      if (text[at] !== ",") break;
      at += 1;
    }
    const [end = ""] = /^(?:\r?\n|\r?$)/.exec(text.slice(at, at + 2)) ?? [];
    at += end.length === 0 ? 1 : end.length;
    line += 1;
    if (row.cells.length > 1 || row.cells[0]?.trim() !== "") rows.push(row);
  }
  return rows;
}
