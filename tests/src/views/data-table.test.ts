import { suite } from "uvu";
import * as assert from "uvu/assert";
import { tableOf as dataTable } from "../../../src/views/data-table.ts";
import { lineChart } from "../../../src/views/line-chart.ts";
import { chartRun, run, series, spec, steady } from "../charts/gallery/_make.ts";

const test = suite("data table");
const tableOf = (tags: string[], data: ReturnType<typeof run>) =>
  dataTable(lineChart(spec(tags, [chartRun(data.id, 0)]), new Map([[data.id, data]])));

test("has a row for each point while they are few", () => {
  const table = tableOf(
    ["loss"],
    run("a", {
      series: [
        series("loss", [
          [0, 0, 2.5],
          [1000, 1, Number.NaN],
        ]),
      ],
    }),
  );
  assert.equal(table.columns, ["step", "loss"]);
  assert.equal(table.rows, [
    ["0", "2.5"],
    ["1,000", "NaN"],
  ]);
  assert.is(table.note, "All points, raw values.");
});

test("has at most 25 rows, the first and last point among them", () => {
  const table = tableOf(
    ["loss"],
    run("a", {
      series: [
        series(
          "loss",
          steady(400, (i) => i),
        ),
      ],
    }),
  );
  assert.is(table.rows.length, 25);
  assert.equal([table.rows[0]![0], table.rows.at(-1)![0]], ["0", "399"]);
  assert.is(table.note, "25 of 400 points, raw values.");
});

test("a line without a point at a place shows its last one before, and nothing outside its course", () => {
  const data = run("a", {
    series: [
      series("loss", [
        [0, 0, 1],
        [10, 1, 2],
        [20, 2, 3],
        [30, 3, 4],
      ]),
      series("acc", [
        [10, 1, 0.5],
        [25, 2.5, 0.9],
      ]),
    ],
  });
  const table = tableOf(["loss", "acc"], data);
  assert.equal(
    table.rows.map((row) => row.join("|")),
    ["0|1|", "10|2|0.5", "20|3|0.5", "25|3|0.9", "30|4|"],
  );
});

test("without points says so", () => {
  assert.equal(tableOf(["loss"], run("a", {})), { columns: ["step"], rows: [], note: "No points." });
});

test.run();
