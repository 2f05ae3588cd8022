import { test } from "uvu";
import * as assert from "uvu/assert";
import { argumentText, commandScope, commandWords } from "../../../scripts/project/command-words.ts";
import { operationEnvironment } from "../../../scripts/project/environment.ts";
import { settleFlags } from "../../../scripts/project/flag-values.ts";
import type { FlagWord } from "../../../src/run/flags.ts";
import { operationOf, refusal } from "./_operations.ts";

const make = (text: string, typed: FlagWord[] = [], programs = ["python"]) => {
  const found = operationOf(text);
  const settings = settleFlags(found, { typed, profile: null, root: "/" });
  const find = (name: string) => (programs.includes(name) ? `/bin/${name}` : null);
  return {
    ...commandWords(found.operation, settings, commandScope(settings), { find }),
    env: operationEnvironment(found.operation, settings),
  };
};

const commands: [string, string, string][] = [
  ["a module", "train: pkg.mod", "python -u -m pkg.mod"],
  ["the operation's own name", "train:", "python -u -m train"],
  ["a module with fixed words", "train: pkg.mod a --b 'c d'", "python -u -m pkg.mod a --b c d"],
  ["a path without extension", "train: pkg/mod", "python -u -m pkg.mod"],
  ["a Python script", "train: src/train.py", "python -u src/train.py"],
  ["a Node script", "train: train.mjs", "node train.mjs"],
  ["a TypeScript script", "train: train.ts", "node train.ts"],
  ["a shell script", "train: ./train.sh", "sh ./train.sh"],
  ["flags sorted by name", "train: {main: x, flags: {b: 2, a: 1}}", "python -u -m x --a 1 --b 2"],
  ["no argument for null", "train: {main: x, flags: {a: }}", "python -u -m x"],
  ["true and false as Guild has them", "train: {main: x, flags: {a: yes, b: no}}", "python -u -m x --a 1 --b "],
  ["arg-name", "train: {main: x, flags: {lr: {default: 1, arg-name: learning-rate}}}", "python -u -m x --learning-rate 1"],
  ["arg-skip", "train: {main: x, flags: {lr: {default: 1, arg-skip: yes}}}", "python -u -m x"],
  ["default-flag-arg-skip", "train: {main: x, default-flag-arg-skip: yes, flags: {lr: 1}}", "python -u -m x"],
  ["a switch that is on", "train: {main: x, flags: {fast: {default: yes, arg-switch: yes}}}", "python -u -m x --fast"],
  ["a switch that is off", "train: {main: x, flags: {fast: {default: no, arg-switch: yes}}}", "python -u -m x"],
  ["a switch that is on for no", "train: {main: x, flags: {slow: {default: no, arg-switch: no}}}", "python -u -m x --slow"],
  ["arg-split of a list", "train: {main: x, flags: {h: {default: [64, 32], arg-split: yes}}}", "python -u -m x --h 64 32"],
  ["arg-split at a comma", "train: {main: x, flags: {h: {default: 'a,b', arg-split: ','}}}", "python -u -m x --h a b"],
  ["a list as one word", "train: {main: x, flags: {h: [64, 32]}}", "python -u -m x --h 64 32"],
  ["flags-dest: none", "train: {main: x, flags-dest: none, flags: {a: 1}}", "python -u -m x"],
  ["flags-dest: config", "train: {main: x, flags-dest: 'config:a.yml', flags: {a: 1}}", "python -u -m x"],
  [
    "globals, each as JSON",
    "train: {main: pkg.x, flags-dest: globals, flags: {s: a b, n: 2, f: {default: 2, type: float}, l: {default: '1 x', arg-split: yes}, o: }}",
    'python -u .guild/globals.py globals -m pkg.x f=2.0 l=[1, "x"] n=2 s="a b"',
  ],
  [
    "a dict of a script with fixed words",
    "train: {main: 'x.py a --b', flags-dest: 'global:params', flags: {lr: yes}}",
    "python -u .guild/globals.py global:params x.py lr=true -- a --b",
  ],
  ["arg-encoding", "train: {main: x, flags: {a: {default: yes, arg-encoding: {yes: 'on', no: 'off'}}}}", "python -u -m x --a on"],
  ["exec with all flags", "train: {exec: 'node t.ts ${flag_args} -v', flags: {b: 2, a: 1}}", "node t.ts --a 1 --b 2 -v"],
  ["exec with one flag", "train: {exec: 't --rate=${lr} \"a b\"', flags: {lr: 0.1}}", "t --rate=0.1 a b"],
  ["exec without flags", "train: {exec: t, flags: {lr: 0.1}}", "t"],
  [
    "references to the run's directory",
    "train: {exec: 't ${RUN_DIR}/m ${RUNDIR} $RUN_DIR'}",
    "t ${RUN_DIR}/m ${RUNDIR} $RUN_DIR",
  ],
  [
    "references in main",
    "train: {main: 'x --out ${RUN_DIR} --n ${n}', flags: {n: {default: 3, arg-skip: yes}}}",
    "python -u -m x --out ${RUN_DIR} --n 3",
  ],
];

for (const [what, text, command] of commands) {
  test(`starts ${what}`, () => assert.is(make(text).command.join(" "), command));
}

test("a list as one word is one word", () => {
  assert.equal(make("train: {main: x, flags: {h: [64, 32]}}").command.slice(-2), ["--h", "64 32"]);
});

test("all flags inside of a word are quoted for a shell", () => {
  const { command } = make("train: {exec: \"sh -c 'run ${flag_args}'\", flags: {a: 'x y'}}");
  assert.equal(command, ["sh", "-c", "run --a 'x y'"]);
});

test("takes python3 where there is no python", () => {
  assert.is(make("train: x", [], ["python3"]).command[0], "python3");
  assert.is(make("train: x", [], []).command[0], "python");
});

test("leaves out a flag that already stands in the command, and says so", () => {
  const { command, warnings } = make("train: {main: 'x --lr 1', flags: {lr: 2, n: 3}}");
  assert.is(command.join(" "), "python -u -m x --lr 1 --n 3");
  assert.match(warnings.join(), /--lr already stands in the command of operation train/);
});

test("hands flags and env to the environment", () => {
  const { env } = make(
    "train: {flags: {lr: 0.1, fast: yes, slow: no, none: , a-b: {default: x, env-name: AB}, c.d: 1}, env: {RATE: 'r${lr}', OUT: '${RUN_DIR}/o', N: 3}}",
  );
  assert.equal(env, {
    FLAG_LR: "0.1",
    FLAG_FAST: "1",
    FLAG_SLOW: "",
    FLAG_NONE: "",
    AB: "x",
    FLAG_C_D: "1",
    RATE: "r0.1",
    OUT: "${RUN_DIR}/o",
    N: "3",
  });
});

test("refuses what cannot be done yet or was mistyped", () => {
  const messages: [string, RegExp][] = [
    ["train: {steps: [a]}", /has only steps/],
    ["train: {exec: ''}", /empty exec/],
    ["train: {main: x.sh, flags-dest: globals, flags: {a: 1}}", /passes flags by "globals", and x.sh is no Python/],
    ["train: {exec: x, flags-dest: 'global:p', flags: {a: 1}}", /passes flags by "global:p", and exec is no Python/],
    ["train: {main: x, flags-dest: globls, flags: {a: 1}}", /passes flags by "globls", which is not known/],
    ["train: {exec: 't ${lrr}', flags: {lr: 1}}", /Unknown reference in exec of operation train: \$\{lrr\}/],
    ["train: {env: {A: '${lrr}'}, flags: {lr: 1}}", /Unknown reference in env A of operation train/],
    ['train: {exec: "t \'x"}', /closing '/],
  ];
  for (const [text, message] of messages) {
    const error = refusal(() => make(text));
    assert.match(error.message, message);
    assert.is(error.exitCode, 2);
  }
});

test("numbers are words as Python prints them", () => {
  assert.equal([1e-5, 0.0001, 1e20, 2 ** 53, 1.5, -2e-7].map(argumentText), [
    "1e-05",
    "0.0001",
    "1e+20",
    "9007199254740992.0",
    "1.5",
    "-2e-07",
  ]);
  const { command } = make("train: {main: x, flags: {a: {default: 1, type: float}, b: {default: 1, type: int}, c: 1}}");
  assert.is(command.slice(3).join(" "), "x --a 1.0 --b 1 --c 1");
});

test("${flag} is what the argument would be in commands, and as it was said in env", () => {
  const { command, env } = make(
    "train: {exec: 't ${a} ${b} ${c}', flags: {a: yes, b: , c: {default: no, arg-encoding: {no: 'off'}}}, env: {A: '${a}'}}",
  );
  assert.equal([command, env.A, env.FLAG_C], [["t", "1", "", "off"], "true", "off"]);
});

test("words for values", () => {
  assert.equal([1e-7, 0.1, -3, true, false, null, "a", [1, true]].map(argumentText), [
    "1e-07",
    "0.1",
    "-3",
    "1",
    "",
    "",
    "a",
    "1 1",
  ]);
});

test.run();
