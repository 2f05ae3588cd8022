import { chartRun, run, series, spec, steady } from "./_make.ts";

export default {
  spec: spec(["train/loss"], [chartRun("mlp", 0)], { goal: "min" }),
  data: [
    run("mlp", {
      series: [
        series(
          "train/loss",
          steady(20, () => Number.NaN),
        ),
      ],
    }),
  ],
};
