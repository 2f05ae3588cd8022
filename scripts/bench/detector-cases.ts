/** Lines with the scalars that people would read in them, and how many of them are read. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { makeDetector } from "../record/scalars/detector.ts";
import { makeLineReader } from "../record/scalars/line-reader.ts";
import { repository } from "./project.ts";

export interface Score {
  /** Cases with all scalars right and none too many. */
  right: number;
  cases: number;
  /** Of the scalars that were read, the share that is right. */
  precision: number;
  /** Of the scalars that are there, the share that was read. */
  recall: number;
  /** Names of the cases that are not right. */
  wrong: string[];
}

interface Case {
  id: string;
  lines: string[];
  /** `tag@step` → value; `@-` where no step is printed, null for NaN. */
  want: Record<string, number | null>;
}

/** Reads every case of a file of `tests/fixtures/scalars` with a detector of its own. */
export function scoreCases(name: string): Score {
  // Our own file.
  const cases = JSON.parse(readFileSync(fixture(name), "utf8")) as Case[];
  let [right, read, wanted, hits] = [0, 0, 0, 0];
  const wrong: string[] = [];
  for (const { id, lines, want } of cases) {
    const got = new Set(scalarsIn(lines));
    const expected = new Set(
      Object.entries(want).map(([place, value]) => `${place.replace(/@-$/, "@0")}=${value ?? Number.NaN}`),
    );
    const both = [...expected].filter((scalar) => got.has(scalar)).length;
    hits += both;
    read += got.size;
    wanted += expected.size;
    if (both === got.size && both === expected.size) right += 1;
    else wrong.push(id);
  }
  return { right, cases: cases.length, precision: hits / read, recall: hits / wanted, wrong };
}

/** The scalars that are read in lines, as `tag@step=value`; the step is 0 where none is printed. */
export function scalarsIn(lines: readonly string[]): string[] {
  const detector = makeDetector({ flagNames: [] });
  const reader = makeLineReader();
  const found: string[] = [];
  const onLine = (text: string, live: boolean): void => {
    for (const { k, step, v } of detector.line({ text, t: 0, stream: "t", live }).scalars) found.push(`${k}@${step}=${v}`);
  };
  reader.push(Buffer.from(`${lines.join("\n")}\n`), 0, onLine);
  reader.end(onLine);
  for (const { k, step, v } of detector.end(0).scalars) found.push(`${k}@${step}=${v}`);
  return found;
}

/** Real output of apt, dpkg, pip and npm: no line of it holds a scalar. */
export function packageManagerLines(): string[] {
  return gunzipSync(readFileSync(fixture("package-managers.log.gz")))
    .toString("utf8")
    .split("\n");
}

function fixture(name: string): string {
  return join(repository, "tests/fixtures/scalars", name);
}
