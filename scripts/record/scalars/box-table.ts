import { EMPTY, type Family, type Form, type Found, type NamedValue, NOWHERE, type Passed, type Position } from "./form.ts";
import { numberIn } from "./number-text.ts";
import { positionOf } from "./step-words.ts";
import { isMetric, isNotMeasured, isStrongMetric } from "./vocabulary.ts";

/** So many rows of one table are remembered. */
const ROWS = 300;

/** `----`, `+---+---+`, `|---|---|`, `├───┼───┤`, `┏━━━┳━━━┓`. */
const RULE = /^[-+|=:─-╿\s]{3,}$/;
const ROW = /^[|│┃](.*)[|│┃]$/;
const NAMED_CELL = /[A-Za-z]\s?[:=]\s?[-+.\d]+\s*[|│┃]/;
const STEP_ROW = /(?:^|\/)(?:total_?(?:time)?steps|num_timesteps|timesteps|global_?step|step|iteration|iterations|epoch)$/i;

/**
 * Tables in boxes. Of two columns, names and numbers: Stable-Baselines (with its headings: `| train/ | |` and `| loss | 57.8 |` are `train/loss`,
 * at the table's `total_timesteps`), the original baselines, Spinning Up, Lightning's test results. Of more columns: rows
 * under a heading with a column of steps (`| iter | target | x |`), each at its own step.
 */
export const boxTable: Family = { name: "table in a box", open: () => openTable() };

function openTable(): Form {
  let rows: [string, string][] = [];
  let heading: string[] | null = null;
  let underRule = false;
  const flush = (): Found | null => {
    const found = rows.length === 0 ? null : readPairs(rows);
    rows = [];
    return found;
  };
  return (line) => {
    const first = line.charCodeAt(0);
    const boxed = first === 0x7c || first === 0x2502 || first === 0x2503;
    if (!boxed && !(first === 0x2d || first === 0x2b || first === 0x3d || (first >= 0x2500 && first <= 0x257f))) {
      heading = null;
      underRule = false;
      const found = flush();
      return found === null ? null : { ...found, before: true };
    }
    if (RULE.test(line)) {
      const found = underRule || heading !== null || !boxed ? flush() : null;
      if (/^[-=+└┗╰┌┏╭]/.test(line)) underRule = true;
      return found ?? EMPTY;
    }
    const row = boxed ? ROW.exec(line) : null;
    if (row === null) return null;
    // `| Iter: 1000 | Loss: 0.5 |` is no table: its cells have their names in them.
    if (NAMED_CELL.test(line)) return null;
    const cells = (row[1] ?? "").split(/[|│┃]/).map((cell) => cell.trim());
    if (cells.length === 2) {
      if (rows.length < ROWS) rows.push([(row[1] ?? "").split(/[|│┃]/)[0] ?? "", cells[1] ?? ""]);
      return EMPTY;
    }
    if (cells.length < 2) return EMPTY;
    if (heading?.length === cells.length) {
      const found = readCells(heading, cells);
      if (found !== null) return found;
    }
    heading = cells;
    return EMPTY;
  };
}

/** Names with their blanks, and numbers. */
function readPairs(rows: readonly [string, string][]): Found {
  let group = "";
  let position: Position = NOWHERE;
  const values: NamedValue[] = [];
  const passed: Passed[] = [];
  for (const [name, text] of rows) {
    const key = name.trim();
    const value = numberIn(text);
    if (text === "" && key.endsWith("/")) {
      group = key;
      continue;
    }
    if (value === null) {
      if (key !== "" && /\d/.test(text)) passed.push({ key: group + key, reason: "no plain number" });
      continue;
    }
    // Below a heading names are set in by more than the blank of the box.
    if (!/^\s{2,}/.test(name)) group = "";
    const whole = group + key;
    if (STEP_ROW.test(whole) && position.step === null)
      position = /epoch$/i.test(whole) ? { ...position, epoch: value } : { ...position, step: stepOf(rows) ?? value };
    values.push({ key: whole, value, sure: true });
  }
  if (position.step !== null || position.epoch !== null)
    return { values: values.filter(({ key }) => positionOf(key, 1) === null), position, passed };
  return {
    values: values.filter(({ key }) => !isNotMeasured(key)).map((value) => ({ ...value, sure: isMetric(value.key) })),
    position,
    passed: [...passed, ...values.filter(({ key }) => isNotMeasured(key)).map(({ key }) => ({ key, reason: "no measurement" }))],
  };
}

/** Of several counters in one table that of all steps places it. */
function stepOf(rows: readonly [string, string][]): number | null {
  const total = rows.find(([name]) => /total_?(?:time)?steps|num_timesteps/i.test(name));
  return total === undefined ? null : numberIn(total[1]);
}

function readCells(heading: readonly string[], cells: readonly string[]): Found | null {
  const numbers = cells.map((cell) => numberIn(cell.replace(/^(\d+)\/\d+$/, "$1")));
  if (numbers.every((number) => number === null)) return null;
  let position: Position = NOWHERE;
  const values: NamedValue[] = [];
  const passed: Passed[] = [];
  heading.forEach((key, index) => {
    const value = numbers[index] ?? null;
    if (value === null) return;
    const place = /^#$|^iter\.?$/i.test(key) ? { epoch: null, step: value } : positionOf(key, value);
    if (place !== null) position = { ...position, epoch: place.epoch ?? position.epoch, step: place.step ?? position.step };
    else if (key === "" || isNotMeasured(key)) passed.push({ key, reason: "no measurement" });
    else values.push({ key, value, sure: true });
  });
  const placed = position.step !== null || position.epoch !== null;
  if (placed) return { values, position, passed };
  const label = numbers[0] === null ? cells[0] : null;
  // Rows that name what was measured, in columns that say on what: only what is surely a metric.
  return {
    values: values
      .filter(({ key }) => isStrongMetric(label ?? key))
      .map((value) => ({
        ...value,
        key: label === null ? value.key : isMetric(label ?? "") ? `${label}/${value.key}` : value.key,
        sure: true,
      })),
    position,
    passed,
  };
}
