import { chartRun, loss, run, series, spec } from "./_make.ts";

const down = loss(200, 15, { rough: 0.1 });
const first = Array.from({ length: 120 }, (_, i) => [i, i / 10, down(i)] as const);
const second = Array.from({ length: 120 }, (_, i) => [80 + i, 30 + i / 10, 0.9 * down(80 + i)] as const);

export default {
  spec: spec(["train/loss"], [chartRun("mlp", 1)], { goal: "min" }),
  data: [
    run("mlp", {
      series: [series("train/loss", [...first, ...second])],
      events: [{ step: 80, t: 29, kind: "restart" as const, detail: "resumed at step 80" }],
    }),
  ],
};
