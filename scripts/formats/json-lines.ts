import { defineFormat, type Findings, type Tail } from "./_contract.ts";
import { followLines } from "./_growing-lines.ts";
import { parsePythonJson } from "./_python-json.ts";
import { hasStepColumn, numberOf, tellRow } from "./_row.ts";

const DEPTH = 4;
const LEAVES = 1000;

/** One JSON object a line, some of them with a step and numbers: metrics.jsonl, log.jsonl, Detectron2's metrics.json. */
export default defineFormat({
  summary: "JSON lines with a step: metrics.jsonl, log.jsonl, metrics.json",
  recognises(path, head) {
    if (!/\.(?:jsonl|ndjson|json|log|txt)$/i.test(path)) return false;
    const lines = Buffer.from(head).toString("utf8").split("\n");
    // The last piece is whole only when its line end is there.
    return lines.slice(0, -1).some((line) => {
      const cells = cellsOf(line);
      return cells !== null && hasStepColumn(cells.map(([name]) => name)) && cells.some(([, value]) => numberOf(value) !== null);
    });
  },
  open: (path, from = 0) => tail(path, from),
});

function tail(path: string, from: number): Tail {
  const lines = followLines(path);
  let bytes = 0;
  let count = 0;
  let first: string | null = null;
  /** Lines up to here were told already: the file was written anew with the same beginning. */
  let known = 0;
  const take = (line: string, findings: Findings): void => {
    const old = bytes < from;
    bytes += Buffer.byteLength(line) + 1;
    count += 1;
    if (count === 1) {
      if (line !== first) known = 0;
      first = line;
    }
    if (count <= known || old || line.trim() === "") return;
    const cells = cellsOf(line);
    if (cells === null) findings.damaged(`line ${count}: not a JSON object`);
    else if (hasStepColumn(cells.map(([name]) => name))) tellRow(cells, findings);
  };
  const anew = (): void => {
    known = Math.max(known, count);
    count = 0;
    bytes = from; // what is written anew is of this run
  };
  return {
    read: (findings, budget) => lines.read(budget, (line) => take(line, findings), anew),
    end(findings) {
      while (this.read(findings, 1 << 24));
      if (lines.rest !== "") take(lines.rest, findings);
    },
  };
}

/** The leaves of an object by their path, `{"train":{"loss":1}}` as `train/loss`; null for what is no JSON object. */
function cellsOf(line: string): [string, unknown][] | null {
  if (!line.trimStart().startsWith("{")) return null;
  let parsed: unknown;
  try {
    parsed = parsePythonJson(line);
  } catch {
    return null;
  }
  const cells: [string, unknown][] = [];
  const walk = (value: unknown, path: string, depth: number): void => {
    if (cells.length >= LEAVES || depth > DEPTH || value === null || Array.isArray(value)) return;
    if (typeof value !== "object") cells.push([path, value]);
    else for (const [key, inner] of Object.entries(value)) walk(inner, path === "" ? key : `${path}/${key}`, depth + 1);
  };
  walk(parsed, "", 0);
  return cells;
}
