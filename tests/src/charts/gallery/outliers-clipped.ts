import { chartRun, noise, run, series, spec, steady } from "./_make.ts";

const jitter = noise(4);

export default {
  spec: spec(["reward"], [chartRun("ppo", 2)], { goal: "max" }),
  data: [
    run("ppo", {
      series: [
        series(
          "reward",
          steady(180, (i) => (i === 60 ? -900 : i === 120 ? 400 : 10 + i / 20 + jitter())),
        ),
      ],
    }),
  ],
};
