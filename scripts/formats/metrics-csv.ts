import { defineFormat, type Findings, type Tail } from "./_contract.ts";
import { followLines } from "./_growing-lines.ts";
import { hasStepColumn, numberOf, tellRow } from "./_row.ts";

const CELLS = 2000;

/**
 * Tables of text with a header that names a step: Lightning's and SB3's CSV loggers, Keras' CSVLogger, Ultralytics' results.csv.
 * Cells may be empty. A header that grows because the file is written anew tells only the rows that are new.
 */
export default defineFormat({
  summary: "Tables of measurements: metrics.csv, training.log, results.csv",
  recognises(path, head) {
    if (!/\.(?:csv|tsv|log|txt)$/i.test(path)) return false;
    const [first, second] = Buffer.from(head).toString("utf8").split(/\r?\n/);
    if (first === undefined || second === undefined) return false;
    const header = headerOf(first);
    return header !== null && (second === "" || cellsOf(second, header.separator).some((cell) => numberOf(cell) !== null));
  },
  open: (path, from = 0) => tail(path, from),
});

interface Header {
  names: string[];
  separator: string;
}

function tail(path: string, from: number): Tail {
  const lines = followLines(path);
  let header: Header | null = null;
  /** Rows of this file that were told or, up to `from` bytes, were there before; and how often it must be skipped over them again. */
  let told = 0;
  let skip = 0;
  let firstRow: string | null = null;
  let lastStep: number | null = null;
  let bytes = 0;

  const take = (line: string, findings: Findings): void => {
    const old = bytes < from;
    bytes += Buffer.byteLength(line) + 1;
    if (line.trim() === "") return;
    const begins = headerOf(line);
    if (header === null || begins !== null) {
      // A program that appends to its own older file writes its header again.
      header = begins ?? header;
      return;
    }
    const cells = cellsOf(line, header.separator);
    const values = cells.map((cell, index) => [header?.names[index] ?? "", cell] as const).filter(([name]) => name !== "");
    const same = rowDigest(values);
    if (skip > 0 && firstRow !== null && skip === told && same !== firstRow) {
      // Not the same table with a longer header, but another one under the same name.
      skip = 0;
      told = 0;
      firstRow = null;
    }
    if (skip > 0) {
      skip -= 1;
      return;
    }
    firstRow ??= same;
    told += 1;
    if (old) return;
    if (cells.length > header.names.length) findings.damaged(`row ${told}: more cells than the header has names`);
    const step = stepOf(values);
    if (told === 1 && step !== null && lastStep !== null && step <= lastStep) findings.restart(step, null);
    lastStep = tellRow(values, findings) ?? lastStep;
  };
  const anew = (): void => {
    header = null;
    skip = told;
    bytes = from; // what is written anew is of this run
  };
  return {
    read: (findings, budget) => lines.read(budget, (line) => take(line, findings), anew),
    end(findings) {
      while (this.read(findings, 1 << 24));
      if (lines.rest === "") return;
      // A program that was killed leaves a row without its end: its last number may be cut short.
      if (header !== null && cellsOf(lines.rest, header.separator).length === header.names.length) take(lines.rest, findings);
      else findings.damaged("the last row is cut short");
    },
  };
}

/** What is the same of a row when its table was written anew with more columns: its cells that hold something, sorted by name. */
function rowDigest(values: readonly (readonly [string, string])[]): string {
  return JSON.stringify(values.filter(([, cell]) => cell !== "").sort(([a], [b]) => (a < b ? -1 : 1)));
}

function stepOf(values: readonly (readonly [string, string])[]): number | null {
  const nothing = (): void => {};
  return tellRow(values, { scalar: nothing, image: nothing, text: nothing, flags: nothing, restart: nothing, damaged: nothing });
}

/** The names of a line that is a header: none is a number, one names a step. Null for all other lines. */
function headerOf(line: string): Header | null {
  const text = line.replace(/^\uFEFF/, "").replace(/^#\s*/, "");
  for (const separator of [",", "\t", ";"]) {
    const names = cellsOf(text, separator).map((name) => name.trim());
    if (names.length >= 2 && names.every((name) => numberOf(name) === null) && hasStepColumn(names)) return { names, separator };
  }
  return null;
}

/** Splits a row; cells in double quotes may hold the separator, and `""` for a quote. At most 2,000 cells. */
function cellsOf(line: string, separator: string): string[] {
  if (!line.includes('"')) return line.split(separator, CELLS);
  const cells: string[] = [];
  const cell =
    separator === "\t"
      ? /(?:"((?:[^"]|"")*)"|([^\t]*))(?:\t|$)/y
      : new RegExp(`(?:"((?:[^"]|"")*)"|([^${separator}]*))(?:${separator}|$)`, "y");
  while (cells.length < CELLS && cell.lastIndex <= line.length) {
    const at = cell.lastIndex;
    const match = cell.exec(line);
    if (match === null) return line.split(separator, CELLS); // an odd quote: taken as it stands
    cells.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? "");
    if (cell.lastIndex === line.length && line[cell.lastIndex - 1] !== separator) break;
    if (cell.lastIndex === at) break;
  }
  return cells;
}
