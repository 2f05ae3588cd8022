/** The user's own Optuna, where there is one. */
import { spawnSync } from "node:child_process";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { python } from "../../../scripts/project/command-words.ts";
import { makeProject, type TestProject } from "../_project.ts";

const optuna = suite<{ project: TestProject }>("--optimizer optuna");
const here = spawnSync(python(), ["-c", "import optuna"]).status === 0;
const script = `
const { FLAG_LR, FLAG_N } = process.env;
console.log("loss: " + ((Number(FLAG_LR) - 0.3) ** 2 + Number(FLAG_N)));
`;

optuna.before.each((context) => {
  const guild = `step:\n  exec: '${process.execPath} step.cjs'\n  flags: {lr: 0.1, n: 1}\n`;
  context.project = makeProject({ "step.cjs": script, "guild.yml": guild });
});

optuna.after.each(({ project }) => project.remove());

if (here) {
  optuna("is asked before each start and told what was recorded", ({ project }) => {
    const words = ["run", "step", "lr=[0:1:0.5]", "n=[1:3]", "-o", "optuna", "-m", "5", "--random-seed", "1"];
    const { status, stderr } = project.guild(...words);
    assert.is(status, 0, stderr);
    assert.is(project.runs().length, 5);
    const [first = ""] = project.runs();
    const { flags, sweep } = project.run(first);
    assert.is(flags.lr, 0.5, "the initial value comes first");
    const journal = project.read(`sweeps/${sweep}/optuna.log`);
    for (const id of project.runs()) {
      const loss = project.run(id).scalars.loss?.last.value;
      assert.ok(journal.includes(`${loss}`), `optuna was told ${loss}`);
    }
  });

  optuna("a trial without the objective is told as failed, and the batch goes on", ({ project }) => {
    const { status, stderr } = project.guild("run", "step", "lr=[0.1:1]", "-o", "optuna", "-m", "2", "-X", "acc");
    assert.is(status, 0, stderr);
    assert.is(project.runs().length, 2);
  });
} else {
  console.log(`skipped: ${python()} has no Optuna`);
}

optuna("nothing to choose, or no Optuna, is said before a run", ({ project }) => {
  const { status, stderr } = project.guild("run", "step", "lr=0.1", "-o", "optuna");
  assert.is(status, 2);
  assert.match(stderr, /Optuna has nothing to choose/);
  assert.not.ok(project.has("runs"));
});

optuna.run();
