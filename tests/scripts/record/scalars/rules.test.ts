/** Guild's `output-scalars`, as Guild 0.9.1 means them; and that no rule holds up a recording. */
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { makeRules } from "../../../../scripts/record/scalars/rules.ts";
import type { OutputRule } from "../../../../src/run/output-rules.ts";
import { detectorOf } from "./_reading.ts";

const test = suite("rules");

type Written = string | Record<string, string>;

function rulesOf(written: readonly Written[]): OutputRule[] {
  const where = "guild.yml:3";
  return written.flatMap((one): OutputRule[] =>
    typeof one === "string"
      ? [{ name: null, pattern: one, where }]
      : Object.entries(one).map(([name, pattern]) => ({ name, pattern, where })),
  );
}

/** Scalars as `key@step=value source`. */
function found(written: readonly Written[], lines: readonly string[], builtIn = true): string[] {
  const rules = makeRules(rulesOf(written), assert.unreachable);
  const detector = detectorOf([], { builtIn });
  return rules
    .match(lines)
    .flatMap((matches, i) => detector.line(lines[i] ?? "", i, matches).scalars)
    .map(({ k, step, v, src }) => `${k}@${step}=${v} ${src}`);
}

/** Rules, lines, scalars. */
const TABLE: [Written[], string[], string[]][] = [
  // forms
  [[{ loss: String.raw`L=(\value)` }], ["L=0.5"], ["loss@0=0.5 rule"]],
  [[String.raw`(\key)=(\value)`], ["a=1 b=2.5e-3"], ["a@0=1 rule", "b@0=0.0025 rule"]],
  [[String.raw`L (?P<loss>\value) A (?P<acc>\value)`], ["L 0.5 A 0.9"], ["loss@0=0.5 rule", "acc@0=0.9 rule"]],
  [[String.raw`(?P<_val>\value) is (?P<_key>\key)`], ["0.5 is loss"], ["loss@0=0.5 rule"]],
  // the step: of this line and of later ones, and no scalar itself
  [
    [String.raw`round (?P<step>\step)`, String.raw`(\key)=(\value)`],
    ["round 7", "q=1", "q=2 round 9", "q=3"],
    ["q@7=1 rule", "q@9=2 rule", "q@9=3 rule"],
  ],
  [[{ step: String.raw`Epoch (\d+)` }, { q: String.raw`q (\value)` }], ["Epoch 3 q 0.5"], ["q@3=0.5 rule"]],
  // the implied step rises when a key repeats; a line's keys count together
  [
    [String.raw`(\key)=(\value)`],
    ["a=1 b=1", "a=2", "b=2", "b=3"],
    ["a@0=1 rule", "b@0=1 rule", "a@1=2 rule", "b@1=2 rule", "b@2=3 rule"],
  ],
  // what is captured later wins; what is no number is nothing
  [[String.raw`(\key)=(\S+)`], ["a=1 a=2 b=x c=nan d=-inf"], ["a@0=2 rule", "c@0=NaN rule", "d@0=-Infinity rule"]],
  // Python's spellings
  [[String.raw`(?i)\Aloss (?P<loss>\value)\Z`], ["LOSS 0.5"], ["loss@0=0.5 rule"]],
  [[String.raw`(?P<q>['"])x(?P=q) (?P<x>\value)(?#a comment)`], ["'x' 3"], ["x@0=3 rule"]],
  // a line that a rule takes is the rule's; other lines are read as ever, but for names that a rule has
  [[{ loss: String.raw`L=(\value)` }], ["step 1 loss 9 L=0.5", "step 2 loss 8 acc 0.9"], ["loss@0=0.5 rule", "acc@2=0.9 out"]],
  // a rule that says only the step leaves the numbers to the others
  [[String.raw`round (?P<step>\step)`], ["round 4 loss: 0.5"], ["loss@4=0.5 out"]],
  // lines come right-stripped, with their blanks before, without colours
  [[String.raw`^  x: (?P<x>\value)$`], ["\u001b[1m  x: 3\u001b[0m  "], ["x@0=3 rule"]],
];

for (const [written, lines, expected] of TABLE) {
  test(`${JSON.stringify(written)} in ${JSON.stringify(lines)}`, () => {
    assert.equal(found(written, lines), expected);
  });
}

test("switched off, nothing that is built in is read", () => {
  assert.equal(found([], ["loss: 0.5", "epoch 1 loss 0.5"], false), []);
});

test("a rule that a line makes slow is switched off with one warning, and the others go on", () => {
  const adversary = `${"a".repeat(3000)}!`;
  // Backtracking without end, with and without what a linear engine could not do either.
  for (const slow of [String.raw`^(a+)+$(?P<x>\value)`, String.raw`^(?=(a+)+$)(?P<x>\value)`, String.raw`(?P<x>(a|aa|a?)+\2)$`]) {
    const warnings: string[] = [];
    const rules = makeRules(rulesOf([slow, String.raw`L=(?P<loss>\value)`]), (message) => warnings.push(message));
    const before = performance.now();
    const first = rules.match(["L=1", adversary, adversary, "L=2"]);
    const spent = performance.now() - before;
    assert.ok(spent < 1500, `${slow}: ${spent} ms`);
    assert.equal(
      first.flat().map(({ values }) => values),
      [[{ key: "loss", value: 1 }], [{ key: "loss", value: 2 }]],
      slow,
    );
    const again = performance.now();
    rules.match(Array.from({ length: 50 }, () => adversary));
    assert.ok(performance.now() - again < 500);
    assert.is(warnings.length, 1);
    assert.match(warnings[0] ?? "", "guild.yml:3");
    assert.match(warnings[0] ?? "", "switched off");
  }
});

test("a rule that is a little slow on every line is switched off too", () => {
  let clock = 0;
  const warnings: string[] = [];
  // Every look takes 60 ms by this clock, and nothing else takes any time.
  const now = () => {
    clock += 60;
    return clock;
  };
  const rules = makeRules(rulesOf([String.raw`L=(?P<loss>\value)`]), (message) => warnings.push(message), now);
  let found = 0;
  for (let i = 0; i < 200; i += 1) found += rules.match([`L=${i}`]).flat().length;
  assert.is(warnings.length, 1);
  assert.ok(found > 20 && found < 150, String(found));
});

test.run();
