import { test } from "uvu";
import * as assert from "uvu/assert";
import { decodeFlag, flagsOfCommand, formatFlag, parseFlagWords } from "../../../src/run/flags.ts";
import type { FlagValue } from "../../../src/run/types.ts";

const decoded: [string, FlagValue][] = [
  ["1", 1],
  ["-3", -3],
  ["0.1", 0.1],
  [".5", 0.5],
  ["1e-4", 0.0001],
  ["yes", true],
  ["False", false],
  ["null", null],
  ["adam", "adam"],
  ["", ""],
  ["'1'", "1"],
  ['"a b"', "a b"],
  ["'it''s'", "it's"],
  ["[1, 2]", [1, 2]],
  ["[a,[b,c]]", ["a", ["b", "c"]]],
  ["['a,b', c]", ["a,b", "c"]],
  ["[]", []],
  // What would come back differently stays text.
  ["1_000", "1_000"],
  ["1:12", "1:12"],
  ["007", "007"],
  ["nan", "nan"],
  ["inf", "inf"],
  ["1e999", "1e999"],
  ["12345678901234567890", "12345678901234567890"],
  ["[a", "[a"],
  ["[a]]", "[a]]"],
  ["a=b", "a=b"],
  ["数", "数"],
];

for (const [text, value] of decoded) test(`decodes ${JSON.stringify(text)}`, () => assert.equal(decodeFlag(text), value));

test("what is shown can be typed: decoding it gives the value again", () => {
  const values: FlagValue[] = [
    ...decoded.map(([, value]) => value),
    "yes",
    "null",
    "1",
    "[a]",
    "'",
    "it's",
    ["1", "a, b", ""],
    [[true], null],
  ];
  for (const value of values) assert.equal(decodeFlag(formatFlag(value)), value, formatFlag(value));
});

test("sorts words into flags and others", () => {
  assert.equal(parseFlagWords(["small", "lr=0.1", "a.b/c-d=", "x=a=b", "=x", "./a=b", "1=2"]), {
    flags: [
      { name: "lr", text: "0.1" },
      { name: "a.b/c-d", text: "" },
      { name: "x", text: "a=b" },
    ],
    words: ["small", "=x", "./a=b", "1=2"],
  });
});

const commands: [string, Record<string, FlagValue>][] = [
  ["python3 train.py --lr 0.1 --seed=3 --fast -x -3", { lr: 0.1, seed: 3, fast: true, x: -3 }],
  ["python -u -m pkg.mod --lr .1", { lr: 0.1 }],
  ["torchrun --nproc_per_node 4 train.py --lr 1", { lr: 1 }],
  ["python train.py model=net +trainer.epochs=3 optimizer.lr=1e-3", { model: "net", "trainer.epochs": 3, "optimizer.lr": 0.001 }],
  ["./train.sh --hidden 64 32 --out ${RUN_DIR}/m", { hidden: [64, 32], out: "${RUN_DIR}/m" }],
  ["python train.py --layer a --layer b", { layer: ["a", "b"] }],
  ["python train.py data.csv --verbose", { verbose: true }],
  ["python train.py --a -- --b 1", { a: true }],
  ["python train.py", {}],
  ["", {}],
];

for (const [command, flags] of commands) {
  test(`reads the flags of "${command}"`, () => assert.equal(flagsOfCommand(command.split(" ").filter(Boolean)), flags));
}

test.run();
