import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { ChartData, ChartSpec } from "../../../src/views/chart-spec.ts";
import { type ChartState, DEFAULT_STATE } from "../../../src/views/chart-state.ts";
import { lineChart } from "../../../src/views/line-chart.ts";
import { machine, machineSpec } from "../charts/gallery/_machine.ts";
import { chartRun, run, series, spec, steady } from "../charts/gallery/_make.ts";

const test = suite("line chart");
const draw = (chart: ChartSpec, data: ChartData[], state: Partial<ChartState> = {}) =>
  lineChart(chart, new Map(data.map((one) => [one.id, one])), { ...DEFAULT_STATE, ...state });

const falling = run("a", {
  series: [
    series(
      "loss",
      steady(100, (i) => 2 - i / 100),
    ),
    series(
      "val_loss",
      steady(10, (i) => 3 - i / 10),
    ),
  ],
});
const single = spec(["loss"], [chartRun("a", 5)], { goal: "min" });

test("says in words what it shows", () => {
  assert.is(draw(single, [falling]).label, "loss by step: from 2 at step 0 to 1.01 at step 99. Best: 1.01 at step 99.");
  const two = spec(["loss", "val_loss"], [chartRun("a", 5)]);
  assert.is(draw(two, [falling]).label, "loss by step, 2 lines: loss ends at 1.01, val_loss ends at 2.1.");
});

test("claims no best without a goal", () => {
  assert.not.match(draw({ ...single, goal: null }, [falling]).label, /Best/);
});

test("says that nothing was changed, when nothing was", () => {
  assert.equal(draw(single, [falling]).caption, ["All 100 points, not smoothed."]);
});

test("an empty run, an unknown run and an unknown tag have no points yet", () => {
  const models = [draw(single, [run("a", {})]), draw(single, []), draw({ ...single, tags: ["other"] }, [falling])];
  for (const model of models) {
    assert.equal([model.empty, model.xDomain, model.yDomain, model.lines, model.caption], ["no points yet", null, null, [], []]);
    assert.is(model.label, "loss by step: no points yet.");
  }
});

test("names the lines that have no points, when others have", () => {
  const model = draw(spec(["loss"], [chartRun("a", 0), chartRun("b", 1)]), [falling, run("b", {})]);
  assert.is(model.caption.at(-1), "No points: b.");
});

test("one run's tags differ in colour, several runs' tags in dash", () => {
  const one = draw(spec(["loss", "val_loss"], [chartRun("a", 7)]), [falling]);
  assert.equal(
    one.lines.map(({ key, slot, dash }) => [key, slot, dash]),
    [
      ["loss", 7, 0],
      ["val_loss", 0, 0],
    ],
  );
  const two = draw(spec(["loss", "val_loss"], [chartRun("a", 7), chartRun("b", 2)]), [falling, { ...falling, id: "b" }]);
  assert.equal(
    two.lines.map(({ key, slot, dash }) => [key, slot, dash]),
    [
      ["a:loss", 7, 0],
      ["a:val_loss", 7, 1],
      ["b:loss", 2, 0],
      ["b:val_loss", 2, 1],
    ],
  );
});

test("runs of one colour differ in dash", () => {
  const seeds = draw(
    spec(["loss"], [chartRun("a", 3), chartRun("b", 3), chartRun("c", 4)]),
    ["a", "b", "c"].map((id) => ({ ...falling, id })),
  );
  assert.equal(
    seeds.lines.map((line) => line.dash),
    [0, 1, 0],
  );
});

test("a pinned colour goes with its run, and not with its further tags", () => {
  const model = draw(spec(["loss", "val_loss"], [chartRun("a", -1, { color: "#c71585" })]), [falling]);
  assert.equal(
    model.lines.map((line) => line.color),
    ["#c71585", null],
  );
});

test("a chart that covers most of a run's steps shows all of them, another keeps its own", () => {
  const data = run("a", {
    series: [
      series(
        "loss",
        steady(1000, (i) => i),
      ),
      series("acc", [
        [300, 30, 1],
        [600, 60, 2],
      ]),
      series("epoch_loss", [
        [1, 30, 1],
        [2, 60, 2],
      ]),
    ],
  });
  assert.equal(draw({ ...single, tags: ["acc"] }, [data]).xDomain, [300, 999]);
  assert.equal(draw({ ...single, tags: ["epoch_loss"] }, [data]).xDomain, [1, 2]);
});

test("machine samples stand on the training's steps, and the caption counts those that cannot", () => {
  const model = draw(machineSpec, [machine]);
  assert.is(model.xKind, "step");
  assert.equal(model.xDomain, [0, 799]);
  assert.match(model.caption.join(" "), /12 before the first step and 9 after the last not shown/);
  assert.equal(
    model.events.map((event) => [event.kind, event.x]),
    [["checkpoint", 400]],
  );
});

test("over time, start-up and shutdown are shaded", () => {
  const model = draw(machineSpec, [machine], { x: "time" });
  assert.equal(model.shades, [
    { from: 0, to: 12, label: "start-up" },
    { from: 97.9, to: 106, label: "shutdown" },
  ]);
});

test("without steps the machine is shown over time, and a zoom in steps does not apply", () => {
  const model = draw(machineSpec, [{ ...machine, series: [] }], { range: [1, 2] });
  assert.is(model.xKind, "time");
  assert.equal(model.xDomain, [0, 106]);
  assert.match(model.caption.join(" "), /No steps were counted, so this is over time/);
});

test("metrics that were all logged at one step are shown over time", () => {
  const model = draw(single, [
    run("a", {
      series: [
        series("loss", [
          [0, 1, 5],
          [0, 2, 4],
          [0, 3, 3],
        ]),
      ],
    }),
  ]);
  assert.equal([model.xKind, model.xDomain], ["time", [0, 3]]);
  assert.is(draw(single, [run("a", { series: [series("loss", [[0, 1, 5]])] })]).xKind, "step");
});

test("several runs draw no events: they would be anybody's", () => {
  assert.equal(
    draw({ ...machineSpec, runs: [chartRun("mlp", 0), chartRun("b", 1)] }, [machine, { ...machine, id: "b" }]).events,
    [],
  );
});

test("a zoom may have one open end, and says when nothing is there", () => {
  assert.equal(draw(single, [falling], { range: [50, null] }).xDomain, [50, 99]);
  assert.equal(draw(single, [falling], { range: [null, 50] }).xDomain, [0, 50]);
  const beyond = draw(single, [falling], { range: [500, 600] });
  assert.equal([beyond.xDomain, beyond.empty], [[500, 600], "no points here"]);
  assert.equal(draw(single, [falling], { range: [500, null] }).empty, "no points here");
});

test("in a zoom the end of a line is its last point in view", () => {
  assert.equal(draw(single, [falling], { range: [10, 20] }).lines[0]!.end, { x: 20, y: 1.8, value: 1.8 });
});

test("hidden lines stay in the list and leave the axis", () => {
  const two = spec(["loss", "val_loss"], [chartRun("a", 0)]);
  const model = draw(two, [falling], { hidden: new Set(["val_loss"]) });
  assert.equal(
    model.lines.map((line) => line.hidden),
    [false, true],
  );
  assert.equal(model.yDomain, [1.01, 2]);
  assert.is(draw(two, [falling], { hidden: new Set(["a"]) }).empty, "all lines are hidden");
});

test("a run that ended in NaN says so at its end, at the height it had last", () => {
  const model = draw(single, [
    run("a", {
      series: [
        series("loss", [
          [0, 0, 1],
          [1, 1, 2],
          [2, 2, Number.NaN],
        ]),
      ],
    }),
  ]);
  assert.equal(model.lines[0]!.end, { x: 1, y: 2, value: Number.NaN });
  assert.match(model.caption.join(" "), /1 NaN from step 2/);
});

test("the same spec and data make the same model, and neither is changed", () => {
  const before = structuredClone([machineSpec, machine]);
  assert.equal(draw(machineSpec, [machine]), draw(machineSpec, [machine]));
  assert.equal([machineSpec, machine], before);
});

test.run();
