import { suite } from "uvu";
import * as assert from "uvu/assert";
import { chartCsv, chartJson } from "../../../src/views/chart-export.ts";
import { chartRun, run, series, spec } from "../charts/gallery/_make.ts";

const test = suite("chart export");
const data = new Map([
  [
    "a",
    run("a", {
      series: [
        series("loss", [
          [0, 0.5, 2],
          [1, 1.5, Number.NaN],
        ]),
        series("other", [[0, 0, 0]]),
      ],
    }),
  ],
]);

test("CSV has raw values of the chart's own tags, one row a point", () => {
  const csv = chartCsv(spec(["loss"], [chartRun("a", 0)]), data);
  assert.equal(csv.split("\r\n"), [
    "run,label,tag,step,seconds,value,min,max",
    "a,a,loss,0,0.5,2,2,2",
    "a,a,loss,1,1.5,NaN,NaN,NaN",
    "",
  ]);
});

test("CSV quotes what would break it", () => {
  const csv = chartCsv(spec(["loss"], [chartRun("a", 0, { label: 'say "hi", twice\nor more' })]), data);
  assert.ok(csv.includes('a,"say ""hi"", twice\nor more",loss,0'));
});

test("JSON writes NaN as series.json does", () => {
  const { series: all } = JSON.parse(chartJson(spec(["loss"], [chartRun("a", 0)]), data)) as { series: { last: unknown[] }[] };
  assert.equal(
    all.map((one) => one.last),
    [[2, "NaN"]],
  );
});

test("without points there is a head and nothing more", () => {
  assert.is(chartCsv(spec(["loss"], [chartRun("a", 0)]), new Map()), "run,label,tag,step,seconds,value,min,max\r\n");
});

test.run();
