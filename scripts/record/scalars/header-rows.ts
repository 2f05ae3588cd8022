import { EMPTY, type Family, type Form, type NamedValue, NOWHERE, type Passed, type Position } from "./form.ts";
import { numberIn } from "./number-text.ts";
import { isMetric, isNotMeasured } from "./vocabulary.ts";

/** A table whose rows stop for so many lines is over: its heading is forgotten. */
const PATIENCE = 200;

/** What a column of steps is called. */
const STEP_COLUMN = /^(?:epochs?|e|#|iter(?:ation)?s?|steps?|global_?steps?|gen(?:eration)?|round|trial|it)$/i;
/** Columns that every library's table has and nobody measures with. */
const UNMEASURED = /^(?:gpu_mem|instances|images|size|remaining time|time|dur|duration|cp|nevals|lr_time)$/i;

interface Heading {
  columns: string[];
  /** Which columns are places. */
  epoch: number;
  step: number;
  /** The first column names a class, as in Ultralytics' validation; the row of all classes counts. */
  named: boolean;
  age: number;
}

/**
 * A heading and rows of numbers under it, columns apart by blanks: scikit-learn, Ultralytics, YOLOv5, skorch, fastai, spaCy, DEAP.
 *
 * A row has as many cells as the heading has columns; a bar behind it, units and clock times are passed over. The heading needs
 * a column of steps or a metric among its names.
 */
export const headerRows: Family = { name: "heading and rows", open: () => openRows() };

function openRows(): Form {
  let heading: Heading | null = null;
  return (line, live) => {
    // The bar of Ultralytics is drawn behind its row again and again; the full one is the row.
    const bar = line.includes("%") ? line.search(/:?\s*\d{1,3}%\s?(?:\||[━╸╺─])/) : -1;
    const text = bar < 0 ? line : line.slice(0, bar);
    if (heading !== null) {
      if (/^[-=─\s]+$/.test(text) && text !== "") return EMPTY;
      const cells = text.split(/\s+/);
      if (
        cells.length === heading.columns.length &&
        (numberIn(cells.at(-1) ?? "") !== null || numberIn(cells[1] ?? "") !== null)
      ) {
        if (live && bar >= 0 && !line.slice(bar).includes("100%")) return EMPTY;
        const row = readRow(heading, cells);
        if (row !== null) {
          heading.age = 0;
          return row;
        }
      }
    }
    const next = readHeading(text);
    if (next !== null) {
      heading = next;
      return EMPTY;
    }
    if (heading !== null && ++heading.age > PATIENCE) heading = null;
    return null;
  };
}

function readHeading(text: string): Heading | null {
  // Names only: a number on its own or a sentence is no heading.
  if (!/\s{2}|\t/.test(text) || /[=;{}<>|]/.test(text) || text.length > 600) return null;
  const columns = text.split(/\s{2,}|\t+/).map((column) => column.replace(/[:]$/, ""));
  if (
    columns.length < 2 ||
    columns.some((column) => !/^[A-Za-z#_]/.test(column) || column.length > 40 || /:\s|\s\d/.test(column))
  )
    return null;
  const step = columns.findIndex((column) => STEP_COLUMN.test(column) && !/^(?:epochs?|e)$/i.test(column));
  const epoch = columns.findIndex((column) => /^(?:epochs?|e)$/i.test(column));
  const named = /^class$/i.test(columns[0] ?? "");
  const metrics = columns.filter(isMetric).length;
  if (named ? columns.length < 4 : step < 0 && epoch < 0) return null;
  if (metrics === 0 && columns.length < 3) return null;
  return { columns, epoch, step, named, age: 0 };
}

function readRow({ columns, epoch, step, named }: Heading, cells: readonly string[]) {
  if (named && !/^all$/i.test(cells[0] ?? "")) return numberIn(cells[1] ?? "") === null ? null : EMPTY;
  const at = (index: number): number | null => (index < 0 ? null : numberIn((cells[index] ?? "").replace(/\/\d+$/, "")));
  const position: Position = { ...NOWHERE, epoch: at(epoch), step: at(step) };
  if (!named && position.epoch === null && position.step === null) return null;
  const values: NamedValue[] = [];
  const passed: Passed[] = [];
  columns.forEach((column, index) => {
    if (index === epoch || index === step || (named && index === 0)) return;
    const key = columnName(column);
    const value = numberIn(cells[index] ?? "");
    if (UNMEASURED.test(column) || isNotMeasured(column)) passed.push({ key, reason: "no measurement" });
    else if (value === null) passed.push({ key, reason: "no plain number" });
    else values.push({ key, value, sure: true });
  });
  return { values, position, passed };
}

/** Ultralytics sets `Box(P` over the first of a group of columns whose last ends in `)`. */
function columnName(column: string): string {
  return column.replace(/^\w+\((?=\w+$)/, "").replace(/^([^(]*)\)$/, "$1");
}
