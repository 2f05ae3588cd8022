import { chartRun, run, series, spec } from "./_make.ts";

export default {
  spec: spec(["test/acc"], [chartRun("evaluate", 4)], { goal: "max", unit: "ratio" }),
  data: [run("evaluate", { series: [series("test/acc", [[0, 0.4, 0.9722]], "ratio")] })],
};
