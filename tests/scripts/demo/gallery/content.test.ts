/** The gallery as it is committed: a fresh clone builds its site from it. */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { filesUnder, findExcess, findMarks } from "../../../../scripts/demo/gallery/budget.ts";
import { readRuns } from "../../../../src/load/runs.ts";
import type { Run } from "../../../../src/run/types.ts";

const root = join(import.meta.dirname, "../../../..");
const git = spawnSync("git", ["ls-files", "content/runs"], { cwd: root, encoding: "utf8" });
const listed = git.status === 0 ? git.stdout : "";
const committed = new Set([...listed.matchAll(/^content\/runs\/([^/\n]+)\//gm)].map(([, id]) => id));
/** Runs that somebody recorded here since are no part of it. Outside a checkout, what is there is what was shipped. */
const gallery = readRuns(root).filter(({ id }) => git.status !== 0 || committed.has(id));
const of = (operation: string, status: Run["status"]) =>
  gallery.filter((run) => run.operation === operation && run.status === status);

test("every record can be read", () => {
  if (git.status === 0) assert.equal(gallery.map(({ id }) => id).sort(), [...committed].sort());
  assert.ok(gallery.length > 0);
});

test("three ways to train or more, with three seeds each", () => {
  const ways = of("train", "completed").map(({ flags }) => JSON.stringify({ ...flags, seed: null }));
  const thrice = [...new Set(ways)].filter((way) => ways.filter((other) => other === way).length >= 3);
  assert.ok(thrice.length >= 3, `${thrice.length} ways`);
});

test("every way in which a run can go", () => {
  assert.ok(of("prepare", "completed").length > 0, "prepare");
  assert.ok(of("evaluate", "completed").length >= 3, "evaluate");
  assert.ok(
    gallery.some(({ status, exitCode }) => status === "error" && exitCode === 1),
    "failed",
  );
  assert.ok(
    gallery.some(({ status, signal }) => status === "terminated" && signal === "SIGINT"),
    "stopped",
  );
  assert.ok(
    of("train", "completed").some(({ scalars }) => (scalars["val/loss"]?.nonFinite ?? 0) > 0),
    "diverged",
  );
});

test("the network reads 95 of 100 digits that it has never seen, and says how fast", () => {
  const best = of("evaluate", "completed").filter(({ scalars }) => (scalars.test_acc?.last.value ?? 0) >= 0.95);
  assert.ok(best.length > 0);
  for (const { id, parents, scalars } of best) {
    assert.ok(
      gallery.some((run) => run.id === parents.train),
      `${id} has no parent`,
    );
    assert.ok(scalars.latency_p50_ms!.last.value > 0, id);
    assert.ok(scalars.latency_p95_ms!.last.value >= scalars.latency_p50_ms!.last.value, id);
  }
});

test("a completed training has epochs and checkpoints, statistics of the machine, and its flags", () => {
  for (const { id, system, flags, scalars, environment } of of("train", "completed")) {
    const events = readFileSync(join(root, "content/runs", id, "events.json"), "utf8");
    assert.match(events, '"kind":"epoch"', id);
    assert.match(events, '"kind":"checkpoint"', id);
    assert.ok((system["op/cpu/util"]?.count ?? 0) >= 2, id);
    assert.equal(Object.keys(flags).sort(), ["batch", "epochs", "hidden", "lr", "model", "seed"]);
    for (const tag of ["train/loss", "train/acc", "val/loss", "val/acc", "batch/loss"]) assert.ok(tag in scalars, `${id} ${tag}`);
    assert.ok(existsSync(join(root, `content/environments/${environment}.json`)), id);
  }
});

test("a person has labelled, tagged, starred and annotated some of them", () => {
  assert.ok(gallery.some(({ label }) => label !== null));
  assert.ok(gallery.some(({ tags }) => tags.length > 0));
  assert.ok(gallery.some(({ starred }) => starred));
  assert.ok(gallery.some(({ id }) => existsSync(join(root, "content/runs", id, "notes.md"))));
});

test("it is small, and tells of no home directory and no temporary one", () => {
  const ids = gallery.map(({ id }) => id);
  assert.ok(filesUnder(join(root, "content/runs")).length > 0);
  assert.equal(findExcess(root, ids), []);
  const folders = ["content/environments", ...ids.map((id) => `content/runs/${id}`)];
  assert.equal(findMarks(root, folders, ["/home/", "/Users/", "/tmp/"]), []);
});

test.run();
