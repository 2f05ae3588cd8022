import { chartRun, loss, run, series, spec, steady } from "./_make.ts";

export default {
  spec: spec(["train/loss", "val/loss"], [chartRun("mlp", 2)], { goal: "min", title: "loss" }),
  data: [
    run("mlp", {
      series: [
        series("train/loss", steady(900, loss(900, 2, { rough: 0.3 }))),
        series(
          "val/loss",
          steady(18, loss(18, 3, { to: 0.34, rough: 0.03 })).map(([i, t, y]) => [50 * (i + 1) - 1, 50 * t, y] as const),
        ),
      ],
    }),
  ],
};
