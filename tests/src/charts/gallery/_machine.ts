/** A run that prepares for 12 s, trains 80 s with two pauses for evaluation, and tidies up for 8 s. */
import type { RunEvent } from "../../../../src/run/types.ts";
import { chartRun, loss, noise, run, series, spec } from "./_make.ts";

function training(): [number, number, number][] {
  const down = loss(800, 12);
  return Array.from({ length: 800 }, (_, i) => [i, 12 + i / 10 + (i >= 400 ? 6 : 0), down(i)]);
}

function sampled(value: (t: number) => number): [number, number, number][] {
  return Array.from({ length: 107 }, (_, i) => [0, i, value(i)]);
}

const busy = (t: number) => t > 11 && t < 98 && !(t > 52 && t < 58);
const jitter = noise(3);

const checkpoint: RunEvent = { step: 400, t: 52.1, kind: "checkpoint", detail: "model.json" };

export const machine = run("mlp", {
  series: [series("train/loss", training())],
  system: [
    series(
      "op/cpu/util",
      sampled((t) => (busy(t) ? 1.7 + 0.1 * jitter() : 0.4 + 0.1 * jitter())),
      "cores",
    ),
    series(
      "op/mem/rss",
      sampled((t) => 2.1e8 + 4.4e8 * (1 - Math.exp(-Math.max(0, t - 6) / 9)) + 6e6 * jitter()),
      "B",
    ),
    series(
      "sys/mem/used",
      sampled((t) => 1.4e9 + 4.4e8 * (1 - Math.exp(-Math.max(0, t - 6) / 9))),
      "B",
    ),
  ],
  events: [checkpoint],
});

export const machineSpec = spec(["op/mem/rss", "sys/mem/used"], [chartRun("mlp", 1)], {
  panel: "system",
  unit: "B",
  title: "memory",
});
