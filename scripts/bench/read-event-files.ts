/**
 * Reads all event files below a folder into columns, each directory by itself, and prints one line of JSON when the columns can be
 * used: the reader's process in `npm run bench -- event-files`.
 */
import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { readEventColumns } from "../formats/_event-columns.ts";

const root = process.argv[2] ?? ".";
const runs = new Map<string, string[]>();
for (const name of readdirSync(root, { recursive: true, encoding: "utf8" })) {
  if (!name.includes("tfevents")) continue;
  const path = join(root, name);
  runs.set(dirname(path), [...(runs.get(dirname(path)) ?? []), path]);
}
let points = 0;
let sum = 0;
let damaged = 0;
const kept = [...runs.values()].map((paths) => readEventColumns(paths));
for (const run of kept) {
  damaged += run.damaged.count;
  for (const { values } of run.series) {
    points += values.length;
    sum += values.at(-1) ?? 0;
  }
}
console.log(JSON.stringify({ runs: runs.size, points, sum, damaged }));
