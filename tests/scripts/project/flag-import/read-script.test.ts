import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { readScript } from "../../../../scripts/project/flag-import/read-script.ts";
import { parseScriptFlags, type ScriptFlag, type ScriptFlags } from "../../../../scripts/project/flag-import/script-flags.ts";

const fixtures = join(import.meta.dirname, "../../../fixtures/flag-scripts");
const root = mkdtempSync(join(tmpdir(), "guildhall-flags-"));
const hasPython = spawnSync("python3", ["-c", ""]).status === 0;
if (!hasPython) console.log("python3 is not here: what scripts say of their flags is not tested");
const it = hasPython ? test : test.skip;

const read = (name: string): ScriptFlags => {
  const found = readScript(join(fixtures, name), { root, python: "python3" });
  if (found === null) throw new Error(`${name} was not read`);
  return found;
};

/** One flag on a line: what differs from a plain one. */
const line = (flag: ScriptFlag): string => {
  const { name, type, default: value, computed, choices, required, min, max, arg, position, bare, split, repeat, words } = flag;
  const parts = [
    name,
    type,
    value === null ? "-" : JSON.stringify(value),
    ...(choices === null ? [] : [`one of ${choices.join("|")}`]),
    ...(min === null && max === null ? [] : [`${min ?? ""}..${max ?? ""}`]),
    ...(computed === null ? [] : [`computes ${computed}`]),
    ...(arg === null ? [] : [`as ${arg}`]),
    ...(bare === undefined ? [] : [`+${bare.on ?? ""} -${bare.off ?? ""}`]),
    ...Object.entries({ required, position, split, repeat, words }).flatMap(([key, is]) => (is ? [key] : [])),
  ];
  return parts.join(" ");
};
const lines = (flags: readonly ScriptFlag[]) => flags.map(line);

it("reads argparse as the script would go, without running it", () => {
  const { dest, args, error } = read("argparse_all.py");
  assert.is(error, null);
  assert.is(dest, "args");
  assert.equal(lines(args.flags), [
    "lr float 0.1",
    "epochs int 8",
    "text-number float 0.5",
    'model auto "mlp" one of mlp|cnn',
    "steps int 2048",
    "cuda boolean false +cuda -",
    "no-amp boolean true + -no-amp",
    "shuffle boolean true +shuffle -no-shuffle",
    "layers int [64,32] split",
    "tag auto - split repeat",
    "mixed boolean false words",
    'color auto "red" one of red|green',
    'device auto - computes "cuda" if torch_is_not_here.cuda() else "cpu"',
    "hidden auto -",
    "x int 3 as -x",
    "data auto - required position",
    "weight-a float 1",
    "weight-b float 1",
    "must int - required",
  ]);
  assert.is(args.flags[0]?.description, "rate, 0.1 by itself, in 100%");
  assert.is(args.flags[0]?.line, 24);
});

it("follows parsers into other files, parents and commands", () => {
  const { args, files } = read("commands.py");
  assert.equal(lines(args.flags), ["verbose boolean false +verbose -", "seed int 1"]);
  assert.equal(Object.keys(args.commands), ["fit", "train", "score"]);
  assert.equal(lines(args.commands.train?.flags ?? []), ["lr float 0.1"]);
  assert.equal(
    files.map((file) => file.slice(fixtures.length + 1)),
    ["commands.py", "pkg/options.py", "pkg/base.py"],
  );
});

it("reads click groups with their commands", () => {
  const { dest, args } = read("click_group.py");
  assert.is(dest, "args:click");
  assert.equal(lines(args.flags), ["debug boolean false +debug -no-debug"]);
  assert.equal(lines(args.commands["train-it"]?.flags ?? []), [
    "lr float 0.1",
    'opt auto "adam" one of adam|sgd',
    "n int 3 1..10",
    "quick boolean false +quick -",
    "tag auto - split repeat",
    "seed int 3",
    "data existing-path - required position",
  ]);
});

it("reads the parameters of typer commands", () => {
  const { dest, args } = read("typer_app.py");
  assert.is(dest, "args:typer");
  assert.equal(lines(args.flags), [
    "data string - required position",
    "lr float 0.1",
    'opt auto "adam" one of adam|sgd',
    "n int 3 1..",
    "quick boolean false +quick -no-quick",
    "name string -",
    "layers int [1,2] split repeat",
    "x int - required",
  ]);
});

it("reads dataclasses of HfArgumentParser; those of a library stay open", () => {
  const { dest, args } = read("hf_dataclasses.py");
  assert.is(dest, "args");
  assert.is(args.open, true);
  assert.equal(lines(args.flags), [
    "model_name string - required",
    "dropout float 0.1",
    "layers int [1,2] split",
    "use_x boolean false",
    "use_y boolean -",
  ]);
});

it("reads the flags of absl", () => {
  const { dest, args } = read("absl_flags.py");
  assert.is(dest, "args:absl");
  assert.equal(lines(args.flags), ["lr float 0.1 0..", "fast boolean true +fast -nofast", 'opt string "adam" one of adam|sgd']);
});

it("reads globals: the first assignment, literals only, nothing private", () => {
  const { dest, globals, groups } = read("module_globals.py");
  assert.is(dest, "globals");
  assert.equal(lines(globals), [
    "lr float 0.1",
    "half float 0.5",
    "batch number 32",
    "layers auto [64,32] split",
    'name string "mlp"',
    "quick boolean false",
    "nothing auto -",
    "a number 1",
    'b string "two"',
  ]);
  assert.equal(lines(groups.params ?? []), ["lr float 0.1", 'opt.name string "adam"', "opt.betas auto [0.9,0.99] split"]);
  assert.equal(lines(groups.hp ?? []), ["depth number 3", "width number 8"]);
  assert.equal(lines(groups.Config ?? []), ["depth number 3"]);
});

it("a script that does not parse says where", () => {
  const path = join(root, "broken.py");
  writeFileSync(path, "import argparse\ndef (:\n");
  const found = readScript(path, { root, python: "python3" });
  assert.is(found?.error?.line, 2);
  assert.equal(found?.args, { flags: [], commands: {}, open: true });
});

it("remembers the answer until the script is another", () => {
  const path = join(root, "kept.py");
  const first = () => readScript(path, { root, python: "python3" })?.globals[0]?.default;
  writeFileSync(path, "lr = 1\n");
  utimesSync(path, 1, 1);
  assert.is(first(), 1);
  const answers = readdirSync(join(root, ".guild/cache/flags")).length;
  assert.is(readScript(path, { root, python: "no-such-python" }), null, "another interpreter has not been asked");
  writeFileSync(path, "lr = 2\n");
  utimesSync(path, 1, 1);
  assert.is(first(), 1, "same size and time: it is not read again");
  utimesSync(path, 2, 2);
  assert.is(first(), 2);
  assert.is(readdirSync(join(root, ".guild/cache/flags")).length, answers);
});

test("an answer of another shape is none", () => {
  assert.is(parseScriptFlags("text"), null);
  assert.is(parseScriptFlags({ dest: 3 }), null);
  const odd = parseScriptFlags({
    dest: "args",
    args: { flags: [3, { name: "a b" }, { name: "lr", type: "what", default: {} }] },
  });
  assert.equal(lines(odd?.args.flags ?? []), ["lr auto -"]);
});

test.after(() => rmSync(root, { recursive: true }));
test.run();
