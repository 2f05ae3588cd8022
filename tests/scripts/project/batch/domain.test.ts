import { test } from "uvu";
import * as assert from "uvu/assert";
import { chanceOf, sampleOf } from "../../../../scripts/project/batch/chance.ts";
import { domainOf } from "../../../../scripts/project/batch/domain.ts";
import { drawnTrials, gridTrials } from "../../../../scripts/project/batch/trials.ts";

const texts = (text: string): string[] | null => {
  const domain = domainOf("x", text);
  return domain.kind === "values" ? domain.texts : null;
};

test("lists and sequences, ends included", () => {
  assert.equal(texts("[0.1, 0.01]"), ["0.1", "0.01"]);
  assert.equal(texts("range[1:3]"), ["1", "2", "3"]);
  assert.equal(texts("range[0:0.3:0.1]"), ["0", "0.1", "0.2", "0.3"]);
  assert.equal(texts("range[3:1:-1]"), ["3", "2", "1"]);
  assert.equal(texts("linspace[0:1]"), ["0", "0.25", "0.5", "0.75", "1"]);
  assert.equal(texts("logspace[-3:-1:3]"), ["0.001", "0.01", "0.1"]);
  assert.equal(texts("[a, b]*2"), ["a", "b", "a", "b"]);
  assert.equal(texts("[1, range[3:4]]"), ["1", "3", "4"]);
});

test("spaces have bounds, whole numbers where both bounds are, and an initial value", () => {
  const space = (text: string) => {
    const domain = domainOf("x", text);
    return domain.kind === "space" ? Object.values(domain.space) : null;
  };
  assert.equal(space("[1:5]"), ["uniform", 1, 5, true, null]);
  assert.equal(space("uniform[0.1:1:0.5]"), ["uniform", 0.1, 1, false, 0.5]);
  assert.equal(space("loguniform[1e-5:1e-1]"), ["loguniform", 1e-5, 0.1, false, null]);
});

test("anything else is one value", () => {
  for (const text of ["train[0:100]", "0.1", "", "1:12", "[", "[1,2"]) assert.is(domainOf("x", text).kind, "one");
});

test("what cannot be is refused with the flag's name", () => {
  for (const text of ["range[1]", "range[1:3:0]", "range[3:1]", "loguniform[0:1]", "[5:1]", "[1:5:9]", "linspace[0:1:x]", "[]"]) {
    assert.throws(
      () => domainOf("lr", text),
      (error: Error) => error.name === "invalid-flag-values" && error.message.includes("lr="),
    );
  }
});

test("the grid: names sorted, the last name fastest", () => {
  const row = { b: domainOf("b", "[1,2]"), a: domainOf("a", "[x,y]"), c: domainOf("c", "7") };
  const { trials, combinations } = gridTrials([row], 20, chanceOf(1));
  assert.is(combinations, 4);
  assert.equal(
    trials.map(({ a, b, c }) => `${a}${b}${c}`),
    ["x17", "x27", "y17", "y27"],
  );
});

test("a sample of a huge grid keeps its order and comes again with its seed", () => {
  const row = Object.fromEntries(["a", "b", "c", "d"].map((name) => [name, domainOf(name, "range[1:1000]")]));
  const first = gridTrials([row], 5, chanceOf(7));
  assert.is(first.combinations, 1e12);
  assert.equal(gridTrials([row], 5, chanceOf(7)), first);
  const keys = first.trials.map(({ a, b }) => Number(a) * 1000 + Number(b));
  assert.equal(
    keys,
    keys.toSorted((one, other) => one - other),
  );
  assert.is(sampleOf(20, 20, chanceOf(1)).length, 20);
});

test("draws: within bounds, the first with its initial value, none twice, no more than there are", () => {
  const row = { lr: domainOf("lr", "loguniform[1e-5:1e-1:0.01]"), n: domainOf("n", "[1:3]") };
  const { trials } = drawnTrials([row], 50, chanceOf(3));
  assert.is(trials.length, 50);
  assert.is(trials[0]?.lr, "0.01");
  for (const { lr, n } of trials) assert.ok(Number(lr) >= 1e-5 && Number(lr) <= 0.1 && ["1", "2", "3"].includes(n ?? ""));
  assert.is(drawnTrials([{ n: domainOf("n", "[1:3]") }], 50, chanceOf(3)).trials.length, 3);
  assert.equal(drawnTrials([row], 5, chanceOf(9)), drawnTrials([row], 5, chanceOf(9)));
});

test.run();
