import { chartRun, run, spec } from "./_make.ts";

export default { spec: spec(["val/loss"], [chartRun("mlp", 0)]), data: [run("mlp", {})] };
