import { chartRun, run, series, spec, steady } from "./_make.ts";

export default {
  spec: spec(["grad_norm"], [chartRun("mlp", 2)]),
  data: [
    run("mlp", {
      series: [
        series(
          "grad_norm",
          steady(100, (i) => 1.6e308 * Math.sin(i / 9)),
        ),
      ],
    }),
  ],
};
