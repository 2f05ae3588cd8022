import { suite } from "uvu";
import * as assert from "uvu/assert";
import { systemCharts } from "../../../src/views/system-charts.ts";
import { aRun, course } from "./_runs.ts";

const test = suite("systemCharts");

function of(system: Record<string, number[]>, stepTag: string | null = "loss") {
  const run = aRun({});
  run.system = Object.fromEntries(
    Object.entries(system).map(([tag, values]) => [tag, course(values, tag.endsWith("_bytes") ? "B/s" : "ratio")]),
  );
  return systemCharts(run, stepTag);
}

test("one chart for each subject, placed on the training's steps", () => {
  const charts = of({
    "sys/cpu/util": [0.1, 0.2],
    "op/mem/rss": [1, 2],
    "op/io/read_bytes": [1, 2],
    "op/io/write_bytes": [3, 4],
  });
  assert.equal(
    charts.map(({ title, tags }) => [title, tags]),
    [
      ["CPU of the machine", ["sys/cpu/util"]],
      ["Memory of the run", ["op/mem/rss"]],
      ["Disk traffic of the run", ["op/io/read_bytes", "op/io/write_bytes"]],
    ],
  );
  assert.ok(charts.every((chart) => chart.panel === "system" && chart.stepTag === "loss"));
  assert.is("stepTag" in of({ "sys/cpu/util": [0.1, 0.2] }, null)[0]!, false);
});

test("GPUs come first: load, memory, power, temperature; then what the main thread did", () => {
  const gpus = (tag: string): Record<string, number[]> => ({ [`sys/gpu0/${tag}`]: [1, 2], [`sys/gpu1/${tag}`]: [3, 4] });
  const charts = of({
    ...gpus("util"),
    ...gpus("mem/util"),
    ...gpus("mem/used"),
    ...gpus("power"),
    ...gpus("temp"),
    "op/gpu0/mem/used": [1, 2],
    "op/main/busy": [0.1, 0.2],
    "op/main/helped": [0, 0.1],
    "sys/hwmoncoretemp/temp": [50, 60],
  });
  assert.equal(
    charts.map(({ title, tags }) => `${title}: ${tags.join(" ")}`),
    [
      "GPU: sys/gpu0/util sys/gpu1/util",
      "GPU memory: sys/gpu0/mem/used sys/gpu1/mem/used",
      "GPU power: sys/gpu0/power sys/gpu1/power",
      "GPU temperature: sys/gpu0/temp sys/gpu1/temp",
      "GPU memory of the run: op/gpu0/mem/used",
      "Main thread of the run: op/main/busy op/main/helped",
      "Temperature: sys/hwmoncoretemp/temp",
    ],
  );
});

test("what was never there, or sampled once, needs no picture", () => {
  assert.equal(of({ "sys/cpu/util": [0.5], "op/io/read_bytes": [0, 0], "sys/mem/used": [Number.NaN, Number.NaN] }), []);
  assert.equal(of({}), []);
});

test("of many disks the busiest are drawn", () => {
  const disks = Object.fromEntries("abcdef".split("").map((disk, at) => [`sys/dev${disk}/read_bytes`, [1, at + 2]]));
  assert.equal(of(disks)[0]?.tags, ["sys/devc/read_bytes", "sys/devd/read_bytes", "sys/deve/read_bytes", "sys/devf/read_bytes"]);
});

test.run();
