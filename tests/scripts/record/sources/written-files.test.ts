import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { checkpointName, isCheckpoint, isImage, listOutputFiles, stepInName } from "../../../../scripts/record/output-files.ts";
import { watchFiles } from "../../../../scripts/record/sources/written-files.ts";
import { makeStepClock } from "../../../../scripts/record/step-clock.ts";
import { thumbnailNames } from "../../../../scripts/record/thumbnails.ts";
import type { RunEvent } from "../../../../src/run/types.ts";
import { program, recorded, removeFolders, runWrapped } from "../_wrapped.ts";

const test = suite("written-files");
const folders: string[] = [];
test.after(removeFolders);
test.after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "guild-files-"));
  folders.push(folder);
  return folder;
}

test("a checkpoint is told as soon as it is quiet, also in a folder that is new", async () => {
  const runDir = emptyFolder();
  const steps = makeStepClock();
  steps.set(4, 0);
  const alive = setInterval(() => {}, 1000); // as the running command does
  const told = new Promise<RunEvent>((done) => {
    const watch = watchFiles(runDir, Date.now() - 1000, steps, (event) => {
      watch.stop();
      done(event);
    });
  });
  mkdirSync(join(runDir, "checkpoints"));
  writeFileSync(join(runDir, "checkpoints", "model.pt"), "weights");
  const event = await told;
  clearInterval(alive);
  assert.equal([event.kind, event.detail, event.step], ["checkpoint", "checkpoints/model.pt", 4]);
  assert.ok(event.t > 0.9 && event.t < 20, String(event.t));
});

test("each writing at another step is an event, at the time of the file and the step of that time", () => {
  const runDir = emptyFolder();
  const steps = makeStepClock();
  const started = Date.parse("2026-11-23T19:00:00Z");
  [1, 2, 3].forEach((step) => {
    steps.set(step, step * 10);
  });
  const events: RunEvent[] = [];
  const write = (seconds: number): void => {
    writeFileSync(join(runDir, "model.json"), String(seconds));
    utimesSync(join(runDir, "model.json"), new Date(started + seconds * 1000), new Date(started + seconds * 1000));
  };
  const watch = watchFiles(runDir, started, steps, (event) => events.push(event));
  for (const seconds of [11, 12, 25]) {
    write(seconds);
    watch.look();
  }
  watch.look();
  watch.stop();
  assert.equal(events, [
    { step: 1, t: 11, kind: "checkpoint", detail: "model.json" },
    { step: 2, t: 25, kind: "checkpoint", detail: "model.json" },
  ]);
});

test("a file that is still being written at the end counts then", () => {
  const runDir = emptyFolder();
  const events: RunEvent[] = [];
  const watch = watchFiles(runDir, Date.now() - 5000, makeStepClock(), (event) => events.push(event));
  writeFileSync(join(runDir, "mistakes.png"), "");
  watch.look();
  assert.is(events.length, 0, "not yet quiet");
  watch.stop();
  assert.equal(
    events.map(({ kind, step }) => [kind, step]),
    [["image", null]],
  );
});

test("checkpoints of a real run: a folder of them is one, its name tells the step, and a large file counts without one", async () => {
  const { root } = await runWrapped(program("measure.mjs", "checkpoints"));
  assert.equal(
    recorded(root)
      .events.map(({ kind, step, detail }) => [kind, step, detail])
      .sort(),
    [
      ["checkpoint", null, "weights-of-it-all"],
      ["checkpoint", 500, "checkpoint-500"],
      ["checkpoint", 700, "epoch=3-step=700.ckpt"],
    ],
  );
});

test("a picture that is none, or unfolds to gigabytes, has no thumbnail and harms nobody", async () => {
  const { root, code, stderr } = await runWrapped(program("measure.mjs", "hostile"));
  assert.is(code, 0);
  assert.match(stderr, /No thumbnail of bomb\.png: /);
  assert.match(stderr, /No thumbnail of drawing\.png: it is not a PNG, JPEG, GIF or WebP picture/);
  assert.equal(readdirSync(join(recorded(root).contentDir, "images")), []);
});

test("names tell folders and steps", () => {
  assert.is(checkpointName("out/checkpoint-500/optimizer.pt"), "out/checkpoint-500");
  assert.is(checkpointName("checkpoints/model.pt"), "checkpoints/model.pt");
  assert.is(checkpointName("ckpt_best/a/b.pt"), "ckpt_best");
  const steps = [
    "checkpoint-500",
    "x/epoch=3-step=32.ckpt",
    "iter_0100.pth",
    "ckpt-1.data-00000-of-00001",
    "ppo_1500_steps.zip",
    "model.pt",
    "v2/step",
  ];
  assert.equal(steps.map(stepInName), [500, 32, 100, 1, 1500, null, null]);
});

test("knows checkpoints and images by their names", () => {
  for (const path of ["a.pt", "x/model.safetensors", "checkpoint-3.json", "best/weights.npy", "model.json"])
    assert.ok(isCheckpoint(path), path);
  for (const path of ["log.txt", "metrics.json", "a.png", "data.csv", "remodel.json"]) assert.not(isCheckpoint(path), path);
  assert.ok(isImage("a/B.PNG") && isImage("x.jpeg") && !isImage("png"));
});

test("lists files by depth and name, without our own; a missing directory has none", () => {
  const runDir = emptyFolder();
  for (const folder of [".guild", "b", "b/c"]) mkdirSync(join(runDir, folder));
  for (const file of [".guild/run.json", "b/c/3", "b/2", "z", "a"]) writeFileSync(join(runDir, file), "x");
  assert.equal(
    listOutputFiles(runDir).map(({ path }) => path),
    ["a", "z", "b/2", "b/c/3"],
  );
  assert.equal(listOutputFiles(join(runDir, "missing")), []);
});

test("thumbnails have names of their own in one folder", () => {
  assert.equal(thumbnailNames(["samples/epoch 1.png", "samples-epoch 1.jpg", "é.png", "../x.webp"]), [
    "samples-epoch-1.webp",
    "samples-epoch-1-2.webp",
    "image.webp",
    "x.webp",
  ]);
});

test.run();
