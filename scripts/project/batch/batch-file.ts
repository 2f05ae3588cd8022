/** `@trials.csv`: a file whose rows are trials. */
import { readFileSync } from "node:fs";
import { basename, extname, resolve } from "node:path";
import { ToolError } from "../../../src/run/error.ts";
import { formatFlag } from "../../../src/run/flags.ts";
import type { FlagValue } from "../../../src/run/types.ts";
import { type CsvRow, parseCsv } from "./csv.ts";

/** Flag → its text, as one would type it behind `name=`. A flag that a row says nothing of is not there. */
export type BatchRow = Record<string, string>;

const FLAG_NAME = /^[A-Za-z_][\w./-]*$/;

/**
 * Reads the rows of a batch file, in their order. CSV: the first row names the flags, an empty cell leaves the flag at its default.
 * JSON and YAML: a list of maps. What the cells say may again be a list or a space.
 *
 * Throws ToolError `invalid-batch-file` (exit code 2) naming the file and the row: not there, ragged, empty, a wrong name.
 */
export async function readBatchFile(path: string, cwd: string): Promise<BatchRow[]> {
  const text = readText(path, cwd);
  const kind = extname(path).toLowerCase();
  if (kind === ".csv") return csvRows(path, text);
  if (kind === ".json") return mapRows(path, parseJson(path, text));
  if (kind === ".yaml" || kind === ".yml") return mapRows(path, await parseYaml(path, text));
  throw invalid(path, `expected a file that ends in .csv, .json, .yaml or .yml, found ${JSON.stringify(basename(path))}`);
}

function readText(path: string, cwd: string): string {
  try {
    return readFileSync(resolve(cwd, path), "utf8").replace(/^\uFEFF/, "");
  } catch (error) {
    const missing = error instanceof Error && "code" in error && error.code === "ENOENT";
    throw invalid(
      path,
      missing ? `there is no such file in ${cwd}` : `it cannot be read: ${error instanceof Error ? error.message : error}`,
    );
  }
}

function csvRows(path: string, text: string): BatchRow[] {
  const [header, ...rows] = readCsv(path, text);
  if (header === undefined || rows.length === 0)
    throw invalid(path, "expected a row of flag names and at least one row of values");
  const names = header.cells.map((cell) => cell.trim());
  for (const [index, name] of names.entries()) {
    checkName(path, header.line, name);
    if (names.indexOf(name) !== index) throw invalid(path, `line ${header.line}: flag ${name} has two columns`);
  }
  return rows.map(({ cells, line }, index) => {
    if (cells.length !== names.length) {
      throw invalid(
        path,
        `line ${line} (row ${index + 1}): expected ${names.length} cells (${names.join(", ")}), found ${cells.length}`,
        cells.length < names.length
          ? "Write an empty cell (two commas) for a flag that keeps its default."
          : 'Put quotes around a cell with commas: "[1,2]".',
      );
    }
    return Object.fromEntries(
      names.map((name, at) => [name, (cells[at] ?? "").trim()] as const).filter(([, cell]) => cell !== ""),
    );
  });
}

function readCsv(path: string, text: string): CsvRow[] {
  try {
    return parseCsv(text);
  } catch (error) {
    throw invalid(path, error instanceof Error ? error.message : String(error));
  }
}

function mapRows(path: string, raw: unknown): BatchRow[] {
  if (!Array.isArray(raw) || raw.length === 0) throw invalid(path, "expected a list of maps, one for each trial");
  return raw.map((item: unknown, index) => {
    const row = `row ${index + 1}`;
    if (typeof item !== "object" || item === null || Array.isArray(item)) {
      throw invalid(path, `${row}: expected a map of flags, found ${JSON.stringify(item)}`);
    }
    return Object.fromEntries(
      Object.entries(item).map(([name, value]: [string, unknown]) => {
        checkName(path, row, name);
        if (!isFlagValue(value))
          throw invalid(path, `${row}: expected a number, a text, a switch or a list for flag ${name}, found a map`);
        return [name, textOf(value)];
      }),
    );
  });
}

/** A text such as `uniform[0:1]` means what it means when it is typed. */
function textOf(value: FlagValue): string {
  return typeof value === "string" && /^\w*\[.*\]$/s.test(value) ? value : formatFlag(value);
}

function isFlagValue(value: unknown): value is FlagValue {
  if (Array.isArray(value)) return value.every(isFlagValue);
  return value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}

function parseJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw invalid(path, `it is no JSON: ${error instanceof Error ? error.message : error}`);
  }
}

async function parseYaml(path: string, text: string): Promise<unknown> {
  const { parse } = await import("yaml");
  try {
    return parse(text);
  } catch (error) {
    const [first] = (error instanceof Error ? error.message : String(error)).split("\n");
    throw invalid(path, `it is no YAML: ${first}`);
  }
}

function checkName(path: string, row: number | string, name: string): void {
  if (FLAG_NAME.test(name)) return;
  throw invalid(
    path,
    `${typeof row === "number" ? `line ${row}` : row}: expected the name of a flag, found ${JSON.stringify(name)}`,
  );
}

function invalid(path: string, what: string, hint?: string): ToolError {
  return new ToolError("invalid-batch-file", `${path}: ${what}`, {
    hint: hint ?? "A batch file is a CSV with flag names in its first row, or a JSON or YAML list of maps.",
    exitCode: 2,
  });
}
