import { chartRun, run, series, spec, steady } from "./_make.ts";

export default {
  spec: spec(["train/loss"], [chartRun("mlp", 3)], { goal: "min" }),
  data: [
    run("mlp", {
      series: [
        series(
          "train/loss",
          steady(40, (i) =>
            i < 30 ? 1 + (i / 10) ** 2 : i < 34 ? Number.POSITIVE_INFINITY : i < 36 ? Number.NEGATIVE_INFINITY : Number.NaN,
          ),
        ),
      ],
    }),
  ],
};
