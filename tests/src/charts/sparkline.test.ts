import { suite } from "uvu";
import * as assert from "uvu/assert";
import { sparkline } from "../../../src/charts/sparkline.ts";

const test = suite("sparkline");
const size = { width: 66, height: 26 };

test("draws the course with a dot at its last value", () => {
  const svg = sparkline({ values: [0, 2, 1], label: "" }, size);
  assert.match(svg, 'd="M3 23l30-20 30 10"');
  assert.match(svg, '<circle class="end" cx="63" cy="13" r="2"/>');
  assert.match(svg, 'aria-hidden="true"');
});

test("says what it shows where it has words", () => {
  assert.match(sparkline({ values: [1, 2], label: 'up & "away"', slot: 3 }, size), 'class="sparkline s3"');
  assert.match(sparkline({ values: [1, 2], label: 'up & "away"' }, size), 'role="img" aria-label="up &amp; &quot;away&quot;"');
});

test("NaN breaks it, and the dot stands at the last finite value", () => {
  const svg = sparkline({ values: [0, 1, Number.NaN, 1, Number.POSITIVE_INFINITY], label: "" }, size);
  assert.match(svg, 'd="M3 23l15-20M48 3h0"');
  assert.match(svg, 'cx="48" cy="3"');
});

test("constant is a line through the middle, one value a dot, none an empty picture", () => {
  assert.match(sparkline({ values: [5, 5], label: "" }, size), 'd="M3 13l60 0"');
  assert.match(sparkline({ values: [5], label: "" }, size), '<circle class="end" cx="33" cy="13"');
  assert.not.match(sparkline({ values: [5], label: "" }, size), "<path");
  for (const values of [[], [Number.NaN, Number.NaN]])
    assert.not.match(sparkline({ values, label: "" }, size), /<path|<circle|NaN|Infinity/);
});

test.run();
