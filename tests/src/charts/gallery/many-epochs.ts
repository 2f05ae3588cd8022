import type { RunEvent } from "../../../../src/run/types.ts";
import { chartRun, loss, run, series, spec, steady } from "./_make.ts";

const events = Array.from({ length: 500 }, (_, i): RunEvent => ({ step: 2 * i, t: i / 5, kind: "epoch", detail: `${i + 1}` }));

export default {
  spec: spec(["train/loss"], [chartRun("mlp", 7)], { goal: "min" }),
  data: [run("mlp", { series: [series("train/loss", steady(1000, loss(1000, 9)))], events })],
};
