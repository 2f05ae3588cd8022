import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { pointCount, tags, writeSyntheticRuns } from "../../../scripts/bench/synthetic.ts";
import { parseRun } from "../../../src/run/run-file.ts";
import { parseSeries } from "../../../src/run/series-file.ts";

const test = suite("synthetic runs");
const folders: string[] = [];

test.after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

test("have flags and numbers of their own, and series in full", () => {
  const folder = written(3);
  const ids = readdirSync(join(folder, "content/runs"));
  const runs = ids.map((id) => parseRun(json(folder, id, "run.json")));
  assert.is(new Set(runs.map((run) => JSON.stringify(run.flags))).size, 3);
  assert.is(new Set(runs.map((run) => run.scalars["val/acc"]?.last.value)).size, 3);
  for (const id of ids) {
    const series = parseSeries(json(folder, id, "series.json"));
    assert.equal(
      series.map((one) => one.tag),
      tags,
    );
    assert.ok(series.every((one) => one.steps.length === pointCount && one.count === pointCount));
  }
});

test("are the same bytes every time", () => {
  const [first, second] = [written(2), written(2)];
  for (const id of readdirSync(join(first, "content/runs"))) {
    assert.is(text(first, id, "series.json"), text(second, id, "series.json"));
    assert.is(text(first, id, "run.json"), text(second, id, "run.json"));
  }
});

test.run();

function written(count: number): string {
  const folder = mkdtempSync(join(tmpdir(), "guildhall-synthetic-"));
  folders.push(folder);
  writeSyntheticRuns(folder, 0, count);
  return folder;
}

function text(folder: string, id: string, name: string): string {
  return readFileSync(join(folder, "content/runs", id, name), "utf8");
}

function json(folder: string, id: string, name: string): unknown {
  return JSON.parse(text(folder, id, name));
}
