import { chartRun, run, series, spec, steady } from "./_make.ts";

export default {
  spec: spec(["lr"], [chartRun("mlp", 5)]),
  data: [
    run("mlp", {
      series: [
        series(
          "lr",
          steady(400, () => 0.001),
        ),
      ],
    }),
  ],
};
