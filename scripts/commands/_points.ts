/** Every point of every scalar, as rows: exact where the exact log is here, else what the public record has kept. */

import { once } from "node:events";
import { createWriteStream, existsSync } from "node:fs";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import { readChartData } from "../../src/load/run.ts";
import { ToolError } from "../../src/run/error.ts";
import { encodeNumber } from "../../src/run/numbers.ts";
import { readLog } from "../record/read-log.ts";
import type { Shell } from "./_contract.ts";

/** One row. `seconds` since the run started. */
interface Point {
  run: string;
  tag: string;
  step: number;
  seconds: number;
  value: number;
}

const FLUSH = 1 << 16;

/**
 * Writes `run,tag,step,seconds,value` for all runs, runs in the order given, points of a tag in theirs; as JSON lines where the name
 * ends in `.jsonl`. Null is the standard output, as CSV. Resolves to the number of points. Throws ToolError `not-writable`.
 */
export async function writePoints(root: string, ids: readonly string[], path: string | null, shell: Shell): Promise<number> {
  const file = path === null ? null : createWriteStream(path);
  const out = file ?? shell.stdout;
  let failure: unknown = null;
  file?.on("error", (error) => {
    failure = error;
  });
  const asJson = path?.endsWith(".jsonl") ?? false;
  let waiting = asJson ? "" : "run,tag,step,seconds,value\n";
  let count = 0;
  for (const id of ids) {
    for (const point of await pointsOf(root, id)) {
      waiting += asJson ? jsonLine(point) : csvLine(point);
      count += 1;
      if (waiting.length > FLUSH) {
        if (!out.write(waiting) && failure === null) await Promise.race([once(out, "drain"), once(out, "close")]);
        waiting = "";
      }
      if (failure !== null) break;
    }
  }
  out.write(waiting);
  if (file !== null) {
    file.end();
    await finished(file).catch((error: unknown) => {
      failure ??= error;
    });
  }
  if (failure !== null) {
    throw new ToolError("not-writable", `Cannot write ${path}: ${failure instanceof Error ? failure.message : String(failure)}`, {
      cause: failure,
    });
  }
  return count;
}

async function pointsOf(root: string, id: string): Promise<Point[]> {
  const logDir = join(root, "runs", id, ".guild");
  const points: Point[] = [];
  if (!existsSync(join(logDir, "scalars.jsonl"))) {
    for (const { tag, steps, times, last } of readChartData(root, id).series) {
      for (const [at, value] of last.entries()) points.push({ run: id, tag, step: steps[at]!, seconds: times[at]!, value });
    }
    return points;
  }
  await readLog(logDir, {
    scalar(line) {
      if (!("void" in line)) points.push({ run: id, tag: line.k, step: line.step, seconds: line.t / 1e6, value: line.v });
      // What a program has taken back by a restart is no point of its history.
      else
        for (let at = points.length - 1; at >= 0; at--)
          if (points[at]!.tag === line.k && points[at]!.step >= line.void) points.splice(at, 1);
    },
    sample() {},
    event() {},
  });
  return points;
}

function csvLine({ run, tag, step, seconds, value }: Point): string {
  const name = /[",\r\n]/.test(tag) ? `"${tag.replaceAll('"', '""')}"` : tag;
  return `${run},${name},${step},${seconds},${value}\n`;
}

function jsonLine(point: Point): string {
  return `${JSON.stringify({ ...point, step: encodeNumber(point.step), value: encodeNumber(point.value) })}\n`;
}
