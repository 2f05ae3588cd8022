import { chartRun, loss, run, series, spec, steady } from "./_make.ts";

export default {
  spec: spec(["train/loss"], [chartRun("mlp", 0)], { goal: "min" }),
  data: [run("mlp", { series: [series("train/loss", steady(100_000, loss(100_000, 6, { rough: 0.4 }), 0.01))] })],
};
