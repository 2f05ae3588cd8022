import { chartRun, loss, run, series, spec, steady } from "./_make.ts";

const names = ["lr=0.1", "lr=0.03", "lr=0.01", "lr=0.003", "lr=0.001", "lr=0.0003"];

export default {
  spec: spec(
    ["val/loss"],
    names.map((name, i) => chartRun(name, i, { emphasis: i === 2 ? "latest" : "normal" })),
    { goal: "min" },
  ),
  data: names.map((name, i) =>
    run(name, { series: [series("val/loss", steady(100 - 12 * i, loss(100, i + 1, { to: 0.15 + 0.12 * i })))] }),
  ),
};
