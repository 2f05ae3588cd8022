import { suite } from "uvu";
import * as assert from "uvu/assert";
import { figureHtml, figureParts } from "../../../src/charts/figure.ts";
import { DEFAULT_STATE } from "../../../src/views/chart-state.ts";
import { lineChart } from "../../../src/views/line-chart.ts";
import type { Example } from "./gallery/_make.ts";
import dozen from "./gallery/a-dozen-runs.ts";
import hostile from "./gallery/hostile-labels.ts";
import many from "./gallery/many-runs.ts";

const test = suite("figure");
const place = { height: 220, base: "/repo/", level: 3 } as const;
const modelOf = ({ spec, data, state }: Example) =>
  lineChart(spec, new Map(data.map((one) => [one.id, one])), { ...DEFAULT_STATE, ...state });

test("holds everything that a reader without scripts needs", () => {
  const html = figureHtml(many.spec, modelOf(many), place);
  for (const part of [
    '<figure class="chart" id="chart-c" aria-labelledby="chart-c-title" data-chart data-base="/repo/"',
    '<h3 id="chart-c-title">val/loss</h3>',
    'role="img" aria-label="val/loss by step, 6 lines',
    '<figcaption class="chart-caption">All 420 points, not smoothed.</figcaption>',
    "<summary>Data table</summary>",
    '<th scope="col">step</th>',
    '<a href="/repo/runs/lr=0.1/series.json">lr=0.1</a>',
  ]) {
    assert.ok(html.includes(part), part);
  }
  assert.not.match(html, /<button(?![^>]*data-export)/);
});

test("marks what only a script can do", () => {
  const html = figureHtml(many.spec, modelOf(many), place);
  assert.match(html, /<details class="chart-menu needs-js">/);
});

test("the spec in the page is the spec, whatever its labels are", () => {
  const html = figureHtml(hostile.spec, modelOf(hostile), place);
  const json = /<script type="application\/json">(.*?)<\/script>/s.exec(html)![1]!;
  assert.equal(JSON.parse(json), hostile.spec);
});

test("no label can add an element or leave its attribute", () => {
  const html = figureHtml(hostile.spec, modelOf(hostile), place);
  assert.not.match(html, /<b |<b>|onload="x"/);
  assert.is(html.match(/<script/g)!.length, 1);
});

test("labels stand beside lines' ends while they are few, and apart from each other", () => {
  const parts = figureParts(modelOf(many), 220);
  assert.is(parts.keysMode, "ends");
  const heights = [...parts.keys.matchAll(/--y:(\d+)px/g)].map((match) => Number(match[1])).sort((a, b) => a - b);
  assert.is(heights.length, 6);
  for (let i = 1; i < heights.length; i += 1) assert.ok(heights[i]! - heights[i - 1]! >= 17);
  assert.is(figureParts(modelOf(dozen), 220).keysMode, "legend");
  // Six labels of 18 px do not fit into 80.
  assert.is(figureParts(modelOf(many), 80).keysMode, "legend");
});

test("a switched-off line keeps its button and says that it is off", () => {
  const parts = figureParts(modelOf({ ...many, state: { hidden: new Set(["lr=0.1"]) } }), 220, true);
  assert.match(parts.keys, /class="s0 hidden" data-key="lr=0\.1"[^>]*><button type="button" aria-pressed="false"/);
  assert.is(parts.keys.match(/aria-pressed="true"/g)!.length, 5);
});

test("the fluid plot places everything but curves at percentages", () => {
  const { plot } = figureParts(modelOf(many), 220);
  assert.match(plot, /^<svg class="plot" width="100%" height="220" role="img"/);
  assert.match(plot, /preserveAspectRatio="none"/);
  for (const [, x] of plot.matchAll(/<(?:text class="x(?: minor)?"|svg) x="([^"]+)"/g)) assert.match(x!, /%$/);
});

test("an empty chart is whole too", () => {
  const html = figureHtml(many.spec, lineChart(many.spec, new Map()), place);
  assert.match(html, "no points yet");
  assert.match(html, 'data-keys="none"');
  assert.match(html, "<p>No points.</p>");
});

test.run();
