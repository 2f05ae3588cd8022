import { suite } from "uvu";
import * as assert from "uvu/assert";
import { decodeNumber, encodeNumber, roundDecimals, roundDigits } from "../../../src/run/numbers.ts";

const test = suite("numbers");

test("every number survives the way through JSON", () => {
  for (const value of [0, 1, -1.5, 1e-300, 1e300, 0.1 + 0.2, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
    assert.ok(Object.is(decodeNumber(JSON.parse(JSON.stringify(encodeNumber(value)))), value), String(value));
  }
});

test("minus zero becomes zero", () => {
  assert.ok(Object.is(encodeNumber(-0), 0));
});

test("anything else is refused with its value", () => {
  for (const raw of [null, undefined, "1", "nan", true, [], {}]) assert.throws(() => decodeNumber(raw), /Not a number/);
  assert.throws(() => decodeNumber("0.5"), /"0.5"/);
});

test("rounds to significant digits and to decimals", () => {
  assert.is(roundDigits(123456.789, 6), 123457);
  assert.is(roundDigits(0.000123456789, 6), 0.000123457);
  assert.is(roundDigits(0, 6), 0);
  assert.ok(Number.isNaN(roundDigits(Number.NaN, 6)));
  assert.is(roundDecimals(1.23456, 3), 1.235);
  assert.is(roundDecimals(1e300, 3), 1e300);
  assert.is(roundDecimals(Number.POSITIVE_INFINITY, 3), Number.POSITIVE_INFINITY);
});

test.run();
