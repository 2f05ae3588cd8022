import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { makeProject, type TestProject, tell } from "../_project.ts";

const train = suite<{ project: TestProject }>("guild train, prepare and evaluate");
const node = process.execPath;

const guildFile = `
prepare: {exec: '${node} tell.mjs prepare'}
train:
  description: Teach it
  exec: ${node} tell.mjs \${flag_args}
  flags:
    lr: {default: 0.1, type: float, min: 0, max: 1}
    epochs: 10
    out: \${RUN_DIR}/m
  profiles: {quick: {epochs: 1}}
  env: {RATE: 'r\${lr}'}
  label: 'lr \${lr}'
  tags: [demo]
evaluate: {exec: '${node} tell.mjs \${PARENT_RUN_DIR}/m'}
needs: {exec: '${node} tell.mjs', requires: [{file: tell.mjs}, {file: data}]}
guildhall: {metrics: {acc: {goal: max, primary: true}}}
`;

train.before.each((context) => {
  context.project = makeProject({ "tell.mjs": tell, "guild.yml": guildFile, "deep/x": "" });
});

train.after.each(({ project }) => project.remove());

train("runs the operation in the project's directory, wherever it is typed", ({ project }) => {
  const { status, stdout, stderr } = project.guildIn("deep", ["train", "lr=0.5", "-q"]);
  assert.is(status, 0, stderr);
  const told = JSON.parse(stdout);
  assert.is(told.cwd, project.root);
  assert.equal(told.words, ["--epochs", "10", "--lr", "0.5", "--out", `${told.RUN_DIR}/m`]);
  assert.equal(told.flags, { FLAG_EPOCHS: "10", FLAG_LR: "0.5", FLAG_OUT: `${told.RUN_DIR}/m` });
  const record = project.run();
  assert.equal(record.flags, { lr: 0.5, epochs: 10, out: "${RUN_DIR}/m" });
  assert.equal([record.operation, record.label, record.tags], ["train", "lr 0.5", ["demo"]]);
});

train("command line before profile before operation", ({ project }) => {
  project.guild("train", "-p", "quick", "lr=0.2", "-q", "--label", "mine", "--tag", "x");
  const { flags, label, tags } = project.run();
  assert.equal([flags.epochs, flags.lr, label, tags], [1, 0.2, "mine", ["demo", "x"]]);
});

train("--preview tells the origin of each flag and records nothing", ({ project }) => {
  const { stdout } = project.guild("train", "-p", "quick", "lr=0.2", "--preview");
  assert.match(stdout, /lr = 0\.2 +from the command line/);
  assert.match(stdout, /epochs = 1 +from profile quick/);
  assert.match(stdout, /out = \$\{RUN_DIR\}\/m +from guild\.yml:9/);
  assert.match(stdout, /^ {2}RATE=r0\.2$/m);
  assert.equal(project.runs(), []);
});

const mistakes: [string[], string, string][] = [
  [["train", "lrr=1"], 'Operation train has no flag "lrr"', 'Did you mean "lr"?'],
  [["train", "lr=2"], "expected a number from 0 to 1, found 2", "guild.yml:7"],
  [["train", "lr=fast"], "expected a number, found fast", ""],
  [["train", "-p", "quik"], 'has no profile "quik"', 'Did you mean "quick"?'],
  [["train", "big"], 'guild.yml has no model "big"', "name=value"],
  [["train", "lr=1", "big"], 'Expected flags such as lr=0.1 after "train", found "big"', ""],
  [["run", "trian"], 'guild.yml has no operation "trian"', 'Did you mean "train"?'],
  [["run", "needs"], "missing required './data'", "Do you need to run 'guild prepare' first?"],
  [["evaluate"], "There is no completed run of train", "Type first: guild train"],
  [["evaluate", "--run", "7f3a"], 'There is no run "7f3a" here', "guild runs"],
];

for (const [words, message, hint] of mistakes) {
  train(`refuses "guild ${words.join(" ")}" with 2, and records nothing`, ({ project }) => {
    const { status, stdout, stderr } = project.guild(...words);
    assert.is(status, 2);
    assert.is(stdout, "");
    assert.ok(stderr.includes(message), stderr);
    assert.ok(stderr.includes(hint), stderr);
    assert.not.ok(project.has("runs") || project.has("content"));
  });
}

train("starts once what is required is there, and names it as the data", ({ project }) => {
  project.write("data/a.csv", "1\n");
  assert.is(project.guild("run", "needs", "-q").status, 0);
  assert.equal(project.run().data?.sources, ["data", "tell.mjs"]);
});

train("evaluate takes the latest completed train whose directory is here", ({ project }) => {
  project.guild("train", "-q");
  const [first = ""] = project.runs();
  assert.is(project.guild("train", "-q", "epochs=0").status, 3);
  project.guild("prepare", "-q");
  const { stdout } = project.guild("evaluate", "-q");
  const parent = join(project.root, "runs", first);
  assert.equal([JSON.parse(stdout).PARENT_RUN_DIR, JSON.parse(stdout).words], [parent, [`${parent}/m`]]);
  assert.equal(project.run().parents, { train: first });
  assert.not.ok(JSON.stringify(project.run().command).includes(project.root), "the path is not public");

  project.guild("train", "-q");
  const second = project.runs().at(-1) ?? "";
  assert.is.not(second, first);
  project.guild("evaluate", "-q");
  assert.equal(project.run().parents, { train: second });
  project.guild("evaluate", "-q", "--run", first.slice(-4));
  assert.equal(project.run().parents, { train: first }, "or the one that is named");
});

train("evaluate is the same by guild run", ({ project }) => {
  project.guild("train", "-q");
  const [first = ""] = project.runs();
  project.guild("run", "evaluate", "-q");
  assert.equal(project.run().parents, { train: first });
});

train("keys of Guild's that mean nothing here are one warning with their line, and the run goes on", ({ project }) => {
  project.write("guild.yml", `train:\n  exec: ${node} tell.mjs\n  pip-freeze: no\nother:\n  stoppable: yes\n`);
  const { status, stderr } = project.guild("train", "--preview");
  assert.is(status, 0);
  assert.is(
    stderr,
    'guild: guild.yml:3: "pip-freeze" of operation train was passed over: packages are read beside the run and cost it no time\n',
  );
});

train("chooses the model that is named", ({ project }) => {
  const model = (name: string) => `- {model: ${name}, operations: {train: {exec: '${node} tell.mjs ${name}'}}}\n`;
  project.write("guild.yml", model("small") + model("large"));
  assert.match(project.guild("train", "-q").stdout, /"words":\["small"\]/);
  assert.match(project.guild("train", "large", "-q").stdout, /"words":\["large"\]/);
  assert.equal([project.run().model, project.run().operation], ["large", "train"]);
  assert.match(project.guild("run", "large:train", "-q").stdout, /"words":\["large"\]/);
  assert.match(project.guild("train", "lrge").stderr, /Did you mean "large"\?/);
});

train("says what is missing without a guild.yml", ({ project }) => {
  const bare = makeProject();
  const { status, stderr } = bare.guild("train");
  bare.remove();
  assert.is(status, 2);
  assert.match(stderr, /guild init/);
  assert.not.ok(project.has("runs"));
});

train.run();
