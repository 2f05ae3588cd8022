import { chartRun, loss, run, series, spec, steady } from "./_make.ts";

export default {
  spec: spec(["val/loss"], [chartRun("mlp", 0)], { goal: "min" }),
  data: [run("mlp", { series: [series("val/loss", steady(60, loss(60, 1)))] })],
};
