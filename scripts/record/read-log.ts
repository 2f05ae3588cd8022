import { createReadStream, existsSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import {
  parseEventLine,
  parseScalarLine,
  parseSystemLine,
  type ScalarLine,
  type SystemLine,
  type VoidLine,
} from "../../src/run/log-lines.ts";
import type { RunEvent } from "../../src/run/types.ts";

/** Takes the lines of an exact log, file by file: all scalars, then all samples, then all events. */
export interface LogReader {
  scalar(line: ScalarLine | VoidLine): void;
  sample(line: SystemLine): void;
  event(event: RunEvent): void;
}

/**
 * Reads the line-by-line files of `runs/<id>/.guild` again, all but the index of the output. Resolves to the number of lines that
 * could not be understood (torn by a crash or a full disk); they are skipped. A file that is missing has no lines.
 */
export async function readLog(logDir: string, reader: LogReader): Promise<number> {
  return (
    (await eachLine(join(logDir, "scalars.jsonl"), (line) => reader.scalar(parseScalarLine(line)))) +
    (await eachLine(join(logDir, "system.jsonl"), (line) => reader.sample(parseSystemLine(line)))) +
    (await eachLine(join(logDir, "events.jsonl"), (line) => reader.event(parseEventLine(line))))
  );
}

async function eachLine(path: string, take: (line: string) => void): Promise<number> {
  if (!existsSync(path)) return 0;
  let skipped = 0;
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() === "") continue;
    try {
      take(line);
    } catch {
      skipped += 1;
    }
  }
  return skipped;
}
