import { test } from "uvu";
import * as assert from "uvu/assert";
import { formatPrepared, normalise, parsePrepared, readPrepared } from "../../../scripts/demo/prepared.ts";
import { seededRandom } from "../../../scripts/demo/random.ts";
import { stratifiedSplit } from "../../../scripts/demo/split.ts";
import { madeUpDigits } from "./_digits.ts";

const scans = madeUpDigits(40).map((digit) => ({ ...digit, pixels: digit.pixels.map((ink) => Math.floor(ink * 17)) }));
const split = stratifiedSplit(normalise(scans), seededRandom(1));
const text = formatPrepared(split);

test("ink of 0 to 16 becomes 0 to 1, and the scans stay as they were", () => {
  const [light, dark] = normalise([
    { index: 0, label: 0, pixels: new Float64Array(64) },
    { index: 1, label: 1, pixels: new Float64Array(64).fill(16) },
  ]);
  assert.is(Math.max(...light!.pixels), 0);
  assert.is(Math.min(...dark!.pixels), 1);
  assert.ok(scans.some((digit) => digit.pixels.some((ink) => ink > 1)));
});

test("what was written is read back to the last bit", () => assert.equal(parsePrepared(text), split));

test("a header, then one line for each digit", () => {
  const lines = text.trimEnd().split("\n");
  assert.is(lines.length, 41);
  assert.match(lines[0]!, /^index,part,label,p00,p01,.*,p63$/);
  assert.match(lines[1]!, /^\d+,train,\d,[\d.]+,/);
});

for (const [what, broken, message] of [
  ["a file of something else", "a,b\n1,2\n", /^line 1: not the header/],
  ["an empty file", "", /^line 1: not the header/],
  ["a part that is none", text.replace(",val,", ",dev,"), /expected train, val or test, found "dev"$/],
  ["a line cut short", text.slice(0, -30), /^line 41: expected 64 pixels, found \d+$/],
  ["ink above 1", text.replace(/,[\d.]+\n$/, ",2\n"), /^line 41: expected ink of 0 to 1, found "2"$/],
] as const) {
  test(`${what} is refused`, () => assert.throws(() => parsePrepared(broken), message));
}

test("a missing file says what to type", () => {
  assert.throws(() => readPrepared("no/such/file.csv"), /^cannot read no\/such\/file\.csv: run "guild prepare" first$/);
});

test.run();
