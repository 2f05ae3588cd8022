import { appendFileSync, mkdirSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { isInProgress, logOffsets, logStart, readLiveChartData, readLiveRunData, readLogNews } from "../../../src/load/live.ts";
import { bootId, isAlive, startOf } from "../../../src/load/processes.ts";
import { readRun } from "../../../src/load/runs.ts";
import { formatScalarLine, formatSystemLine } from "../../../src/run/log-lines.ts";
import type { Run } from "../../../src/run/types.ts";
import { type Folder, makeFolder, plainRun } from "./_project.ts";

const test = suite<{ folder: Folder }>("live");
const id = "20260102T030405-0001";
const running: Run = plainRun(id, { status: "running", exitCode: null, stopped: null, updated: new Date().toISOString() });

test.before.each((context) => {
  context.folder = makeFolder();
  begin(context.folder);
});
test.after.each(({ folder }) => folder.remove());

/** A record whose recorder is this very process. */
function begin(folder: Folder): void {
  folder.record(running);
  const recorder = { pid: process.pid, start: startOf(process.pid) };
  const manifest = {
    ...running,
    recorder,
    child: null,
    bootId: bootId(),
    host: hostname(),
    root: folder.root,
    cwd: folder.root,
    runDir: folder.root,
    argv: [],
  };
  folder.write(`runs/${id}/.guild/run.json`, JSON.stringify(manifest));
  for (const name of ["scalars.jsonl", "system.jsonl", "output.log"]) folder.write(`runs/${id}/.guild/${name}`, "");
}

function log(folder: Folder, name: string, text: string): void {
  mkdirSync(join(folder.root, "runs", id, ".guild"), { recursive: true });
  appendFileSync(join(folder.root, "runs", id, ".guild", name), text);
}

const loss = (step: number) => formatScalarLine({ t: step * 1e6, k: "loss", v: 1 / step, step, src: "out" });

test("a run is in progress while its recorder lives, and lost when another has its number", ({ folder }) => {
  assert.ok(isInProgress(folder.root, readRun(folder.root, id)!));
  const text = JSON.stringify({
    ...running,
    recorder: { pid: process.pid, start: "1" },
    child: null,
    bootId: bootId(),
    host: hostname(),
    root: "/",
    cwd: "/",
    runDir: "/",
    argv: [],
  });
  folder.write(`runs/${id}/.guild/run.json`, text);
  assert.is(readRun(folder.root, id)?.status, "lost");
});

test("a page shows a run in progress up to its last logged line", ({ folder }) => {
  log(folder, "scalars.jsonl", loss(1) + loss(2));
  log(folder, "system.jsonl", formatSystemLine({ t: 1e6, v: { "op/mem/rss": 5 } }));
  log(folder, "output.log", "loss 1\nloss 0.5\nhalf a li");
  const data = readLiveRunData(folder.root, id);
  assert.equal(data.series[0]?.steps, [1, 2]);
  assert.equal(data.system[0]?.last, [5]);
  assert.is(data.output, "loss 1\nloss 0.5\n");
  assert.is(data.outputOffset, 16);
  log(folder, "scalars.jsonl", loss(3));
  assert.equal(readLiveChartData(folder.root, id).series[0]?.steps, [1, 2, 3]);
});

test("news begin where the page ended: nothing is missed, nothing comes twice, no line in halves", ({ folder }) => {
  log(folder, "scalars.jsonl", loss(1));
  const seen = logOffsets(folder.root, id);
  const whole = loss(2);
  log(folder, "scalars.jsonl", whole.slice(0, 9));
  assert.equal(readLogNews(folder.root, id, seen).scalars, []);
  log(folder, "scalars.jsonl", whole.slice(9));
  const news = readLogNews(folder.root, id, seen);
  assert.equal(
    news.scalars.map(({ step }) => step),
    [2],
  );
  assert.equal(readLogNews(folder.root, id, news.next).scalars, []);
});

test("a torn line in the middle is skipped", ({ folder }) => {
  log(folder, "scalars.jsonl", `${loss(1)}{"t":2,"k"\n${loss(3)}`);
  assert.equal(
    readLogNews(folder.root, id, logStart).scalars.map(({ step }) => step),
    [1, 3],
  );
});

test("output leaves the log redacted", ({ folder }) => {
  log(folder, "output.log", `saved to ${folder.root}/runs/${id}/model.pt with hf_abcdefghijklmnopqrstuvwxyz0123\n`);
  const { output } = readLogNews(folder.root, id, logStart);
  assert.not.match(output, "hf_abc");
  assert.not.match(output, folder.root);
});

test("a process is alive under its own start only", () => {
  assert.ok(isAlive(process.pid, startOf(process.pid)));
  assert.ok(isAlive(process.pid, null));
  assert.not.ok(isAlive(process.pid, "1"));
  assert.not.ok(isAlive(2 ** 22 + 1, null));
});

test("a restart rewrites the past of pages that have seen it, and only of those", ({ folder }) => {
  log(folder, "scalars.jsonl", [1, 2, 3].map(loss).join(""));
  const page = logOffsets(folder.root, id);
  log(folder, "scalars.jsonl", formatScalarLine({ t: 4e6, k: "loss", void: 2, src: "out" }) + loss(2));
  const news = readLogNews(folder.root, id, page);
  assert.is(news.rewritten, true);
  assert.equal(
    news.scalars.map(({ step }) => step),
    [2],
  );
  assert.equal(readLiveChartData(folder.root, id).series[0]?.steps, [1, 2]);
  const later = logOffsets(folder.root, id);
  log(folder, "scalars.jsonl", loss(3));
  assert.is(readLogNews(folder.root, id, later).rewritten, false);
});

test("points of a lesser source are not sent once a better one tells the tag", ({ folder }) => {
  log(folder, "scalars.jsonl", loss(1));
  const page = logOffsets(folder.root, id);
  const better = formatScalarLine({ t: 2e6, k: "loss", v: 9, step: 1, src: "events" });
  log(folder, "scalars.jsonl", loss(2) + better + loss(3));
  const news = readLogNews(folder.root, id, page);
  assert.is(news.rewritten, true);
  assert.equal(
    news.scalars.map(({ v }) => v),
    [9],
  );
});

test.run();
