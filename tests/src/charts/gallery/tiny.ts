import { chartRun, run, series, spec, steady } from "./_make.ts";

export default {
  spec: spec(["lr"], [chartRun("mlp", 0)]),
  data: [
    run("mlp", {
      series: [
        series(
          "lr",
          steady(100, (i) => 3e-7 * 0.5 * (1 + Math.cos((Math.PI * i) / 99))),
        ),
      ],
    }),
  ],
};
