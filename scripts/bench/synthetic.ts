/**
 * Made-up runs in the shape of real ones, for the figures about many runs: `node scripts/bench/synthetic.ts FOLDER COUNT`.
 *
 * Every run has flags and numbers of its own, and the same count gives the same bytes. They are written through the
 * formatters that the recorder uses, so that what is measured is what is read in earnest.
 */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { accumulate } from "../../src/run/accumulate.ts";
import { formatEnvironment, makeEnvironment } from "../../src/run/environment-file.ts";
import { formatEvents } from "../../src/run/events-file.ts";
import { makeRunId } from "../../src/run/ids.ts";
import { formatRun } from "../../src/run/run-file.ts";
import { formatSeries } from "../../src/run/series-file.ts";
import type { Environment, Run } from "../../src/run/types.ts";

/** Points of each series, and the tags: half of them fall, half of them rise. */
export const pointCount = 500;
export const tags: readonly string[] = ["train/loss", "val/loss", "train/acc", "val/acc", "grad/norm", "lr"];

const seriesBytes = 128_000;
const secondsPerStep = 0.25;
const firstStart = Date.UTC(2026, 0, 5, 8, 0, 0);

/** Writes runs `first` (from 0) to `first + count - 1` into `content/` of `folder`; each started half an hour after the one before. */
export function writeSyntheticRuns(folder: string, first: number, count: number): void {
  const environment = syntheticEnvironment();
  mkdirSync(join(folder, "content/environments"), { recursive: true });
  const place = join(folder, `content/environments/${environment.digest}.json`);
  // Once, as the recorder does: pages are made again when a file that they read is newer.
  if (!existsSync(place)) writeFileSync(place, formatEnvironment(environment));
  for (let index = first; index < first + count; index++) writeRun(folder, index, environment.digest);
}

function writeRun(folder: string, index: number, environment: string): void {
  const random = numbersFrom(index + 1);
  const started = new Date(firstStart + index * 1_800_000);
  const id = makeRunId(started, random);
  const flags = {
    model: ["mlp", "cnn", "vit"][index % 3] ?? "mlp",
    lr: Number((0.3 * 0.997 ** index).toPrecision(4)),
    seed: index,
  };
  const log = accumulate();
  for (let point = 0; point < pointCount; point++) {
    for (const tag of tags) {
      log.scalar({
        t: point * secondsPerStep * 1e6,
        k: tag,
        v: curve(tag, point, flags.lr, random),
        step: point * 20,
        src: "out",
      });
    }
    if (point % 100 === 99) {
      log.event({ step: point * 20, t: point * secondsPerStep, kind: "epoch", detail: `epoch ${(point + 1) / 100} of 5` });
    }
  }
  const durationSeconds = pointCount * secondsPerStep;
  const stopped = new Date(started.getTime() + durationSeconds * 1000).toISOString();
  const run: Run = {
    schema: 1,
    id,
    operation: "train",
    model: flags.model,
    command: ["python3", "train.py", ...Object.entries(flags).flatMap(([name, value]) => [`--${name}`, String(value)])],
    flags,
    label: null,
    tags: [],
    status: "completed",
    exitCode: 0,
    signal: null,
    started: started.toISOString(),
    stopped,
    durationSeconds,
    scalars: log.scalars(),
    system: {},
    derived: null,
    environment,
    code: { commit: null, branch: null, dirty: null, digest: "0".repeat(64) },
    data: null,
    files: [],
    outside: [],
    parents: {},
    sweep: null,
    updated: stopped,
    intervalSeconds: 1,
    source: { kind: "record" },
    starred: false,
    hidden: false,
  };
  const place = join(folder, "content/runs", id);
  mkdirSync(place, { recursive: true });
  writeFileSync(join(place, "run.json"), formatRun(run));
  writeFileSync(join(place, "series.json"), formatSeries(log.series(), seriesBytes));
  writeFileSync(join(place, "events.json"), formatEvents(log.events()));
  writeFileSync(join(place, "output.txt"), `epoch 5 of 5  val/acc ${run.scalars["val/acc"]?.last.value.toFixed(4)}\n`);
}

/** A curve as trainings draw them: an exponential approach with noise, its height and pace set by the learning rate. */
function curve(tag: string, point: number, lr: number, random: () => number): number {
  const progress = 1 - Math.exp((-point / pointCount) * (2 + 10 * lr));
  const noise = (random() - 0.5) * 0.05;
  if (tag === "lr") return lr * (1 - point / pointCount);
  if (tag.endsWith("/acc")) return Math.min(1, 0.1 + 0.8 * progress + noise);
  return 2.4 * (1 - 0.85 * progress) + noise;
}

function syntheticEnvironment(): Environment {
  return makeEnvironment({
    os: { name: "Debian GNU/Linux 12", kernel: "6.1.0", libc: "glibc 2.36", container: null },
    cpu: { model: "Synthetic processor", logicalCores: 8, availableCores: 8, caches: {} },
    memory: { totalBytes: 32 * 2 ** 30, limitBytes: null },
    runtime: { name: "python", version: "3.11.2" },
  });
}

/** Numbers in [0, 1) by a linear congruence (the constants of Numerical Recipes, 2nd ed., 7.1): same seed, same numbers. */
function numbersFrom(seed: number): () => number {
  let state = Math.imul(seed, 2654435761) >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

if (import.meta.main) {
  const [folder, count] = process.argv.slice(2);
  if (folder === undefined || !(Number(count) > 0)) {
    console.error("usage: node scripts/bench/synthetic.ts FOLDER COUNT");
    process.exitCode = 2;
  } else writeSyntheticRuns(folder, 0, Number(count));
}
