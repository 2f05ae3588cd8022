// timeout: 240 s
/** Flags on their way into real Python scripts, by the real command line. */
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { makeProject, type TestProject } from "../_project.ts";

const hasPython = spawnSync("python3", ["-c", ""]).status === 0;
if (!hasPython) console.error("SKIPPED: flags are not passed to scripts, python3 is not here");
const it = hasPython ? test : test.skip;

const files = {
  "guild.yml": `
named: {main: values, flags: {lr: , extra: 4}}
all: {main: values.py, flags-import: all, flags-import-skip: [name]}
quick: {main: parsed, flags-import: all, profiles: {quick: {lr: 0.9}, wrong: {lrr: 1}}}
none: {main: values, flags-import: no, flags-dest: none, flags: {lr: 3}}
dict: {main: params, flags-dest: 'global:params', flags-import: all}
namespace: {main: space, flags-dest: 'namespace:hp', flags-import: all}
class: {main: config_class, flags-dest: 'namespace:Config', flags-import: all}
module: {main: pkg.train, flags-import: all}
fails: {main: fails, flags: {lr: 3}}
config: {main: shows, flags-dest: 'config:conf/train.yml', flags-import: all}
template: {main: shows, flags-dest: 'config:conf/t.ini.in', flags: {train.lr: }}
inside: {main: shows, cwd: run, flags-dest: none}
outside: {main: shows, cwd: project, flags-dest: 'config:conf/train.yml', flags-import: [lr]}
parsed: {main: parsed, flags: {lr: {min: 0}, mode: }}
hydra: {main: composed, flags: {epochs: 3, opt.lr: 0.1}}
lost: {main: shows, flags-dest: 'config:conf/no.yml'}
unknown: {main: shows, flags-dest: globls}
`,
  "values.py": `import pickle\nlr = 0.1\nhalf = lr / 2\none = 1.0\nlayers = [1, 2]\nname = "mlp"\nclass A: pass\n
print([lr, half, one, layers, name, globals().get("extra"), __name__, pickle.loads(pickle.dumps(A())).__module__])\n`,
  "params.py": `params = dict(lr=0.1, opt={"name": "adam", "betas": [0.9, 0.99]})\nprint(params)\n`,
  "space.py": `from types import SimpleNamespace\nhp = SimpleNamespace(lr=0.1, opt=SimpleNamespace(name="adam"))\nprint(hp)\n`,
  "config_class.py": `class Config:\n    lr = 0.1\n    name = "x"\n\nprint(Config.lr, Config.name)\n`,
  "pkg/__init__.py": "",
  "pkg/other.py": "X = 7\n",
  "pkg/train.py": "from . import other\nepochs = 3\nprint(epochs, other.X, __package__)\n",
  "fails.py": `lr = 1\n\ndef f():\n    raise ValueError("bad %s" % lr)\n\nf()\n`,
  "words.py": "import sys\nprint(sys.argv[1:])\n",
  "composed.py": "import hydra\n",
  "spawns.py": `import multiprocessing as mp\nscale = 3\ndef f(x): return x * scale\nif __name__ == "__main__":
    with mp.get_context("spawn").Pool(1) as a, mp.get_context("fork").Pool(1) as b: print(a.map(f, [1, 2]), b.map(f, [1, 2]))\n`,
  "shows.py": `import os\nprint(os.getcwd() == os.environ["RUN_DIR"])\nfor name in ("train.yml", "t.ini"):\n    for folder in ("conf", os.environ["RUN_DIR"] + "/conf"):
        if os.path.exists(folder + "/" + name): print(open(folder + "/" + name).read())\n`,
  "parsed.py": `import argparse\np = argparse.ArgumentParser()\np.add_argument("--lr", type=float, default=0.1, help="rate")
p.add_argument("--mode", choices=["a", "b"], default="a")\np.add_argument("--fast", action="store_true")\np.add_argument("--many", nargs="*", type=int, default=[1])
print(p.parse_args())\n`,
  "conf/train.yml": "lr: 0.1  # rate\nopt: {name: adam}\n",
  "conf/t.ini.in": "[train]\nlr = 0.1 \nepochs = 2\n",
  "conf/beside.txt": "beside",
};

let project: TestProject;
test.before(() => {
  project = makeProject(files);
});
test.after(() => project.remove());

const run = (...words: string[]) => {
  const done = project.guild("run", "--quiet", ...words);
  return done.status === 0 ? done.stdout.trim() : `${done.status}: ${done.stderr.trim()}`;
};

it("an operation imports the flags that it names; its interface is guessed", () => {
  assert.is(run("named", "lr=9"), "[9.0, 4.5, 1.0, [1, 2], 'mlp', 4, '__main__', '__main__']");
  assert.equal(project.run().flags, { lr: 9, extra: 4 });
});

it("all flags are imported, apart from those that are skipped; types stay the script's", () => {
  assert.is(run("all", "one=2", "layers=3 4", "lr=1e-3"), "[0.001, 0.0005, 2.0, [3, 4], 'mlp', None, '__main__', '__main__']");
  assert.equal(project.run().flags, { lr: 0.001, one: 2, layers: "3 4" });
  const refused = project.guild("run", "all", "name=cnn");
  assert.is(refused.status, 2);
  assert.match(refused.stderr, /Operation all has no flag "name"/);
});

it("flags-dest: none passes nothing but variables", () => {
  assert.is(run("none"), "[0.1, 0.05, 1.0, [1, 2], 'mlp', None, '__main__', '__main__']");
});

it("entries of a dict, a namespace, a class", () => {
  assert.is(run("dict", "opt.name=sgd", "opt.betas=0.1 0.2"), "{'lr': 0.1, 'opt': {'name': 'sgd', 'betas': [0.1, 0.2]}}");
  assert.is(run("namespace", "opt.name=sgd", "lr=2"), "namespace(lr=2.0, opt=namespace(name='sgd'))");
  assert.is(run("class", "name='a b'"), "0.1 a b");
});

it("a module keeps its package", () => assert.is(run("module", "epochs=5"), "5 7 pkg"));

it("processes that the script spawns have the same flags", () => {
  assert.is(run("spawns.py", "scale=5"), "[5, 10] [5, 10]");
});

it("a traceback names the script's file and lines, and none of ours", () => {
  const failed = project.guild("run", "--quiet", "fails");
  assert.is(failed.status, 1);
  assert.match(
    failed.stderr + failed.stdout,
    /File "[^"]*fails.py", line 6, in <module>\n {4}f\(\)\n {2}File "[^"]*fails.py", line 4, in f/,
  );
  assert.match(failed.stderr + failed.stdout, /ValueError: bad 3/);
  assert.not.match(failed.stderr + failed.stdout, /globals.py/);
});

it("a config file is rewritten for the run, which is in its own directory with the sources linked", () => {
  assert.match(run("config", "opt.name=sgd"), /^True\nlr: 0.1 {2}# rate\nopt: \{name: sgd\}/);
  const { id } = project.run();
  assert.equal(readdirSync(join(project.root, "runs", id, "conf")).sort(), ["beside.txt", "t.ini.in", "train.yml"]);
  assert.is(project.read("conf/train.yml"), files["conf/train.yml"], "the project's own file is as it was");
  assert.equal(project.run().flags, { lr: 0.1, "opt.name": "sgd" });
});

it("a template loses its .in; cwd says where an operation runs outright", () => {
  assert.match(run("template", "train.lr=0.5"), /True\n[\s\S]*lr = 0.5\nepochs = 2/);
  assert.match(run("inside"), /^True/);
  assert.match(run("outside", "lr=0.7"), /^False\nlr: 0.1 {2}# rate\nopt: \{name: adam\}\n\nlr: 0.7 {2}# rate/);
});

it("a bare script needs no file: its flags are its own", () => {
  assert.is(run("parsed.py", "lr=0.5", "fast=yes", "many=1 2"), "Namespace(lr=0.5, mode='a', fast=True, many=[1, 2])");
  assert.equal(project.run().flags, { lr: 0.5, mode: "a", fast: true, many: "1 2" });
  assert.is(run("parsed.py", "--lr", "0.7", "--fast", "mode=b"), "Namespace(lr=0.7, mode='b', fast=True, many=[1])");
  assert.equal(project.run().flags, { lr: 0.7, mode: "b", fast: true, many: "1" });
  assert.match(run("values.py", "lr=3"), /^\[3.0, 1.5,/);
});

it("what a script does by itself with its words is its own affair", () => {
  assert.is(run("words.py", "lr=1", "--fast", "a b"), "['--lr', '1', '--fast', 'a b']");
  assert.match(
    project.guild("run", "composed.py", "opt.lr=1", "+x=2", "--preview").stdout,
    /python3? -u composed.py opt.lr=1 \+x=2\n/,
  );
  assert.match(project.guild("run", "hydra", "opt.lr=1", "--preview").stdout, /-m composed epochs=3 opt.lr=1\n/);
});

it("a preview says where every value is from", () => {
  const { stdout, status } = project.guild("run", "parsed", "mode=b", "--preview");
  assert.is(status, 0);
  assert.match(stdout, /command {6}python3? -u -m parsed --lr 0.1 --mode b\n/);
  assert.match(stdout, /lr = 0.1 +from parsed.py:3\n {2}mode = b +from the command line/);
  assert.match(project.guild("run", "config", "lr=1", "--preview").stdout, /directory {4}\$\{RUN_DIR\}[\s\S]*conf\/train.yml/);
});

it("a profile may name flags that only the script has", () => {
  assert.match(run("quick", "-p", "quick", "mode=b"), /lr=0.9, mode='b'/);
  assert.match(run("quick", "-p", "wrong"), /^2: guild: Operation quick has no flag "lrr"\nDid you mean "lr"\?/);
});

it("guild check finds what would be refused: a missing config file, a profile's flag, a destination", () => {
  const { stdout, stderr, status } = project.guild("check");
  assert.is(status, 1);
  assert.match(stdout + stderr, /Operation lost passes flags by conf\/no.yml, which cannot be read/);
  assert.match(stdout + stderr, /Operation quick has no flag "lrr"/);
  assert.match(stdout + stderr, /Operation unknown passes flags by "globls"/);
});

const refused: [string[], RegExp][] = [
  [["parsed.py", "lrr=1"], /Operation parsed has no flag "lrr"\nDid you mean "lr"\?/],
  [["parsed.py", "lr=fast"], /Flag lr \(the command line\): expected a number, found fast\nparsed.py:3 declares it. It is: rate/],
  [["parsed.py", "many=1 x"], /Flag many \(the command line\): expected a whole number, found x/],
  [["parsed", "mode=c"], /expected one of a, b, found c/],
  [["parsed", "lr=-1"], /expected a number of at least 0, found -1/],
  [["config", "opt.nam=x"], /has no flag "opt.nam"\nDid you mean "opt.name"\?/],
  [["lost"], /passes flags by conf\/no.yml, which cannot be read\nguild.yml:17: it was looked for as/],
  [["unknown"], /passes flags by "globls", which is not known\nguild.yml:18: did you mean "globals"\?/],
];

for (const [words, message] of refused) {
  it(`refuses ${words.join(" ")}, and records nothing`, () => {
    const before = project.runs().length;
    const { status, stderr } = project.guild("run", ...words);
    assert.is(status, 2);
    assert.match(stderr, message);
    assert.is(project.runs().length, before);
  });
}

it("only --import-by-running runs the script to read its flags, and says so", () => {
  project.write(
    "made.py",
    'import argparse, sys\nopen("ran", "w")\np = argparse.ArgumentParser()\nfor n in sys.path[:1]: p.add_argument("--made" + str(len("ab")))\nprint(p.parse_args())\n',
  );
  assert.is(project.guild("run", "made.py", "--preview").status, 0);
  assert.not(project.has("ran"));
  const { stdout, stderr } = project.guild("run", "made.py", "made2=3", "--import-by-running", "--preview");
  assert.ok(project.has("ran"));
  assert.match(stderr, /made.py was run up to its arguments, to read its flags/);
  assert.match(stdout, /python3? -u made.py --made2 3/);
});

test.run();
