import { test } from "uvu";
import * as assert from "uvu/assert";
import { parseGuildFile } from "../../../src/load/guild-parse.ts";
import { ToolError } from "../../../src/run/error.ts";
import { read as page } from "../../meta/_tree.ts";

const read = (text: string) => parseGuildFile(text, "guild.yml");
const operations = (text: string) => read(text).models.flatMap((model) => Object.values(model.operations));

/** The example that the documentation promises to accept as it stands. */
const promised = `
train:
  main: train
  flags-import: all
  flags: {lr: {default: 0.1, min: 1e-4, max: 1}, opt: {choices: [adam, sgd], default: adam}}
  output-scalars:
    - 'epoch (?P<step>\\d+)'
    - '(\\key)=(\\value)'
  compare: [=lr, max val_acc as best, loss]
  label: \${opt} lr=\${lr|%.4g}
  requires: [{operation: prepare, select: data}]
prepare: prepare_data
lint: {exec: 'ruff check \${flag_args}'}
all: {steps: [prepare --needed, train lr=0.01]}
`;

test("accepts the promised example, and reads all of it", () => {
  const file = read(promised);
  assert.equal(Object.keys(file.models[0]?.operations ?? {}), ["train", "prepare", "lint", "all"]);
  const train = file.models[0]?.operations.train;
  assert.is(train?.main, "train");
  assert.is(train?.allowsOtherFlags, true);
  assert.equal(
    train?.outputScalars.rules.map(({ pattern }) => pattern),
    [String.raw`epoch (?P<step>\d+)`, String.raw`(\key)=(\value)`],
  );
  assert.equal([train?.flags.lr?.default, train?.flags.lr?.min, train?.flags.lr?.max], [0.1, 0.0001, 1]);
  assert.equal(
    train?.flags.opt?.choices?.map(({ value }) => value),
    ["adam", "sgd"],
  );
  assert.equal(file.warnings, []);
  assert.equal([train?.compare, train?.flagsImport], [["=lr", "max val_acc as best", "loss"], "all"]);
  assert.equal(
    train?.requires.map(({ kind, target, select }) => [kind, target, select]),
    [["operation", "prepare", ["data"]]],
  );
  const steps = file.models[0]?.operations.all?.steps;
  assert.equal(
    steps?.map(({ run, flags, needed }) => [run, flags, needed]),
    [
      ["prepare", {}, true],
      ["train", { lr: "0.01" }, false],
    ],
  );
});

test("an operation can be a string, nothing, or a map", () => {
  const [text, nothing, map] = operations("a: pkg.mod --x 1\nb:\nc: {exec: ./c.sh}\n");
  assert.equal([text?.main, nothing?.main, map?.main, map?.exec], ["pkg.mod --x 1", "b", null, "./c.sh"]);
});

test("reads a list of models, with defaults below each operation", () => {
  const file = read(`
- model: small
  operation-defaults: {flags: {lr: 0.1, seed: 1}, env: {A: x}, main: other}
  profiles: {quick: {epochs: 1}}
  operations:
    train: {flags: {lr: 0.5}, env: {B: y}}
    lint: {exec: ruff}
- operations: {prepare: }
- guildhall: {name: Digits}
`);
  assert.equal(
    file.models.map(({ name }) => name),
    ["small", null],
  );
  const { train, lint } = file.models[0]?.operations ?? {};
  assert.equal([train?.model, train?.main, train?.flags.lr?.default, train?.flags.seed?.default], ["small", "other", 0.5, 1]);
  assert.equal(train?.env, { B: "y", A: "x" });
  assert.equal([lint?.exec, lint?.main], ["ruff", null]);
  assert.equal(file.models[0]?.profiles, { quick: { epochs: 1 } });
  assert.is(file.guildhall.name, "Digits");
});

test("decodes plain words as the command line does, and leaves quoted ones", () => {
  const flags = operations("t: {flags: {a: yes, b: 'yes', c: 1e-4, d: 007, e: , f: [1, x], g: 1:12}}")[0]?.flags ?? {};
  assert.equal(
    Object.values(flags).map((flag) => flag.default),
    [true, "yes", 0.0001, "007", null, [1, "x"], "1:12"],
  );
});

test("understands anchors and merge keys", () => {
  const [a, b] = operations("a: &base {main: x, flags: {lr: 1}}\nb: {<<: *base, main: y}\n");
  assert.equal([a?.main, b?.main, b?.flags.lr?.default], ["x", "y", 1]);
  const [, own] = operations("a: {flags: &flags {lr: 1, n: 2}}\nb: {flags: {lr: 3, <<: *flags}}\n");
  assert.equal([own?.flags.lr?.default, own?.flags.n?.default], [3, 2], "one's own key wins");
});

test("reads requirements of files, as a map, a list and a text", () => {
  const found = operations("a: {requires: {file: data}}\nb: {requires: [{file: x}, 'file:y']}\n");
  assert.equal(
    found.map(({ requires }) => requires.map(({ kind, target }) => `${kind} ${target}`)),
    [["file data"], ["file x", "file y"]],
  );
});

test("reads the guildhall block", () => {
  const { guildhall } = read(`
guildhall:
  name: Digits
  site: https://ada.github.io/digits/
  metrics: {val/acc: {goal: max, unit: ratio, primary: true}, loss: min, other: }
  nuisance: [seed]
  colors: {baseline: '#8A2BE2'}
  env: [MY_*]
  data: data/*.csv
  outputs: [checkpoints/**]
  fields: [val/acc, "=lr"]
`);
  assert.equal(guildhall, {
    name: "Digits",
    site: "https://ada.github.io/digits",
    metrics: {
      "val/acc": { goal: "max", unit: "ratio", primary: true },
      loss: { goal: "min", unit: null, primary: false },
      other: { goal: null, unit: null, primary: false },
    },
    nuisance: ["seed"],
    colors: { baseline: "#8a2be2" },
    env: ["MY_*"],
    data: ["data/*.csv"],
    outputs: ["checkpoints/**"],
    fields: ["val/acc", "=lr"],
    series: [],
    compare: [],
  });
});

test("an operation keeps outputs of its own; a pattern that leaves the project is refused where it stands", () => {
  const { models } = read("train: {main: train, guildhall: {outputs: [ckpt/*, '*.log']}}\neval: {main: eval}\n");
  assert.equal(models[0]!.operations.train!.outputs, ["ckpt/*", "*.log"]);
  assert.equal(models[0]!.operations.eval!.outputs, []);
  for (const pattern of ["../x", "/tmp/x", "~/x", "a/../../b"])
    assert.throws(
      () => read(`guildhall:\n  outputs: ["${pattern}"]\n`),
      /guild\.yml:2:13: expected a pattern for files in this project/,
    );
});

test("an empty file is a project without operations", () => {
  for (const text of ["", "# nothing\n", "---\n", "null\n"]) assert.equal(read(text).models, [], JSON.stringify(text));
});

test("every example of the documentation is read without a warning", () => {
  const blocks = [...page("content/docs/guild-file.md").matchAll(/```yaml\n([\s\S]*?)```/g)].map((match) => match[1] ?? "");
  assert.is(blocks.length, 4);
  for (const block of blocks) assert.equal(read(block).warnings, []);
  const [train] = operations(blocks[0] ?? "").filter(({ name }) => name === "train");
  assert.equal([train?.flags.out?.default, train?.flags.fast?.argSwitch], ["${RUN_DIR}/model.pt", true]);
});

test("so is this repository's own file", () => assert.equal(read(page("guild.yml")).warnings, []));

/** What stands in the file, where the fault is, and what is said about it. */
const broken: [string, string][] = [
  ["train:\n\tmain: x", "guild.yml:2:1: expected spaces before the first word, found a tab"],
  ["train:\n  main: x\n  main: y", "guild.yml:3:3: expected each key once in a map, found it again"],
  ["train:\n  main x\n  flags: {}", 'guild.yml:2:3: expected "key: value", found no ":" after the key'],
  ["train: {main: x", "guild.yml:1:16: expected a closing }"],
  ["train: [a, b", "guild.yml:1:13: expected a closing ]"],
  ["train: 'x", "guild.yml:1:10: expected a closing quote"],
  ["train:\n  main: x\n flags:\n  a: 1", "guild.yml:3:1: expected the same indentation as the keys above"],
  ["a: b: c", 'guild.yml:1:4: expected one ": " in a line (put text that holds a colon in quotes)'],
  ["a: *q", 'guild.yml:1:4: expected an anchor "&q" above, found none'],
  ["train", 'guild.yml:1:1: expected a map of operations, found "train"'],
  ["- foo", 'guild.yml:1:3: expected a map with model, operations or guildhall, found "foo"'],
  ["- {model: a}\n- {model: a}", 'guild.yml:2:3: expected each model once, found "a" twice'],
  ["train: 3", "guild.yml:1:8: expected a map or the name of a script for operation train, found the number 3"],
  ["train:\n  mian: x", 'guild.yml:2:3: expected a key of operation train, found "mian"'],
  ["train: {main: [x]}", 'guild.yml:1:15: expected text for "main" of operation train, found a list'],
  ["train: {main: x, exec: y}", 'guild.yml:1:24: expected either "main" or "exec" in operation train, found both'],
  ["train:\n  flags:\n    lr: {min: small}", 'guild.yml:3:15: expected a number for "min" of flag lr, found "small"'],
  ["train:\n  flags:\n    lr: {min: 2, max: 1}", 'guild.yml:3:15: expected "min" of flag lr to be at most "max" (1), found 2'],
  ["train: {flags: [a]}", "guild.yml:1:16: expected a map of flags, found a list"],
  [
    "train: {flags: {lr: {type: flaot}}}",
    'guild.yml:1:28: expected string, int, float, number, boolean, path, existing-path or auto for "type" of flag lr, found "flaot"',
  ],
  ["train: {flags: {lr: {requird: yes}}}", 'guild.yml:1:22: expected a key of flag lr, found "requird"'],
  [
    "train:\n  flags: {lr: 1}\n  profiles: {quick: {lrr: 2}}",
    'guild.yml:3:22: expected a flag of the operation in profile quick, found "lrr"',
  ],
  ["guildhall: {metrics: {acc: {goal: up}}}", 'guild.yml:1:35: expected max or min for "goal" of metric acc, found "up"'],
  [
    "guildhall: {metrics: {acc: {primary: 1}}}",
    'guild.yml:1:38: expected yes or no for "primary" of metric acc, found the number 1',
  ],
  [
    "guildhall: {site: digits}",
    'guild.yml:1:19: expected an address such as https://ada.github.io/digits for "site", found "digits"',
  ],
  ["guildhall: {colors: {a: red}}", 'guild.yml:1:25: expected a colour such as "#8a2be2" for a, found "red"'],
  ["guildhall: {nam: x}", 'guild.yml:1:13: expected a key of "guildhall", found "nam"'],
  ["'a b': x", 'guild.yml:1:1: expected an operation\'s name of letters, digits, "-", "_" and ".", found "a b"'],
];

for (const [text, message] of broken) {
  test(`says where and what: ${JSON.stringify(text)}`, () => {
    const error = failureOf(text);
    assert.is(error.message, message);
    assert.is(error.name, "invalid-guild-file");
    assert.is(error.exitCode, 2);
    const [, line = "", column = ""] = /^guild\.yml:(\d+):(\d+)/.exec(message) ?? [];
    const source = text.split("\n")[Number(line) - 1] ?? "";
    assert.ok(error.hint?.includes(`${line} | ${source}\n`), "the line itself is shown");
    assert.is(
      error.hint?.split("\n")[1]?.indexOf("^"),
      `  ${line} | `.length + Number(column) - 1,
      "the caret stands under the fault",
    );
  });
}

test("names the key that was meant", () => {
  assert.match(failureOf("train:\n  mian: x").hint ?? "", /Did you mean "main"\?$/);
  assert.match(failureOf("train: {flags: {lr: {type: flaot}}}").hint ?? "", /Did you mean "float"\?$/);
});

test("refuses aliases that unfold without end", () => {
  const lines = Array.from(
    { length: 12 },
    (_, at) => `x${at + 1}: &x${at + 1} {${Array.from({ length: 12 }, (_, n) => `k${n}: *x${at}`).join(", ")}}`,
  );
  assert.match(failureOf(`x0: &x0 {a: 1}\n${lines.join("\n")}`).message, /aliases unfold without end/);
});

function failureOf(text: string): ToolError {
  try {
    read(text);
  } catch (error) {
    assert.instance(error, ToolError);
    return error as ToolError;
  }
  throw new Error(`nothing was wrong with ${JSON.stringify(text)}`);
}

test.run();
