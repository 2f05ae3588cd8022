import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { parseScans } from "../../../scripts/demo/digits.ts";

const row = (pixels: string[], label: string) => [...pixels, label].join(",");
const blank = Array.from({ length: 64 }, () => "0");

test("the file of this repository is the test part of the UCI digits", () => {
  const file = new URL("../../../scripts/demo/data/digits.csv.gz", import.meta.url);
  const digits = parseScans(gunzipSync(readFileSync(file)).toString("utf8"));
  const counts = Array.from({ length: 10 }, (_, label) => digits.filter((digit) => digit.label === label).length);
  // The class counts that UCI gives for optdigits.tes.
  assert.equal(counts, [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]);
});

test("a line is 64 pixels and a label", () => {
  const [first, second] = parseScans(`${row(blank.with(1, "16"), "7")}\n${row(blank, "0")}\n`);
  assert.is(first?.index, 0);
  assert.is(first?.label, 7);
  assert.is(first?.pixels.length, 64);
  assert.is(first?.pixels[1], 16);
  assert.is(second?.index, 1);
});

test("no lines are no digits", () => assert.equal(parseScans(""), []));

for (const [what, line, message] of [
  ["too few numbers", "1,2,3", /^line 2: expected 65 numbers, found 3$/],
  ["too much ink", row(blank.with(5, "17"), "1"), /^line 2: expected a whole number of 0 to 16, found "17"$/],
  ["half a dot", row(blank.with(5, "0.5"), "1"), /found "0.5"$/],
  ["an empty cell", row(blank.with(63, ""), "1"), /found ""$/],
  ["a word", row(blank.with(0, "ink"), "1"), /found "ink"$/],
  ["a label that is no digit", row(blank, "10"), /^line 2: expected a whole number of 0 to 9, found "10"$/],
] as const) {
  test(`${what} is refused with the line's number`, () => {
    assert.throws(() => parseScans(`${row(blank, "3")}\n${line}\n`), message);
  });
}

test.run();
