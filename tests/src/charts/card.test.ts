import { suite } from "uvu";
import * as assert from "uvu/assert";
import { card } from "../../../src/charts/card.ts";
import { lettering, textWidth, wrapText } from "../../../src/charts/letters.ts";

const test = suite("the social card");

test("needs no font: there is no text in it, only outlines", () => {
  const svg = card({ name: "Digits", sentence: "3 runs of train. Best is lr=0.1.", curves: null });
  assert.not.match(svg, "<text");
  assert.match(svg, /^<svg [^>]*width="1200" height="630"/);
  assert.is(svg, card({ name: "Digits", sentence: "3 runs of train. Best is lr=0.1.", curves: null }));
});

test("what people wrote becomes outlines and never markup", () => {
  const svg = card({ name: "<script>&", sentence: '"><img src=x>', curves: null });
  assert.not.match(svg, /<script|<img/);
});

test("words are wrapped by their width, and cut with three points", () => {
  const lines = wrapText("one two three four five six", 30, textWidth("one two three", 30), 2);
  assert.equal(lines, ["one two three", "four five six"]);
  assert.equal(wrapText("one two three", 30, 1, 2), ["one", "two ..."]);
  assert.equal(wrapText("", 30, 100, 2), []);
});

test("figures are of one width, and every character has one", () => {
  assert.is(textWidth("111", 10), textWidth("999", 10));
  assert.ok(textWidth("損失", 10) > 0);
  assert.is(textWidth("", 10), 0);
  assert.is(lettering("", { x: 0, y: 0, size: 10 }), "");
  assert.is(lettering(" ", { x: 0, y: 0, size: 10 }), "");
});

test.run();
