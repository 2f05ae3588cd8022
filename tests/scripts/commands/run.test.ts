import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { makeProject, type TestProject, tell } from "../_project.ts";

const run = suite<{ project: TestProject }>("guild run");
const node = process.execPath;

run.before.each((context) => {
  context.project = makeProject({ "tell.mjs": tell, "deep/x.txt": "" });
});

run.after.each(({ project }) => project.remove());

run("records any command: operation, flags, words, status", ({ project }) => {
  const { status, stdout, stderr } = project.guild("run", "--", node, "tell.mjs", "--lr", "0.1", "epochs=3", "--fast");
  assert.is(status, 0, stderr);
  assert.equal(JSON.parse(stdout).words, ["--lr", "0.1", "epochs=3", "--fast"]);
  const record = project.run();
  assert.is(record.operation, "tell");
  assert.equal(record.flags, { lr: 0.1, epochs: 3, fast: true });
  assert.equal(record.command.slice(1), ["tell.mjs", "--lr", "0.1", "epochs=3", "--fast"]);
  assert.equal([record.status, record.exitCode, record.label, record.tags], ["completed", 0, null, []]);
  assert.match(stderr, /^guild: completed/);
});

run("gives the command its own directory, and expands it in words", ({ project }) => {
  const { stdout } = project.guild("run", "-q", "--", node, "tell.mjs", "--out", "${RUN_DIR}/m");
  const told = JSON.parse(stdout);
  const [id = ""] = project.runs();
  assert.is(told.RUN_DIR, join(project.root, "runs", id));
  assert.is(told.RUNDIR, told.RUN_DIR);
  assert.equal(told.words, ["--out", `${told.RUN_DIR}/m`]);
  assert.is(project.run().flags.out, "${RUN_DIR}/m");
});

run("runs where it was typed, records in the project above", ({ project }) => {
  project.write("guild.yml", "");
  const { stdout } = project.guildIn("deep", ["run", "-q", "--", node, "../tell.mjs"]);
  assert.is(JSON.parse(stdout).cwd, join(project.root, "deep"));
  assert.is(project.runs().length, 1);
  assert.not.ok(project.has("deep/content"));
});

run("takes label and tags", ({ project }) => {
  project.guild(
    "run",
    "-q",
    "--label",
    "lr is ${lr}",
    "--tag",
    "paper",
    "-t",
    "a b",
    "--tag=paper",
    "--",
    node,
    "tell.mjs",
    "--lr",
    "0.1",
  );
  const { label, tags } = project.run();
  assert.equal([label, tags], ["lr is 0.1", ["paper", "a b"]]);
});

run("--quiet says nothing of its own", ({ project }) => {
  assert.is(project.guild("run", "--quiet", "--", node, "-e", "").stderr, "");
});

run("--preview says what would run and leaves no trace", ({ project }) => {
  const { status, stdout } = project.guild("run", "--preview", "--tag", "x", "--", node, "tell.mjs", "a b", "--lr", "0.1");
  assert.is(status, 0);
  assert.match(stdout, /^command +\S+ tell\.mjs 'a b' --lr 0\.1$/m);
  assert.ok(stdout.includes(`directory    ${project.root}\n`), stdout);
  assert.match(stdout, /^ {2}lr = 0\.1 +from the command$/m);
  assert.match(stdout, /^tags +x$/m);
  assert.not.ok(project.has("runs") || project.has("content") || project.has(".guild"));
});

run("a secret in the command never becomes public", ({ project }) => {
  const key = ["hf", "abcdefghijklmnopqrstuvwxyz"].join("_");
  project.guild("run", "-q", "--", node, "tell.mjs", "--password", "hunter2", "--url", `https://u:${key}@h.org`, `--x=${key}`);
  const id = project.runs().at(-1);
  const everything = ["run.json", "output.txt"].map((name) => project.read(`content/runs/${id}/${name}`)).join("\n");
  assert.not.match(everything, /hunter2|hf_abc/);
  assert.ok(project.read(`runs/${id}/.guild/output.log`).includes("hunter2"), "the private log is exact");
});

run("runs an operation of guild.yml by its name", ({ project }) => {
  project.write("guild.yml", `look: {exec: '${node} tell.mjs \${flag_args}', flags: {n: 1}}\n`);
  const { stdout, stderr } = project.guild("run", "-q", "look", "n=2");
  assert.equal(JSON.parse(stdout).words, ["--n", "2"], stderr);
  assert.equal(project.run().flags, { n: 2 });
});

run("runs a bare script with flags, without guild.yml", ({ project }) => {
  const { stdout, stderr } = project.guild("run", "-q", "tell.mjs", "lr=0.1", "--fast", "x y");
  assert.equal(JSON.parse(stdout).words, ["--lr", "0.1", "--fast", "x y"], stderr);
  assert.equal(project.run().flags, { lr: 0.1, fast: "x y" });
});

run("says where the dashes belong", ({ project }) => {
  const mistakes: [string[], RegExp][] = [
    [["run"], /For example: guild run -- python3 train\.py/],
    [["run", "--"], /For example: guild run -- python3 train\.py/],
    [["run", node, "tell.mjs", "--lr", "1"], /put -- before it: guild run -- /],
    [["run", "train", "--", "x"], /Either "guild run -- x" or "guild run train"/],
    [["run", "-p", "quick", "--", node], /A profile belongs to an operation/],
    [["run", "missing.py"], /There is no script missing\.py in /],
    [["run", "lint"], /no guild\.yml here or above/],
  ];
  for (const [words, message] of mistakes) {
    const { status, stderr } = project.guild(...words);
    assert.is(status, 2);
    assert.match(stderr, message);
  }
  assert.equal(project.runs(), []);
});

run("a broken guild.yml is said before anything is started", ({ project }) => {
  project.write("guild.yml", "train:\n  mian: x\n");
  const { status, stdout, stderr } = project.guild("run", "--", node, "tell.mjs");
  assert.is(status, 2);
  assert.is(stdout, "");
  assert.match(
    stderr,
    /^guild: guild\.yml:2:3: expected a key of operation train, found "mian"\n {2}2 \| {3}mian: x\n {4}\| {3}\^\nDid you mean "main"\?\n$/,
  );
  assert.not.ok(project.has("runs") || project.has("content"));
});

run("names the data by guildhall: data", ({ project }) => {
  project.write("guild.yml", "guildhall: {data: ['*.csv']}");
  project.write("a.csv", "1\n");
  project.guild("run", "-q", "--", node, "-e", "");
  const first = project.run().data;
  assert.equal(first?.sources, ["*.csv"]);
  project.write("a.csv", "2\n");
  project.guild("run", "-q", "--", node, "-e", "");
  assert.is.not(project.run().data?.digest, first?.digest);
});

run.run();
