import { suite } from "uvu";
import * as assert from "uvu/assert";
import { tooltipHtml } from "../../../src/charts/tooltip.ts";
import { lineChart } from "../../../src/views/line-chart.ts";
import dozen from "./gallery/a-dozen-runs.ts";
import events from "./gallery/events.ts";
import hostile from "./gallery/hostile-labels.ts";

const test = suite("tooltip");
const modelOf = ({ spec, data }: typeof dozen) => lineChart(spec, new Map(data.map((one) => [one.id, one])));

test("has eight rows at most, best first, and counts the rest", () => {
  const html = tooltipHtml(modelOf(dozen), 49, null);
  assert.is(html.match(/<th scope="row">/g)!.length, 8);
  assert.match(html, "<p>4 more</p>");
  assert.ok(html.indexOf("seed=0<") < html.indexOf("seed=1<"));
});

test("has smoothed and raw value, step, time, and what happened there", () => {
  const html = tooltipHtml(modelOf({ ...events, spec: events.spec, data: events.data }), 300, null);
  assert.match(html, '<p class="place">step 300</p>');
  assert.match(html, "<th>smoothed</th><th>value</th>");
  assert.match(html, "<p>checkpoint model-3.json</p>");
  assert.match(html, /<td class="more">30\.\d s<\/td>/);
});

test("labels stay text", () => {
  assert.not.match(tooltipHtml(modelOf(hostile as typeof dozen), 3, null), /<b |<script/);
});

test.run();
