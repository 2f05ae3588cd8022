import { suite } from "uvu";
import * as assert from "uvu/assert";
import { DEFAULT_STATE, formatState, parseState, rangeOf, type StateQuery } from "../../../src/views/chart-state.ts";

const test = suite("chart state");
const there = (query: StateQuery) => formatState(parseState(query).state);

test("nothing chosen leaves nothing in the address", () => {
  assert.equal(formatState(DEFAULT_STATE), {});
  assert.equal(parseState({}), { state: DEFAULT_STATE, refused: [] });
});

test("goes into the address and comes back the same", () => {
  for (const query of [
    { x: "time", smooth: "0.3", xr: "200..400.5", hide: "a,b" },
    { xr: "-5..1e-7" },
    { xr: "200.." },
    { xr: "..400" },
    { smooth: "0" },
    { hide: "50%25 dropout,lr=0.1%2C0.2" },
  ]) {
    assert.equal(there(query), query);
  }
});

test("commas and percent signs in names are kept apart", () => {
  const { state } = parseState({ hide: "lr=0.1%2C0.2,50%25" });
  assert.equal([...state.hidden], ["lr=0.1,0.2", "50%"]);
});

test("what cannot be understood keeps its default and is named", () => {
  const bad: StateQuery[] = [
    { x: "epoch" },
    { smooth: "1" },
    { smooth: "-0.1" },
    { smooth: "much" },
    { xr: "5..1" },
    { xr: "1" },
    { xr: ".." },
    { xr: "a..b" },
    { xr: "1..2..3" },
    { xr: "NaN..3" },
    { xr: "0..Infinity" },
    { hide: "%" },
  ];
  for (const query of bad) {
    const { state, refused } = parseState(query);
    assert.equal(state, DEFAULT_STATE, JSON.stringify(query));
    assert.equal(
      refused,
      Object.entries(query).map(([name, value]) => `${name}=${value}`),
    );
  }
});

test("empty parameters are absent ones", () => {
  assert.equal(parseState({ x: "", smooth: "", xr: "", hide: "" }), { state: DEFAULT_STATE, refused: [] });
});

test("a range ascends, and has an end", () => {
  assert.equal(rangeOf(1, 2), [1, 2]);
  assert.equal(rangeOf(null, 2), [null, 2]);
  assert.is(rangeOf(2, 2), null);
  assert.is(rangeOf(null, null), null);
});

test.run();
