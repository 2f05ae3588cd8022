import { suite } from "uvu";
import * as assert from "uvu/assert";
import { chartLimit, trainingCharts } from "../../../src/views/training-charts.ts";
import { aRun, bareProject, course } from "./_runs.ts";

const test = suite("trainingCharts");
const curve = [1, 2, 3];
const of = (...tags: string[]) => trainingCharts(aRun(Object.fromEntries(tags.map((tag) => [tag, curve]))), bareProject);
const drawn = (...tags: string[]) =>
  of(...tags).groups.map(({ heading, charts }) => [heading, charts.map((chart) => [chart.title, chart.tags])]);

test("twins on training and validation data share a chart, training first", () => {
  assert.equal(drawn("val/loss", "train/loss"), [[null, [["loss", ["train/loss", "val/loss"]]]]]);
  assert.equal(drawn("loss", "val_loss"), [[null, [["loss", ["loss", "val_loss"]]]]]);
  assert.equal(drawn("acc_val", "acc_train"), [[null, [["acc", ["acc_train", "acc_val"]]]]]);
});

test("a lone metric keeps its whole name", () => {
  assert.equal(drawn("val/acc"), [[null, [["val/acc", ["val/acc"]]]]]);
  assert.equal(drawn("val"), [[null, [["val", ["val"]]]]]);
});

test("a prefix is a heading where several charts share it", () => {
  assert.equal(drawn("loss", "grad/norm"), [
    [
      null,
      [
        ["loss", ["loss"]],
        ["grad/norm", ["grad/norm"]],
      ],
    ],
  ]);
  assert.equal(
    drawn("grad/norm", "grad/max", "loss").map(([heading]) => heading),
    [null, "grad"],
  );
});

test("single values have no chart, and units are not mixed", () => {
  assert.equal(trainingCharts(aRun({ test_acc: [0.9] }), bareProject).groups, []);
  const run = aRun({});
  run.scalars = { "train/time": course(curve, "s"), "val/time": course(curve, "1") };
  assert.is(trainingCharts(run, bareProject).groups[0]!.charts.length, 2);
});

test("the quantiles of a histogram are one chart, from its largest value down", () => {
  const names = ["min", "p05", "p25", "p50", "p75", "p95", "max"];
  assert.equal(drawn("loss", ...names.map((name) => `weights/first/${name}`)), [
    [
      null,
      [
        ["loss", ["loss"]],
        ["weights/first", [...names].reverse().map((name) => `weights/first/${name}`)],
      ],
    ],
  ]);
  // A maximum alone is no histogram.
  assert.equal(drawn("grad/max"), [[null, [["grad/max", ["grad/max"]]]]]);
});

test("what is printed and written under one name is drawn once, and printed epochs share no axis with written steps", () => {
  const run = aRun({});
  const told = (source: "out" | "events") => ({ ...course(curve), source });
  run.scalars = { val_acc: told("out"), "val/acc": told("events"), loss: told("out"), "train/loss": told("events") };
  const { groups, left } = trainingCharts(run, bareProject);
  const charts = groups.flatMap(({ charts }) => charts.map(({ tags }) => tags)).sort();
  assert.equal(charts, [["loss"], ["train/loss"], ["val/acc"]]);
  assert.equal(left, ["val_acc"]);
});

test("beyond the limit metrics are named and not drawn", () => {
  const tags = Array.from({ length: chartLimit + 3 }, (_, at) => `m${"abcdefghijklmnopq"[at]}`);
  const { groups, left } = of(...tags);
  assert.is(groups.flatMap(({ charts }) => charts).length, chartLimit);
  assert.is(left.length, 3);
});

test("anchors of a page are its own", () => {
  const ids = of("loss", "grad/a", "grad/b", "Straße", "损失", "%").groups.flatMap(({ charts }) => charts.map(({ id }) => id));
  assert.is(new Set(ids).size, ids.length);
  assert.ok(ids.every((id) => id !== "" && !/[\s"<>&]/.test(id)));
});

test.run();
