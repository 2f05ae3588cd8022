import { spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { launcher, makeProject, type TestProject } from "../_project.ts";

const batch = suite<{ project: TestProject }>("batches");
const node = process.execPath;

/** Prints a loss; fails when FLAG_N is 9 and there is no file `mended`. */
const script = `
const { FLAG_LR = "0", FLAG_N = "0" } = process.env;
console.log("loss: " + (Number(FLAG_LR) + Number(FLAG_N)));
if (FLAG_N === "9" && !require("node:fs").existsSync("mended")) process.exit(3);
`;

batch.before.each((context) => {
  const guild = `step:\n  exec: '${node} step.cjs'\n  flags: {lr: {default: 0.1, type: float}, n: 1}\n`;
  context.project = makeProject({ "step.cjs": script, "guild.yml": guild });
});

batch.after.each(({ project }) => project.remove());

function flagsOf(project: TestProject): string[] {
  return project.runs().map((id) => `${project.run(id).flags.lr} ${project.run(id).flags.n}`);
}

batch("each combination is a run of its own, linked by its sweep", ({ project }) => {
  const { status, stderr } = project.guild("run", "step", "lr=[0.1,0.2]", "n=range[1:2]");
  assert.is(status, 0, stderr);
  assert.equal(flagsOf(project), ["0.1 1", "0.1 2", "0.2 1", "0.2 2"]);
  const [sweep = ""] = readdirSync(join(project.root, "sweeps")).filter((name) => name !== ".gitignore");
  assert.equal([...new Set(project.runs().map((id) => project.run(id).sweep))], [sweep]);
  assert.is(project.read(`sweeps/${sweep}/plan.jsonl`).trim().split("\n").length, 4);
  assert.match(stderr, /best {4}loss 1\.1 {2}lr=0\.1 n=1/);
});

batch("--jobs 3 records the same runs", ({ project }) => {
  assert.is(project.guild("run", "step", "lr=[0.1,0.2]", "n=[1,2,3]", "--jobs", "3").status, 0);
  assert.equal(flagsOf(project).sort(), ["0.1 1", "0.1 2", "0.1 3", "0.2 1", "0.2 2", "0.2 3"]);
});

batch("a failure does not keep the others from running; it is named, and --resume starts it alone", ({ project }) => {
  const first = project.guild("run", "step", "n=[1,9,2]");
  assert.is(first.status, 1);
  assert.match(first.stderr, /failed {2}trial 2: exit code 3 {2}n=9/);
  const [, id = ""] = /guild run --resume (\S+)/.exec(first.stderr) ?? [];
  project.write("mended", "");
  const second = project.guild("run", "--resume", id);
  assert.is(second.status, 0, second.stderr);
  assert.equal(flagsOf(project), ["0.1 1", "0.1 9", "0.1 2", "0.1 9"]);
});

batch("--needed leaves out what has completed with these flags and this code", ({ project }) => {
  project.guild("run", "-q", "step", "n=[1,2]");
  assert.is(project.guild("run", "-q", "step", "n=[1,2,3]", "--needed").status, 0);
  assert.equal(flagsOf(project), ["0.1 1", "0.1 2", "0.1 3"]);
  project.write("step.cjs", `${script}// changed\n`);
  project.guild("run", "-q", "step", "n=[1,2]", "--needed");
  assert.is(project.runs().length, 5);
});

batch("--max-trials takes a sample, --preview lists the trials and records nothing", ({ project }) => {
  const preview = () => project.guild("run", "step", "n=range[1:30]", "-m", "3", "--random-seed", "5", "--preview").stdout;
  assert.is(preview(), preview());
  assert.match(preview(), /^3 trials of step: 3 of 30 combinations, chosen by chance with seed 5/);
  assert.not.ok(project.has("sweeps") || project.has("runs"));
});

batch("a space is drawn from 20 times", ({ project }) => {
  const { stdout } = project.guild("run", "step", "lr=loguniform[1e-4:1]", "--preview");
  assert.match(stdout, /^20 trials of step: drawn by chance/);
});

batch("a batch file gives the rows, the command line wins", ({ project }) => {
  project.write("t.csv", 'lr,n\n0.5,"[1,2]"\n0.6,\n');
  assert.is(project.guild("run", "-q", "step", "@t.csv").status, 0);
  assert.equal(flagsOf(project), ["0.5 1", "0.5 2", "0.6 1"]);
  project.write("t.json", '[{"lr": 0.7}, {"lr": 0.8, "n": 5}]');
  project.guild("run", "-q", "step", "@t.json", "n=4");
  assert.equal(flagsOf(project).slice(3), ["0.7 4", "0.8 4"]);
});

batch("what is wrong is said with its place before anything is recorded", ({ project }) => {
  project.write("ragged.csv", "lr,n\n0.5,1\n0.6\n");
  const mistakes: [string[], RegExp][] = [
    [["@ragged.csv"], /ragged\.csv: line 3 \(row 2\): expected 2 cells \(lr, n\), found 1/],
    [["@none.yml"], /none\.yml: there is no such file/],
    [["lr=[0.1,x]"], /Flag lr \(the command line\): expected a number, found x/],
    [["nn=[1,2]"], /has no flag "nn"/],
    [["lr=range[1]"], /Flag lr=range\[1\]: expected range\[start:end:step\]/],
    [["lr=[0.1:1]", "-o", "gp"], /no optimizer "gp"[\s\S]*--optimizer optuna/],
    [["lr=[1,2]", "--jobs", "0"], /--jobs needs a whole number/],
    [["--resume", "x"], /no batch "x"/],
  ];
  for (const [words, message] of mistakes) {
    const { status, stderr } = project.guild("run", "step", ...words);
    assert.is(status, 2, stderr);
    assert.match(stderr, message);
  }
  assert.not.ok(project.has("runs") || project.has("sweeps"));
});

batch("INT ends what runs, starts nothing new, and says how to go on", async ({ project }) => {
  project.write("step.cjs", "console.log('up'); process.on('SIGINT', () => process.exit(4)); setInterval(() => {}, 1000);");
  const child = spawn(node, [launcher, "run", "step", "n=[1,2,3]", "--verbose"], {
    cwd: project.root,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  const ended = new Promise<NodeJS.Signals | null>((done) => child.once("exit", (_, signal) => done(signal)));
  child.stderr.on("data", (chunk: Buffer) => {
    const before = said.includes("[1] up");
    said += chunk.toString();
    if (!before && said.includes("[1] up")) child.kill("SIGINT");
  });
  assert.is(await ended, "SIGINT");
  assert.is(project.runs().length, 1);
  assert.equal(project.run().outside, [], "the batch's own files are not the trial's");
  assert.match(said, /2 not started/);
  assert.match(said, /go on {3}guild run --resume \d/);
});

batch("nothing that starts: one message, no batch left behind", ({ project }) => {
  project.write("guild.yml", "step: {exec: 'no-such-program', flags: {n: 1}}\n");
  const { status, stderr } = project.guild("run", "step", "n=[1,2]");
  assert.is(status, 127);
  assert.match(stderr, /Command not found: no-such-program/);
  assert.is(existsSync(join(project.root, "sweeps")) ? readdirSync(join(project.root, "sweeps")).length : 1, 1);
});

batch("sweep.json says what was typed", ({ project }) => {
  project.guild("run", "-q", "step", "n=[1,2]", "--random-seed", "3");
  const sweep = project.run().sweep ?? "";
  const { words, seed, objective } = JSON.parse(readFileSync(join(project.root, "sweeps", sweep, "sweep.json"), "utf8"));
  assert.equal([words, seed, objective], [["step", "n=[1,2]"], 3, { tag: "loss", goal: "min" }]);
});

batch.run();
