/** `guild scalars --test`, and `output-scalars` of guild.yml from the file to the record. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { launcher, makeProject, type TestProject } from "../_project.ts";

const scalars = suite<{ project: TestProject }>("guild scalars");
const node = process.execPath;
const guildFile = String.raw`train:
  exec: '${node} train.mjs'
  flags: {lr: 0.1}
  output-scalars:
    - 'round (?P<step>\step)'
    - {quality: 'Q<(\value)>'}
silent:
  exec: '${node} train.mjs'
  output-scalars: off
`;
const lines = ["lr: 0.1", "round 1 Q<0.25>", "round 2 Q<0.5> loss: 9", "loss: 0.5", "seed: 3", "test accuracy: 0.9"];

scalars.before((context) => {
  context.project = makeProject({
    "guild.yml": guildFile,
    "train.mjs": `console.log(${JSON.stringify(lines.join("\n"))})\n`,
    "train.log": `${lines.join("\n")}\n`,
    "plain.log": "Accuracy: 0.74\n",
    "steps.log": "loss: 3\nloss: 2\nloss: nan\n",
  });
});

scalars.after(({ project }) => project.remove());

const read = (project: TestProject, ...words: string[]) => {
  const { stdout, stderr, status } = project.guild("scalars", "--test", ...words, "--json");
  assert.is(status, 0, stderr);
  return JSON.parse(stdout).scalars;
};

scalars("prints for each line what is taken, at which step, by which form, and why not", ({ project }) => {
  project.write("why.log", "epoch 3 loss 0.5 foo=1\nseed: 42\nepoch 4 foo=2\nListening on 127.0.0.1:80\n");
  const { stdout, status } = project.guild("scalars", "--test", "why.log");
  assert.is(status, 0);
  assert.match(
    stdout,
    /1 {2}epoch 3 loss 0\.5 foo=1\n {7}as pairs of name and number, from epoch 3\n {7}\+ loss = 0\.5 at step 3\n/,
  );
  assert.match(stdout, /\. foo = 1: waits until it comes again at another step\n/);
  assert.match(stdout, /- seed: a setting\n/);
  assert.match(stdout, /1 that waited is taken now\n/);
  assert.match(stdout, /\n3 scalars of 2 tags in 4 lines\n/);
  assert.not.match(stdout, /Listening/);
});

scalars("--json gives tag, step and value in order; a step that nobody says or implies is null", ({ project }) => {
  assert.equal(read(project, "plain.log"), [{ tag: "Accuracy", step: null, value: 0.74 }]);
  assert.equal(read(project, "steps.log"), [
    { tag: "loss", step: 0, value: 3 },
    { tag: "loss", step: 1, value: 2 },
    { tag: "loss", step: 2, value: "NaN" },
  ]);
});

scalars("- reads stdin", ({ project }) => {
  const input = { cwd: project.root, input: "step 7 loss 0.5\n", encoding: "utf8" as const };
  const { stdout } = spawnSync(node, [launcher, "scalars", "--test", "-", "--json"], input);
  assert.equal(JSON.parse(stdout), { scalars: [{ tag: "loss", step: 7, value: 0.5 }] });
});

scalars("the documentation shows what is really printed", ({ project }) => {
  const document = readFileSync(join(import.meta.dirname, "../../../content/docs/scalars.md"), "utf8");
  const input = "epoch 1 loss 0.5 foo=1\nepoch 2 loss 0.25 foo=2\nseed: 42\n";
  assert.ok(document.includes(JSON.stringify(input).slice(1, -1)));
  const { stdout } = spawnSync(node, [launcher, "scalars", "--test", "-"], { cwd: project.root, input, encoding: "utf8" });
  assert.ok(document.includes(stdout.split("\n\n")[0] ?? "?"), stdout);
});

const byRules = [
  { tag: "quality", step: 1, value: 0.25 },
  { tag: "quality", step: 2, value: 0.5 },
  { tag: "loss", step: 2, value: 0.5 },
  { tag: "test accuracy", step: 2, value: 0.9 },
];

scalars("--rules takes the rules and the flags of an operation: rules first, then what is built in", ({ project }) => {
  assert.equal(read(project, "train.log", "--rules", "train"), byRules);
  assert.equal(read(project, "train.log", "--rules", "silent"), []);
});

scalars("a run is recorded with the rules of its operation, and its output read again gives the same", ({ project }) => {
  const { status, stderr } = project.guild("train");
  assert.is(status, 0, stderr);
  const { id, scalars: kept } = project.run();
  assert.equal(
    Object.entries(kept).map(([tag, { count, last, source }]) => [tag, count, last.step, last.value, source]),
    [
      ["quality", 2, 2, 0.5, "rule"],
      ["loss", 1, 2, 0.5, "out"],
      ["test accuracy", 1, 2, 0.9, "out"],
    ],
  );
  assert.equal(read(project, id), byRules);
});

scalars("a rule that does not compile is named with its place, before anything starts", ({ project }) => {
  const broken = makeProject({
    "guild.yml": `train:\n  exec: touch started\n  output-scalars:\n    - '(?P<loss>\\value'\n`,
  });
  const { status, stderr } = broken.guild("train");
  assert.is(status, 2);
  assert.match(stderr, /guild\.yml:4:7: /);
  assert.match(stderr, /\(\?P<loss>\\+value/);
  assert.match(stderr, /unterminated group/);
  assert.not(broken.has("started"));
  assert.equal(broken.runs(), []);
  broken.write("guild.yml", "train:\n  exec: x\n  output-scalars: {loss: 'loss=.*'}\n");
  assert.match(broken.guild("train").stderr, /guild\.yml:3:26: .*a group in parentheses is missing/);
  broken.remove();
  assert.is(project.guild("scalars", "--test", "train.log", "--rules", "trian").status, 2);
});

scalars("says what to type where there is nothing to read", ({ project }) => {
  for (const [words, message] of [
    [["scalars"], /Expected one file/],
    [["scalars", "--test", "missing.log"], /There is no file missing\.log/],
    [["scalars", "--test", "20990101T000000-ffff"], /There is no run/],
  ] as const) {
    const { status, stderr } = project.guild(...words);
    assert.is(status, 2);
    assert.match(stderr, message);
  }
});

scalars("lines that come too fast are counted in run.json and said, and the last of them are read", () => {
  const flood = makeProject({
    "flood.mjs":
      'let text = ""; for (let i = 0; i < 40000; i += 1) text += `step ${i} loss 0.5\\n`; console.log(text + "test acc: 0.75");\n',
  });
  const { stderr, status } = flood.guild("run", "--", node, "flood.mjs");
  assert.is(status, 0, stderr);
  const run = flood.run();
  const searched = 40_001 - (run.linesNotSearched ?? 0);
  assert.ok(searched >= 5000 && searched < 30_000, String(searched));
  assert.is(run.scalars["test acc"]?.last.value, 0.75);
  assert.ok(Math.abs((run.scalars.loss?.count ?? 0) - searched) < 300);
  assert.match(stderr, /lines came faster than they are searched for scalars \(5,000 a second\) and were passed over/);
  flood.remove();
});

scalars.run();
