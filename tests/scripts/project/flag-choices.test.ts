/** Choices and aliases of flags, labels of flags without value, and flags of a script below those of guild.yml. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { importedSpec, overImported } from "../../../scripts/project/flag-import/imported-spec.ts";
import type { ScriptFlag } from "../../../scripts/project/flag-import/script-flags.ts";
import { settleFlags, valuesOf } from "../../../scripts/project/flag-values.ts";
import { fillLabel } from "../../../scripts/project/label.ts";
import { parseFlagWords } from "../../../src/run/flags.ts";
import { operationOf, refusal } from "./_operations.ts";

const file = `
train:
  flags:
    lr: {default: 0.1, type: float}
    batch-size: {default: 8, alias: bs}
    size:
      default: small
      choices:
        - {value: small, alias: s, flags: {lr: 0.5, layers: 2}}
        - {value: large, alias: l, flags: {lr: 0.01, layers: 20}}
    layers: 1
    note: {null-label: none}
    hidden: {default: 64 32, type: int, arg-split: yes}
    rate: {type: float}
`;

const settle = (...words: string[]) =>
  settleFlags(operationOf(file), { typed: parseFlagWords(words).flags, profile: null, root: "/" });
const values = (...words: string[]) => valuesOf(settle(...words));

test("a choice gives values to other flags, unless the command line says otherwise", () => {
  assert.equal([values().lr, values().layers, settle().lr?.from], [0.5, 2, "choice small of size"]);
  const large = values("size=large", "lr=3");
  assert.equal([large.lr, large.layers, large.size], [3, 20, "large"]);
});

test("choices and flags have aliases; - and _ are the same in a name", () => {
  const found = values("size=l", "bs=4");
  assert.equal([found.size, found["batch-size"]], ["large", 4]);
  assert.is(values("batch_size=5")["batch-size"], 5);
});

test("every part of a text that is split has the flag's type", () => {
  assert.is(values("hidden=1 2 3").hidden, "1 2 3");
  assert.is(refusal(() => settle("hidden=1 x")).message, "Flag hidden (the command line): expected a whole number, found x");
});

test("inf and nan are numbers", () => {
  assert.equal([values("rate=inf").rate, values("rate=-Infinity").rate, values("rate=nan").rate], ["inf", "-Infinity", "nan"]);
});

test("a label shows a flag without value by its null-label", () => {
  const settings = settle("size=small", "rate=1");
  assert.is(fillLabel("${lr} ${note} ${rate|%.2f}", settings), "0.5 none 1.00");
  assert.is(fillLabel("${default_label}", settings), "batch-size=8 hidden=64 32 layers=2 lr=0.5 note=none rate=1 size=small");
});

const scriptFlag: ScriptFlag = {
  name: "lr",
  line: 7,
  type: "float",
  default: 0.1,
  computed: null,
  description: "rate",
  choices: null,
  required: false,
  min: null,
  max: null,
  arg: null,
  position: false,
  bare: undefined,
  split: false,
  repeat: false,
  words: false,
};
const spec = (more: Partial<ScriptFlag>) => importedSpec({ ...scriptFlag, ...more }, "train.py");

test("switches: what is on by itself is only turned off", () => {
  const shown = (bare: ScriptFlag["bare"], value: boolean | null) => {
    const { argName, argSwitch, imported } = spec({ bare, default: value, type: "boolean" });
    return [argName, argSwitch, imported?.bothWays ?? null];
  };
  assert.equal(shown({ on: "lr", off: null }, false), [null, true, null]);
  assert.equal(shown({ on: null, off: "no-lr" }, true), ["no-lr", false, null]);
  assert.equal(shown({ on: "lr", off: "no-lr" }, true), ["no-lr", false, null]);
  assert.equal(shown({ on: "lr", off: "no-lr" }, false), [null, true, null]);
  assert.equal(shown({ on: "lr", off: "no-lr" }, null), [null, undefined, { on: "lr", off: "no-lr" }]);
});

test("a list is a text that is split again", () => {
  const { default: value, argSplit } = spec({ split: true, default: [1, "a b", true] });
  assert.equal([value, argSplit], ["1 'a b' true", "shlex"]);
});

test("guild.yml goes before the script, and leaves open what it does not say", () => {
  const own = operationOf("train: {flags: {lr: {max: 1}, b: {default: 2, description: mine, type: int}}}").operation.flags;
  const filled = overImported(own.lr!, spec({ min: 0 }));
  assert.equal(
    [filled.default, filled.type, filled.description, filled.min, filled.max, filled.imported?.from],
    [0.1, "float", "rate", 0, 1, "train.py:7"],
  );
  const said = overImported(own.b!, spec({}));
  assert.equal([said.default, said.type, said.description, said.imported?.from], [2, "int", "mine", null]);
});

test("required is what has no value anywhere", () => {
  const own = operationOf("train: {flags: {a: , b: 3}}").operation.flags;
  const must = spec({ required: true, default: null });
  assert.equal([overImported(own.a!, must).required, overImported(own.b!, must).required], [true, false]);
});

test.run();
