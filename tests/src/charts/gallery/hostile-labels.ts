import { chartRun, loss, run, series, spec, steady } from "./_make.ts";

const id = `</script><b onload="x">&amp; ${"\u0007"}zażółć 東京 🧪`;

export default {
  spec: spec(["val/<loss>"], [chartRun(id, 0), chartRun("pinned", 3, { color: "#c71585" })]),
  data: [id, "pinned"].map((name, i) => run(name, { series: [series("val/<loss>", steady(30, loss(30, 20 + i)))] })),
};
