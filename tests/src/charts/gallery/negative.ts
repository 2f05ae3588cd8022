import { chartRun, noise, run, series, spec, steady } from "./_make.ts";

const jitter = noise(8);

export default {
  spec: spec(["reward"], [chartRun("ppo", 4)], { goal: "max" }),
  data: [
    run("ppo", {
      series: [
        series(
          "reward",
          steady(120, (i) => -21 + 30 / (1 + Math.exp((60 - i) / 12)) + jitter()),
        ),
      ],
    }),
  ],
};
