import type { RunEvent } from "../../../../src/run/types.ts";
import { chartRun, loss, run, series, spec, steady } from "./_make.ts";

const epochs = Array.from(
  { length: 10 },
  (_, i): RunEvent => ({ step: 100 * (i + 1), t: 10 * (i + 1), kind: "epoch", detail: `${i + 1}` }),
);
const events: RunEvent[] = [
  ...epochs,
  { step: 300, t: 30.2, kind: "checkpoint", detail: "model-3.json" },
  { step: 600, t: 60.2, kind: "checkpoint", detail: "model-6.json" },
  { step: 750, t: 75, kind: "eval", detail: "val" },
  { step: null, t: 90.4, kind: "checkpoint", detail: "model.json" },
];

export default {
  spec: spec(["train/loss"], [chartRun("mlp", 6)], { goal: "min" }),
  data: [run("mlp", { series: [series("train/loss", steady(1000, loss(1000, 9, { rough: 0.2 })))], events })],
};
