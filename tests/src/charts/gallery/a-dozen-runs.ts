import { chartRun, loss, run, series, spec, steady } from "./_make.ts";

const ids = Array.from({ length: 12 }, (_, i) => `mlp hidden=${2 ** (i % 6)} seed=${i}`);

export default {
  spec: spec(
    ["val/acc"],
    ids.map((id, i) => chartRun(id, i < 8 ? i : -1, { emphasis: i < 8 ? "normal" : "faint" })),
    { goal: "max", unit: "ratio" },
  ),
  data: ids.map((id, i) => {
    const falling = loss(50, i, { from: 0.9, to: 0.06 + 0.02 * i, rough: 0.05 });
    return run(id, {
      series: [
        series(
          "val/acc",
          steady(50, (step) => 1 - falling(step)),
          "ratio",
        ),
      ],
    });
  }),
};
