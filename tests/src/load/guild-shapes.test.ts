/** Files that include each other, models that extend each other, and parts that are taken over. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import type { GuildFile } from "../../../src/load/guild-file.ts";
import { parseGuildFile } from "../../../src/load/guild-parse.ts";
import { ToolError } from "../../../src/run/error.ts";

function read(text: string, others: Record<string, string> = {}): GuildFile {
  return parseGuildFile(text, "guild.yml", (path) => others[path] ?? null);
}

function refusal(text: string, others: Record<string, string> = {}): ToolError {
  try {
    read(text, others);
  } catch (error) {
    if (error instanceof ToolError) return error;
    throw error;
  }
  throw new Error("nothing was refused");
}

const operation = (file: GuildFile, model: string | null, name: string) =>
  file.models.find((known) => known.name === model)?.operations[name];
const defaults = (file: GuildFile, model: string | null, name: string) =>
  Object.fromEntries(Object.entries(operation(file, model, name)?.flags ?? {}).map(([flag, spec]) => [flag, spec.default]));

test("a list may hold a model without a name, configs, a package and the block of ours", () => {
  const file = read(`
- package: digits
  version: 0.1
- config: base
  flags: {lr: 0.1}
- operations: {train: train.py}
- guildhall: {name: Digits}
`);
  assert.equal(
    file.models.map(({ name }) => name),
    [null],
  );
  assert.is(file.guildhall.name, "Digits");
  assert.equal(
    file.warnings.map(({ line }) => line),
    [2],
  );
});

test("one model as a map, with the block beside its operations", () => {
  const file = read("operations: {train: {main: t}}\nguildhall: {name: D}\ndescription: One\n");
  assert.equal([file.models[0]?.description, file.guildhall.name, operation(file, null, "train")?.main], ["One", "D", "t"]);
});

test("the default model comes first", () => {
  const file = read("- {model: a, operations: {t: x}}\n- {model: b, default: yes, operations: {t: y}}\n");
  assert.equal(
    file.models.map(({ name }) => name),
    ["b", "a"],
  );
});

test("includes files beside the file that includes them, each once, and says places in them", () => {
  const others = {
    "shared/base.yml": "- include: flags.yml\n- config: base\n  operations: {train: {main: t, plugins: no}}\n",
    "shared/flags.yml": "- config: flags\n  flags: {lr: 0.1}\n",
  };
  const file = read("- include: [shared/base.yml, shared/flags.yml]\n- model: m\n  extends: [base]\n", others);
  assert.is(operation(file, "m", "train")?.main, "t");
  assert.equal(operation(file, "m", "train")?.place.file, "shared/base.yml");
  assert.equal(
    file.warnings.map((warning) => `${warning.file}:${warning.line}`),
    ["shared/base.yml:3"],
  );
});

test("an included map of operations is the model without a name", () => {
  assert.is(operation(read("- include: ops.yml\n", { "ops.yml": "train: t\n" }), null, "train")?.main, "t");
});

test("a file that is not there, and files that include each other, are refused where they are named", () => {
  assert.is(refusal("- include: base.yml\n").message, "guild.yml:1:12: expected a file to include, there is no base.yml");
  const others = { "a.yml": "- include: b.yml\n", "b.yml": "- include: a.yml\n" };
  assert.is(
    refusal("- include: a.yml\n", others).message,
    "b.yml:1:12: expected files that do not include each other, found the circle a.yml → b.yml → a.yml",
  );
});

test("a fault in an included file is shown there", () => {
  const error = refusal("- include: a.yml\n", { "a.yml": "- model: m\n  operations:\n    train: {mian: x}\n" });
  assert.is(error.message, 'a.yml:3:13: expected a key of operation train, found "mian"');
  assert.match(error.hint ?? "", /3 \| {5}train: \{mian: x\}\n[\s\S]*Did you mean "main"\?/);
});

test("extends takes over what a model has not; its own keys win one by one", () => {
  const file = read(`
- config: base
  description: Base
  operation-defaults: {tags: [b]}
  params: {n: 1}
  operations:
    train: {main: t, flags: {lr: {default: 0.1, type: float}, n: 1}, env: {A: x}}
    test: {main: s}
- model: m
  extends: base
  operations:
    train: {flags: {lr: 0.5}, env: {B: y}}
    lint: {exec: ruff}
- model: plain
  extends: [base]
  operations: {train: other}
`);
  const train = operation(file, "m", "train");
  assert.equal([train?.main, train?.flags.lr?.default, train?.flags.lr?.type, train?.flags.n?.default], ["t", 0.5, "float", 1]);
  assert.equal([train?.env, train?.tags], [{ B: "y", A: "x" }, ["b"]]);
  assert.equal(Object.keys(file.models[0]?.operations ?? {}).sort(), ["lint", "test", "train"]);
  assert.is(file.models[0]?.description, "Base");
  assert.is(operation(file, "plain", "train")?.main, "other", "text is the main of an operation");
});

test("of several parents the first wins, and parents may extend others", () => {
  const file = read(`
- {config: a, operations: {t: {main: a, label: A}}}
- {config: b, operations: {t: {main: b, label: B, tags: [b]}}}
- {config: c, extends: a, operations: {t: {tags: [c]}}}
- {model: m, extends: [c, b]}
`);
  const t = operation(file, "m", "t");
  assert.equal([t?.main, t?.label, t?.tags], ["a", "A", ["c"]]);
});

test("models that extend each other, and a parent that is none, are refused where they stand", () => {
  assert.is(
    refusal("- {config: a, extends: b}\n- {config: b, extends: a}\n- {model: m, extends: a}\n").message,
    "guild.yml:2:24: expected models that do not extend each other, found the circle a → b → a",
  );
  assert.match(refusal("- {model: m, extends: m}\n").message, /found the circle m → m$/);
  const error = refusal("- {config: base}\n- {model: m, extends: bsae}\n");
  assert.is(error.message, 'guild.yml:2:23: expected the name of a model or a config to extend, found "bsae"');
  assert.match(error.hint ?? "", /Did you mean "base"\?/);
  assert.match(refusal("- {model: m, extends: keras/base}\n").hint ?? "", /Guild's packages are not looked into/);
});

test("params stand for {{name}}, also as numbers and lists and in each other; the heir's win", () => {
  const file = read(`
- config: base
  params: {size: 10, dir: 'data-{{size}}', sizes: [1, 2]}
  operations:
    train:
      main: train-{{ kind }}
      flags: {n: '{{size}}', all: '{{sizes}}', where: '{{dir}}/x'}
      label: '{{unknown}}'
- model: small
  extends: base
  params: {kind: cnn, size: 3}
`);
  const train = operation(file, "small", "train");
  assert.equal([train?.main, train?.label], ["train-cnn", "{{unknown}}"]);
  assert.equal(defaults(file, "small", "train"), { n: 3, all: [1, 2], where: "data-3/x" });
});

test("a param that is nearly one is said, and params that stand for each other are refused", () => {
  const file = read("- {model: m, params: {size: 1}, operations: {t: {main: 'x {{siez}}'}}}\n");
  assert.equal(
    file.warnings.map(({ message }) => message),
    ['there is no param "siez" for {{siez}}. Did you mean "size"?'],
  );
  assert.match(refusal("- {model: m, params: {a: '{{b}} x', b: '{{a}} y'}}\n").message, /stand for each other without end/);
});

test("$include takes flags of a config, some of them, or those of an operation; own keys win", () => {
  const file = read(`
- config: base
  flags: {lr: {default: 0.1, type: float, min: 0}, n: 1, m: 2}
- config: more
  flags: {$include: base, m: 3}
- model: a
  operations:
    train: {main: t, flags: {$include: base, lr: 0.5}}
    some: {main: t, flags: {$include: 'base#lr,n'}}
    both: {main: t, flags: {$include: [base, more]}}
    same: {main: t, flags: {$include: 'a:train'}}
    steps: {steps: [{run: train, flags: {$include: 'base#lr', n: 7}}]}
- model: b
  operations:
    $include: a
    train: {label: x}
`);
  assert.equal(defaults(file, "a", "train"), { lr: 0.5, n: 1, m: 2 });
  assert.equal([operation(file, "a", "train")?.flags.lr?.type, operation(file, "a", "train")?.flags.lr?.min], ["float", 0]);
  assert.equal(defaults(file, "a", "some"), { lr: 0.1, n: 1 });
  assert.equal(defaults(file, "a", "both"), { m: 3, lr: 0.1, n: 1 });
  assert.equal(defaults(file, "a", "same"), { lr: 0.5, n: 1, m: 2 });
  assert.equal(operation(file, "a", "steps")?.steps?.[0]?.flags, { n: "7", lr: "0.1" });
  assert.equal([operation(file, "b", "train")?.main, operation(file, "b", "train")?.label], ["t", "x"]);
  assert.equal(file.warnings, []);
});

test("a reference to nothing, and parts that include each other, are refused", () => {
  const error = refusal("- {config: base, flags: {a: 1}}\n- {model: m, operations: {t: {flags: {$include: baes}}}}\n");
  assert.is(error.message, 'guild.yml:2:49: expected a config, or a model:operation, to include, found "baes"');
  assert.match(error.hint ?? "", /Did you mean "base"\?/);
  const circle = "- {config: a, flags: {$include: b}}\n- {config: b, flags: {$include: a}}\n- {model: m, flags: {$include: a}}\n";
  assert.match(refusal(circle).message, /parts that do not include each other, found the circle a → b → a$/);
});

test("resources are required by name, also those of another model", () => {
  const file = read(`
- model: a
  resources:
    data:
      target-path: in
      default-unpack: no
      sources: [x.csv, {url: 'http://h/y.zip', sha256: ${"A".repeat(64)}, unpack: yes}, {file: z, target-path: out}]
    other: [{operation: prepare}]
  operations:
    train: {requires: [data, {resource: other}]}
- model: b
  operations: {train: {requires: a:other}}
`);
  assert.equal(
    operation(file, "a", "train")?.requires.map(({ kind, target, targetPath, unpack, resource }) => [
      kind,
      target,
      targetPath,
      unpack,
      resource,
    ]),
    [
      ["file", "x.csv", "in", false, "data"],
      ["url", "http://h/y.zip", "in", true, "data"],
      ["file", "z", "out", false, "data"],
      ["operation", "prepare", null, null, "other"],
    ],
  );
  assert.equal(
    operation(file, "b", "train")?.requires.map(({ target }) => target),
    ["prepare"],
  );
});

test("reads every key of a requirement", () => {
  const file = read(`
train:
  requires:
    - file: d.zip
      select: [a, b]
      rename: ['(.+)_x \\1', new, {pattern: p, repl: q}]
      target-type: link
      optional: yes
      warn-if-empty: no
      flag-name: data
      help: ask Ada
    - {operation: prepare, multi-run: yes, select-max: 'm-(\\d+)', name: prep}
    - {config: c.yml, params: {a.b: 1}}
    - {module: torch}
    - https://h/x.csv
`);
  const [zip, run, config, module, address] = operation(file, null, "train")?.requires ?? [];
  assert.equal(zip?.rename, [
    { pattern: "(.+)_x", replacement: "1" },
    { pattern: ".*", replacement: "new" },
    { pattern: "p", replacement: "q" },
  ]);
  assert.equal([zip?.select, zip?.targetType, zip?.optional, zip?.warnIfEmpty], [["a", "b"], "link", true, false]);
  assert.equal([zip?.flagName, zip?.help], ["data", "ask Ada"]);
  assert.equal([run?.kind, run?.multiRun, run?.selectMax, run?.name], ["operation", true, ["m-(\\d+)"], "prep"]);
  assert.equal([config?.kind, config?.params, module?.kind, address?.kind], ["config", { "a.b": 1 }, "module", "url"]);
});

test("a requirement without a kind, with two, or of an unknown name is refused", () => {
  const cases: [string, RegExp][] = [
    [
      "train: {requires: [{select: x}]}",
      /1:20: expected one of file, url, config, module, operation in a requirement, found none/,
    ],
    ["train: {requires: [{file: x, url: y}]}", /1:35: expected one kind of requirement, found both "file" and "url"/],
    ["train: {requires: data}", /1:19: expected a requirement such as \{file: data\} or the name of a resource, found "data"/],
    ["train: {requires: {file: x, sha256: abc}}", /1:37: expected 64 hexadecimal digits for "sha256", found 3 characters/],
    ["train: {requires: {file: x, slect: a}}", /1:29: expected a key of a requirement, found "slect"/],
    ["train: {requires: {file: x, target-type: lnik}}", /expected copy or link/],
  ];
  for (const [text, message] of cases) assert.match(refusal(text).message, message);
});

test("operations that require each other, and steps that run each other, are refused; what is optional is not", () => {
  const error = refusal("a: {requires: {operation: b}}\nb: {requires: {operation: a}}\n");
  assert.is(error.message, "guild.yml:2:27: expected operations that do not require each other, found the circle a → b → a");
  assert.match(error.hint ?? "", /optional: yes/);
  assert.match(refusal("all: {steps: [train, all]}\ntrain: t\n").message, /1:22: .*circle all → all$/);
  read("a: {requires: {operation: a, optional: yes}}\n");
  read("a: {requires: {operation: b}}\nb: {requires: {file: x}}\n");
});

test("reads steps as lines and as maps", () => {
  const file = read(`
all:
  steps:
    - train lr=0.1 --label 'a b=1' --needed
    - {run: 'm:train x=1', name: second, flags: {x: 2, y: [1, 2]}, needed: yes, tags: [a, b], max-trials: 3, isolate-runs: no}
    - {run: train, flags: [n=1, '@trials.csv'], expect: [{output: 'done'}, {file: '*.txt', contains: ok, compare-to: x.txt}]}
train: t
`);
  const [line, map, list] = operation(file, null, "all")?.steps ?? [];
  assert.equal([line?.run, line?.flags, line?.words, line?.needed], ["train", { lr: "0.1" }, ["--label", "a b=1"], true]);
  assert.equal([map?.run, map?.name, map?.flags], ["m:train", "second", { x: "1", y: "[1, 2]" }]);
  assert.equal(map?.words, ["--tag", "a", "--tag", "b", "--max-trials", "3"]);
  assert.equal([map?.needed, map?.isolateRuns, line?.isolateRuns], [true, false, true]);
  assert.equal([list?.flags, list?.words], [{ n: "1" }, ["@trials.csv"]]);
  assert.equal(
    list?.expect.map(({ kind }) => kind),
    ["output", "file"],
  );
  assert.match(refusal("all: {steps: train}").message, /1:14: expected a list of steps, found "train"/);
  assert.match(refusal("all: {steps: [{name: x}]}").message, /1:15: expected "run" in a step, found none/);
  assert.match(refusal("all: {steps: [{run: x, expect: {output: '('}}]}").message, /1:41: expected a regular expression/);
});

test("reads imports, objective, optimizers and what runs keep", () => {
  const file = read(`
a: {flags-import: all, flags-import-skip: [x], objective: loss, optimizer: {algorithm: gp, kappa: 1.8}, cwd: run}
b: {flags-import: [x, y], objective: {maximize: acc}, optimizers: {gp: , mine: {algorithm: random, default: yes}}}
c: {flags-import: no, objective: -acc, optimizers: [gp, random], default-max-trials: 5, default: yes}
d: {flags-import: [], run-attrs: {note: x, n: 1}, env-secrets: [KEY], python-path: src, delete-on-success: yes, compare: [=lr]}
e:
`);
  const [a, b, c, d, e] = Object.values(file.models[0]?.operations ?? {});
  assert.equal(
    [a, b, c, d, e].map((one) => one?.flagsImport),
    ["all", ["x", "y"], "none", "none", "named"],
  );
  assert.equal([a?.flagsImportSkip, a?.cwd, e?.cwd], [["x"], "run", null]);
  assert.equal(
    [a, b, c, e].map((one) => one?.objective),
    [{ tag: "loss", goal: "min" }, { tag: "acc", goal: "max" }, { tag: "acc", goal: "max" }, null],
  );
  assert.equal(a?.optimizers, [{ name: "gp", algorithm: "gp", flags: { kappa: 1.8 }, isDefault: true }]);
  assert.equal(
    b?.optimizers.map(({ name, algorithm, isDefault }) => [name, algorithm, isDefault]),
    [
      ["gp", "gp", false],
      ["mine", "random", true],
    ],
  );
  assert.equal([c?.maxTrials, c?.isDefault, e?.compare], [5, true, null]);
  assert.equal([d?.runAttrs, d?.envSecrets, d?.pythonPath], [{ note: "x", n: 1 }, ["KEY"], ["src"]]);
  assert.equal([d?.deleteOnSuccess, d?.compare], [true, ["=lr"]]);
  const cases: [string, RegExp][] = [
    ["t: {optimizer: gp, optimizers: [gp]}", /1:32: expected either "optimizer" or "optimizers", found both/],
    ["t: {flags-import: some}", /1:19: expected all, no or a list of flags/],
    ["t: {default-max-trials: 0}", /1:25: expected a whole number above 0/],
    ["t: {cwd: here}", /1:10: expected project or run/],
    ["t: {objective: {minimise: x}}", /expected a key of "objective", found "minimise"/],
  ];
  for (const [text, message] of cases) assert.match(refusal(text).message, message);
});

test("reads what flags know beside their value", () => {
  const file = read(`
t:
  flags:
    a: {alias: A, arg-encoding: {yes: 'on', 0: none}, env-encoding: {yes: Y}, null-label: none, distribution: loguniform}
    b: {choices: [{value: big, alias: b, description: d, flags: {n: 5}}, small]}
`);
  const { a, b } = operation(file, null, "t")?.flags ?? {};
  assert.equal([a?.alias, a?.nullLabel, a?.distribution], ["A", "none", "loguniform"]);
  assert.equal(a?.argEncoding, [
    { value: true, text: "on" },
    { value: 0, text: "none" },
  ]);
  assert.equal(a?.envEncoding, [{ value: true, text: "Y" }]);
  assert.equal(b?.choices, [
    { value: "big", alias: "b", description: "d", flags: { n: 5 } },
    { value: "small", alias: null, description: null, flags: {} },
  ]);
});

test("rules of a model stand below those of its operations", () => {
  const file = read(`
- model: m
  sourcecode: [{exclude: '*.csv'}]
  output-scalars: off
  operations:
    a: {sourcecode: [{include: x.csv}]}
    b: {sourcecode: '*.py'}
    c: {output-scalars: 'loss=(?P<loss>.+)'}
`);
  const { a, b, c } = file.models[0]?.operations ?? {};
  assert.equal(
    a?.sourcecode?.rules.map(({ include, glob }) => [include, glob]),
    [
      [false, "*.csv"],
      [true, "x.csv"],
    ],
  );
  assert.equal([b?.sourcecode?.onlyRules, b?.sourcecode?.rules.length], [true, 1]);
  assert.equal([a?.outputScalars.builtIn, c?.outputScalars.builtIn, c?.outputScalars.rules.length], [false, true, 1]);
});

test("what means nothing here is said once, with the reason", () => {
  const file = read("- {config: b, operations: {t: {plugins: all}}}\n- {model: x, extends: b}\n- {model: y, extends: b}\n");
  assert.equal(
    file.warnings.map(({ line, message }) => `${line} ${message}`),
    ['1 "plugins" of operation t was passed over: system statistics are always recorded, Guild\'s plugins are not loaded'],
  );
});

test("an item of two kinds, and one of none, are refused", () => {
  assert.match(
    refusal("- {model: a, config: b}\n").message,
    /1:14: expected one of model, config, include, package in an item, found "config" too/,
  );
  assert.match(refusal("- {oprations: {}}\n").message, /1:3: expected an item with "model" or "operations", found oprations/);
});

test.run();
