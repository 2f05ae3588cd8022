import { chartRun, loss, run, series, spec, steady } from "./_make.ts";

const ids = ["seed=1", "seed=2", "seed=3"];

export default {
  spec: spec(
    ["val/loss"],
    ids.map((id) => chartRun(id, 1)),
    { goal: "min" },
  ),
  data: ids.map((id, i) => run(id, { series: [series("val/loss", steady(40, loss(40, 7 + i, { to: 0.2 + 0.08 * i })))] })),
};
