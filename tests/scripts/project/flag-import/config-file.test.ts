import { test } from "uvu";
import * as assert from "uvu/assert";
import { configEntries, configFormat, withConfigValues } from "../../../../scripts/project/flag-import/config-file.ts";

const yaml = `# top
lr: 0.1   # rate
opt:
  name: adam  # which
  betas: [0.9, 0.99]   # both
  # the last of opt
layers:
  - 1
  - 2
empty:
flow: {a: 1}
time: 1:30
switch: no
`;

test("YAML: values change where they stand, and nothing else does", () => {
  const values = { lr: 1e-7, "opt.name": "yes", "opt.betas": [1, 2], layers: [3, 4], empty: "a b", "flow.a": true };
  assert.is(
    withConfigValues(yaml, "yaml", values),
    `# top
lr: 1.0e-7   # rate
opt:
  name: "yes"  # which
  betas: [1, 2]   # both
  # the last of opt
layers:
  [3, 4]
empty: a b
flow: {a: true}
time: 1:30
switch: no
`,
  );
  assert.is(withConfigValues(yaml, "yaml", {}), yaml);
});

test("YAML: new names stand behind their neighbours", () => {
  const values = { "opt.decay.start": 3, "flow.b": "x", "new.a": null, "flow.c.d": 0.5 };
  assert.is(
    withConfigValues(yaml, "yaml", values),
    yaml
      .replace("# both\n", "# both\n  decay:\n    start: 3\n")
      .replace("{a: 1}", "{a: 1, b: x, c: {d: 0.5}}")
      .replace("switch: no\n", "switch: no\nnew:\n  a: null\n"),
  );
  assert.is(withConfigValues("", "yaml", { "a.b": 3 }), "a:\n  b: 3\n");
  assert.is(withConfigValues("# only a comment\n", "yaml", { a: 1 }), "# only a comment\na: 1\n");
});

test("YAML is read as Python reads it, with the line of each value", () => {
  assert.equal(
    configEntries(yaml, "yaml").map(({ name, value, line }) => [name, value, line]),
    [
      ["lr", 0.1, 2],
      ["opt.name", "adam", 4],
      ["opt.betas", [0.9, 0.99], 5],
      ["layers", [1, 2], 8],
      ["empty", null, 10],
      ["flow.a", 1, 11],
      ["time", 90, 12],
      ["switch", false, 13],
    ],
  );
  assert.equal(configEntries("a: [1, [2]]\nb: [{c: 1}]\n", "yaml"), [], "what no flag can be is left out");
  assert.equal(configEntries("", "yaml"), []);
  assert.throws(() => configEntries("a: [1\n", "yaml"));
});

test("JSON keeps its order and indentation", () => {
  const json = '{\n    "lr": 0.1,\n    "opt": {"name": "adam"},\n    "a": null\n}';
  assert.is(
    withConfigValues(json, "json", { "opt.name": "sgd", "opt.beta": 0.9, b: [1] }),
    `${JSON.stringify({ lr: 0.1, opt: { name: "sgd", beta: 0.9 }, a: null, b: [1] }, null, 4)}\n`,
  );
  assert.equal(
    configEntries(json, "json").map(({ name, value }) => [name, value]),
    [
      ["lr", 0.1],
      ["opt.name", "adam"],
      ["a", null],
    ],
  );
});

const ini = "; top\nseed = 1\n[train]\nLR: 0.1\n# note\nepochs=3\nname = a b\n\n[data]\npath = x\n  y\nshuffle = yes\n";

test("INI keeps comments, separators and everything else", () => {
  assert.is(
    withConfigValues(ini, "ini", {
      seed: 2,
      "train.lr": 0.5,
      "train.epochs": 9,
      "data.path": "z",
      "train.new": true,
      "more.a": 1,
    }),
    "; top\nseed = 2\n[train]\nLR: 0.5\n# note\nepochs=9\nname = a b\nnew = true\n\n[data]\npath = z\nshuffle = yes\n\n[more]\na = 1\n",
  );
  assert.equal(
    configEntries(ini, "ini").map(({ name, value }) => [name, value]),
    [
      ["seed", 1],
      ["train.lr", 0.1],
      ["train.epochs", 3],
      ["train.name", "a b"],
      ["data.path", "x"],
      ["data.shuffle", true],
    ],
  );
});

test("a name that leads through a value is refused", () => {
  assert.throws(() => withConfigValues("a: 3\n", "yaml", { "a.b": 1 }), /a.b cannot be set: a is no map/);
  assert.throws(() => withConfigValues('{"a": 3}', "json", { "a.b": 1 }), /a.b cannot be set: a is no map/);
});

test("the kind is told by the extension", () => {
  const names = ["a.yml", "b.YAML", "c.json", "d.ini", "e.cfg", "f.yml.in", "g.toml", "h"];
  assert.equal(names.map(configFormat), ["yaml", "yaml", "json", "ini", "ini", "yaml", null, null]);
});

test.run();
