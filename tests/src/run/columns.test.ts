import { suite } from "uvu";
import * as assert from "uvu/assert";
import { parseColumn, parseColumns } from "../../../src/run/columns.ts";

const test = suite("columns");

for (const [text, kind, name, reduction, step, heading] of [
  ["=lr", "flag", "lr", "last", false, "lr"],
  ["flag:lr as rate", "flag", "lr", "last", false, "rate"],
  [".status", "attribute", "status", "last", false, "status"],
  ["attr:host", "attribute", "host", "last", false, "host"],
  ["loss", "scalar", "loss", "last", false, "loss"],
  ["scalar:loss", "scalar", "loss", "last", false, "scalar:loss"],
  ["max acc as best", "scalar", "acc", "max", false, "best"],
  ["loss step", "scalar", "loss", "last", true, "loss step"],
  ["min val/loss step as 'best at'", "scalar", "val/loss", "min", true, "best at"],
  ["avg loss", "scalar", "loss", "mean", false, "avg loss"],
  ["train#loss as loss", "scalar", "train#loss", "last", false, "loss"],
  ["max", "scalar", "max", "last", false, "max"],
  ["step", "scalar", "step", "last", false, "step"],
  ["first step", "scalar", "step", "first", false, "first step"],
  ["test set accuracy", "scalar", "test set accuracy", "last", false, "test set accuracy"],
] as const) {
  test(text, () => {
    assert.equal(parseColumn(`  ${text} `), { text, kind, name, reduction, step, heading });
  });
}

test("nothing is no column, and no text throws", () => {
  assert.is(parseColumn("  "), null);
  for (const text of ["=", ".", "as", " as x", "max  ", "=a as", "'"]) assert.type(parseColumn(text), "object", text);
});

test("several stand between commas, but not in quotes", () => {
  const headings = (text: string) => parseColumns(text).map(({ heading }) => heading);
  assert.equal(headings('=lr, max acc as "best, ever",,loss'), ["lr", "best, ever", "loss"]);
});

test.run();
