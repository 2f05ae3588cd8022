import { suite } from "uvu";
import * as assert from "uvu/assert";
import { DEFAULT_STATE } from "../../../src/views/chart-state.ts";
import { cursorPlaces, eventsAt, nearestIndex, readingsAt, spokenReading } from "../../../src/views/cursor-reading.ts";
import { lineChart } from "../../../src/views/line-chart.ts";
import { chartRun, run, series, spec, steady } from "../charts/gallery/_make.ts";

const test = suite("cursor reading");

const data = new Map(
  [
    run("a", {
      series: [
        series(
          "acc",
          steady(101, (i) => i / 200),
        ),
      ],
      events: [{ step: 50, t: 5, kind: "checkpoint", detail: "m" }],
    }),
    run("b", {
      series: [
        series(
          "acc",
          steady(51, (i) => i / 100),
        ),
      ],
    }),
    run("c", { series: [series("acc", [[40, 4, Number.NaN]])] }),
  ].map((one) => [one.id, one] as const),
);
const three = spec(
  ["acc"],
  ["a", "b", "c"].map((id, i) => chartRun(id, i)),
  { goal: "max" },
);
const model = lineChart(three, data);

test("finds the nearest of ascending numbers, the earlier of two", () => {
  assert.equal(
    [-1, 0.4, 0.5, 0.6, 9].map((value) => nearestIndex([0, 1, 2], value)),
    [0, 0, 0, 1, 2],
  );
  assert.is(nearestIndex([], 1), -1);
});

test("puts the best first and NaN last", () => {
  assert.equal(
    readingsAt(model, 40).map(({ line }) => line.key),
    ["b", "a", "c"],
  );
  const lowest = lineChart({ ...three, goal: "min" }, data);
  assert.equal(
    readingsAt(lowest, 40).map(({ line }) => line.key),
    ["a", "b", "c"],
  );
});

test("a line has nothing to say where it has no point near", () => {
  assert.equal(
    readingsAt(model, 90).map(({ line }) => line.key),
    ["a"],
  );
});

test("hidden lines are neither read nor stood on", () => {
  const hiding = lineChart(three, data, { ...DEFAULT_STATE, hidden: new Set(["a"]) });
  assert.equal(
    readingsAt(hiding, 40).map(({ line }) => line.key),
    ["b", "c"],
  );
  assert.is(cursorPlaces(hiding).at(-1), 50);
});

test("stands at every x inside the axis once", () => {
  assert.is(cursorPlaces(model).length, 101);
  const zoomed = lineChart(three, data, { ...DEFAULT_STATE, range: [10, 12] });
  assert.equal(cursorPlaces(zoomed), [10, 11, 12]);
  assert.equal(cursorPlaces(lineChart(three, new Map())), []);
});

test("is a sentence for those who hear the page", () => {
  assert.is(spokenReading(model, 40), "step 40: b 0.4, a 0.2, c NaN");
  assert.is(spokenReading(lineChart({ ...three, runs: three.runs.slice(0, 1) }, data), 100), "step 100: 0.5");
  assert.is(spokenReading(lineChart(three, new Map()), 3), "step 3: no point");
});

test("knows what happened near", () => {
  const alone = lineChart({ ...three, runs: three.runs.slice(0, 1) }, data);
  assert.equal(
    eventsAt(alone, 50.9).map((event) => event.detail),
    ["m"],
  );
  assert.equal(eventsAt(alone, 52), []);
});

test.run();
