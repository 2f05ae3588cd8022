import { chartRun, loss, run, series, spec, steady } from "./_make.ts";

const down = loss(80, 5);

export default {
  spec: spec(["train/loss"], [chartRun("mlp", 1)], { goal: "min" }),
  data: [
    run("mlp", {
      series: [
        series(
          "train/loss",
          steady(80, (i) => ((i >= 30 && i < 33) || i === 61 ? Number.NaN : down(i))),
        ),
      ],
    }),
  ],
};
