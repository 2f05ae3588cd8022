/** What operations require, with the real command line. */
import { createHash } from "node:crypto";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { makeProject, type TestProject } from "../../_project.ts";
import { tar } from "./_archives.ts";

const requires = suite<{ project: TestProject }>("requirements");
const node = process.execPath;

/** Tells where it is, what lies there, and what is in the files that it is given. */
const look = `
import { readdirSync, readFileSync, existsSync } from "node:fs";
const files = Object.fromEntries(process.argv.slice(2).map((name) => [name, existsSync(name) ? readFileSync(name, "utf8") : null]));
console.log(JSON.stringify({ cwd: process.cwd(), names: readdirSync(".").sort(), files, parent: process.env.PARENT_RUN_DIR }));
`;
/** Writes into the project, or into RUN_DIR. */
const make = `
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
for (const word of process.argv.slice(2)) {
  const [name, text] = word.split("=");
  mkdirSync(dirname(name), { recursive: true });
  writeFileSync(name, text);
}
`;

requires.before.each((context) => {
  context.project = makeProject({
    "look.mjs": look,
    "make.mjs": make,
    "data/a.csv": "1",
    "data/b.csv": "2",
    "data/c.txt": "3",
  });
});

requires.after.each(({ project }) => project.remove());

function told(project: TestProject, ...words: string[]) {
  const { status, stdout, stderr } = project.guild("run", ...words, "-q");
  assert.is(status, 0, stderr);
  return JSON.parse(stdout);
}

/** An operation `train` that looks at `names` and requires what is given, as YAML flow. */
function guildFile(required: string, names = "", more = ""): string {
  return `train: {exec: '${node} look.mjs ${names}', requires: ${required}${more}}\n`;
}

requires("a plain file is where it is: the operation runs in the project, and its content names the data", ({ project }) => {
  project.write("guild.yml", guildFile("[{file: data/a.csv}, {file: data}]"));
  assert.is(told(project, "train").cwd, project.root);
  assert.equal(project.run().data?.sources, ["data", "data/a.csv"]);
  const before = project.run().data?.digest;
  project.write("data/a.csv", "changed");
  told(project, "train");
  assert.is.not(project.run().data?.digest, before);
});

requires("a renamed file is a copy in the run's directory, among links to the project", ({ project }) => {
  project.write(
    "guild.yml",
    guildFile("[{file: data/a.csv, rename: {pattern: '(.*)\\.csv', repl: '\\1-x.csv'}}]", "a-x.csv data/b.csv"),
  );
  const { cwd, files, names } = told(project, "train");
  assert.is(cwd, join(project.root, "runs", project.run().id));
  assert.equal(files, { "a-x.csv": "1", "data/b.csv": "2" });
  assert.ok(names.includes("look.mjs"));
  assert.equal(project.run().files, [], "what was put there is none of the run's own files");
});

requires(
  "target-path and select choose what lies where; the name under which it was found is kept where it is asked for",
  ({ project }) => {
    project.write(
      "guild.yml",
      guildFile(
        "[{file: data, select: '.*\\.csv', target-path: in}, {file: data, select: c.txt}]",
        "in/a.csv in/b.csv in/c.txt c.txt",
      ),
    );
    assert.equal(told(project, "train").files, { "in/a.csv": "1", "in/b.csv": "2", "in/c.txt": null, "c.txt": "3" });
  },
);

requires("select-max takes the file with the largest number", ({ project }) => {
  for (const step of [9, 10, 8]) project.write(`ckpt/model-${step}.bin`, String(step));
  project.write("guild.yml", guildFile("[{file: ckpt, select-max: 'model-([0-9]+)\\.bin', rename: model.bin}]", "model.bin"));
  assert.equal(told(project, "train").files, { "model.bin": "10" });
});

requires("a copy is the run's own, a link is the file itself", ({ project }) => {
  const write = `write: {exec: '${node} make.mjs x.csv=changed', requires: [{file: data/a.csv, rename: x.csv`;
  project.write("guild.yml", `${write}}]}\n`);
  assert.is(project.guild("run", "write", "-q").status, 0);
  assert.is(project.read("data/a.csv"), "1");
  assert.equal(
    project.run().files.map(({ path }) => path),
    ["x.csv"],
    "a copy that was changed is one of its files",
  );
  project.write("guild.yml", `${write}, target-type: link}]}\n`);
  assert.is(project.guild("run", "write", "-q").status, 0);
  assert.is(project.read("data/a.csv"), "changed");
});

requires("cwd: project gets what is renamed in RUN_DIR", ({ project }) => {
  project.write("guild.yml", guildFile("[{file: data/a.csv, rename: x.csv}]", "${RUN_DIR}/x.csv", ", cwd: project"));
  const { cwd, files } = told(project, "train");
  assert.is(cwd, project.root);
  assert.equal(Object.values(files), ["1"]);
});

requires("flags stand in requirements, and choose another file", ({ project }) => {
  project.write(
    "guild.yml",
    guildFile("[{file: 'data/${which}.csv', name: table, rename: t.csv}]", "t.csv", ", flags: {which: b}, flags-dest: none"),
  );
  assert.equal(told(project, "train").files, { "t.csv": "2" });
  assert.equal(told(project, "train", "which=a").files, { "t.csv": "1" });
  assert.equal(told(project, "train", "table=data/c.txt").files, { "t.csv": "3" });
  assert.equal(project.run().flags, { which: "b" }, "what chose a file is no flag");
});

requires("an archive is unpacked, or left packed", ({ project }) => {
  project.write("guild.yml", guildFile("[{file: data.tar}]", "deep/a.csv b.csv"));
  const packed = tar([
    { path: "deep/a.csv", text: "A" },
    { path: "b.csv", text: "B" },
  ]);
  writeFileSync(join(project.root, "data.tar"), packed);
  const { files } = told(project, "train");
  assert.equal(files, { "deep/a.csv": "A", "b.csv": "B" });
  project.write("guild.yml", guildFile("[{file: data.tar, unpack: no}]", "b.csv"));
  assert.is(told(project, "train").cwd, project.root);
});

requires("a file: address and a sha256 in capitals", ({ project }) => {
  const sha256 = createHash("sha256").update("1").digest("hex").toUpperCase();
  project.write("guild.yml", guildFile(`[{url: 'file://${project.root}/data/a.csv', sha256: ${sha256}}]`, "a.csv"));
  assert.equal(told(project, "train").files, { "a.csv": "1" });
});

requires("a config file is rewritten for the run and keeps its comments", ({ project }) => {
  project.write("c.yml", "lr: 0.1 # rate\nnet: {depth: 1}\n");
  project.write(
    "guild.yml",
    guildFile("[{config: c.yml, params: {seed: 7}}]", "c.yml", ", flags: {lr: 0.5, net.depth: 3}, flags-dest: none"),
  );
  assert.is(told(project, "train", "lr=0.7").files["c.yml"], "lr: 0.7 # rate\nnet: {depth: 3}\nseed: 7\n");
  assert.is(project.read("c.yml"), "lr: 0.1 # rate\nnet: {depth: 1}\n");
});

requires(
  "an operation: the files of its latest completed run, or of the one that is chosen; the run stands in parents",
  ({ project }) => {
    project.write(
      "guild.yml",
      `prepare: {exec: '${node} make.mjs \${RUN_DIR}/x.txt=\${what} \${RUN_DIR}/deep/y.txt=y', flags: {what: one}, flags-dest: none}\n${guildFile("[{operation: prepare}]", "x.txt deep/y.txt")}`,
    );
    assert.is(project.guild("run", "prepare", "-q").status, 0);
    const first = project.run().id;
    assert.is(project.guild("run", "prepare", "what=two", "-q").status, 0);
    const second = project.run().id;
    const { files, parent } = told(project, "train");
    assert.equal(files, { "x.txt": "two", "deep/y.txt": "y" });
    assert.is(parent, join(project.root, "runs", second));
    assert.equal([project.run().parents, project.run().flags], [{ prepare: second }, {}]);
    for (const name of ["prepare", "operation:prepare"]) {
      assert.is(told(project, "train", `${name}=${first}`).files["x.txt"], "one");
      assert.equal(project.run().parents, { prepare: first });
    }
  },
);

requires("what an operation wrote into the project is where it is", ({ project }) => {
  project.write(
    "guild.yml",
    `prepare: {exec: '${node} make.mjs out.txt=one'}\n${guildFile("[{operation: prepare, select: out.txt}]", "out.txt")}`,
  );
  assert.is(project.guild("run", "prepare", "-q").status, 0);
  const { id } = project.run();
  const { cwd, files } = told(project, "train");
  assert.equal([cwd, files], [project.root, { "out.txt": "one" }]);
  assert.equal([project.run().parents, project.run().data?.sources], [{ prepare: id }, ["operation:prepare"]]);
});

requires("what an operation requires is none of what it gives on", ({ project }) => {
  const middle = `middle: {exec: '${node} make.mjs own.txt=own', requires: [{file: data/a.csv, rename: x.csv}]}`;
  project.write("guild.yml", `${middle}\n${guildFile("[{operation: middle}]", "own.txt x.csv")}`);
  assert.is(project.guild("run", "middle", "-q").status, 0);
  assert.equal(told(project, "train").files, { "own.txt": "own", "x.csv": null });
});

requires("optional things may be missing; nothing found is said, or refused", ({ project }) => {
  project.write("guild.yml", guildFile("[{file: gone, optional: yes}, {operation: none, optional: yes}]"));
  told(project, "train");
  project.write("guild.yml", guildFile("[{file: data, select: '.*\\.png'}]"));
  const { status, stderr } = project.guild("run", "train");
  assert.is(status, 0);
  assert.match(stderr, "guild: guild.yml:1: nothing was found for data in data");
  project.write("guild.yml", guildFile("[{file: data, select: '.*\\.png', warn-if-empty: no}]"));
  assert.not.match(project.guild("run", "train").stderr, "nothing was found");
});

const refused: [string, string, string][] = [
  ["[{file: data/gone.csv}]", "missing required './data/gone.csv'", "Do you need to run 'guild prepare' first?"],
  ["[{operation: prepare}]", "missing required run of 'prepare'", "Do you need to run 'guild prepare' first?"],
  ["[{operation: other}]", "missing required run of 'other'", "Do you need to run 'guild run other' first?"],
  [`[{file: data/a.csv, sha256: ${"0".repeat(64)}}]`, "has an unexpected sha256", "guild.yml:1"],
  ["[{file: data, select: '(', rename: x}]", 'select "("', "regular expression"],
  ["[{file: data, select: '.*png', fail-if-empty: yes}]", "Nothing was found for data", "guild.yml:1"],
  ["[{url: 'ftp://example.org/a'}]", "Expected an address that begins with https://", "{file: PATH}"],
  ["[{config: data/c.txt}]", "is no config file whose kind is known", ".yml"],
  ["[{module: no_such_module_at_all}]", "missing required module 'no_such_module_at_all'", "pip install"],
  ["[{file: data/a.csv, target-path: ../../x}]", "lies outside of the run's directory", ""],
];
for (const [required, message, hint] of refused) {
  requires(`${required} is refused: exit 2, nothing recorded`, ({ project }) => {
    project.write("guild.yml", guildFile(required));
    const { status, stderr, stdout } = project.guild("run", "train");
    assert.is(status, 2, stderr);
    assert.match(stderr, message);
    assert.match(stderr, hint);
    assert.is(stdout, "");
    assert.equal(project.runs(), []);
    assert.not.ok(project.has("runs") && readdirSync(join(project.root, "runs")).some((name) => !name.startsWith(".")));
  });
}

requires("a preview downloads and unpacks nothing", ({ project }) => {
  project.write("guild.yml", guildFile("[{url: 'http://127.0.0.1:9/never.csv'}, {file: data/a.csv}]"));
  const { status, stdout } = project.guild("run", "train", "--preview");
  assert.is(status, 0);
  assert.match(stdout, "requires     http://127.0.0.1:9/never.csv, data/a.csv");
  assert.match(stdout, /directory +\$\{RUN_DIR\}/);
  assert.not.ok(project.has(".guild/cache/resources"));
});

requires.run();
