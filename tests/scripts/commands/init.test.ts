import { spawnSync } from "node:child_process";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { parse } from "yaml";
import { launcher, makeProject, type TestProject, tell } from "../_project.ts";

const init = suite<{ project: TestProject }>("guild init");

init.before.each((context) => {
  context.project = makeProject({ "train.mjs": tell });
});

init.after.each(({ project }) => project.remove());

init("makes somebody's folder a project, without package.json or git", ({ project }) => {
  const { status, stdout } = project.guild("init", "--yes");
  assert.is(status, 0);
  assert.match(stdout, /^wrote +guild\.yml +train is train\.mjs$/m);
  assert.match(stdout, /^wrote +\.github\/workflows\/guildhall\.yml /m);
  assert.match(stdout, /^Next: guild train, /m);
  assert.not.ok(project.has("package.json"));
  assert.is(project.guild("check").status, 0);
  const trained = project.guild("train", "-q");
  assert.equal(JSON.parse(trained.stdout).words, [], trained.stderr);
  assert.is(project.run().operation, "train");
});

init("does not ask without a terminal, and keeps what is there", ({ project }) => {
  project.write("guild.yml", "train: {exec: mine}\n");
  assert.is(project.guild("init").status, 0);
  assert.is(project.read("guild.yml"), "train: {exec: mine}\n");
  assert.match(project.guild("init").stdout, /^kept +guild\.yml +is there already$/m);
});

init("asks on a terminal, and writes nothing after no", ({ project }) => {
  // script(1) gives a terminal; where it is missing, the answer cannot be tested.
  if (spawnSync("script", ["--version"]).status !== 0) return;
  const ask = (answer: string) =>
    spawnSync("script", ["-qec", `'${process.execPath}' '${launcher}' init`, "/dev/null"], {
      cwd: project.root,
      input: answer,
      encoding: "utf8",
    });
  assert.match(ask("n\n").stdout, /will write +guild\.yml[\s\S]*Go on\? \[Y\/n\][\s\S]*Nothing was written/);
  assert.not.ok(project.has("guild.yml"));
  ask("\n");
  assert.ok(project.has("guild.yml"));
});

init("the steps of the workflow build the site under the repository's name", ({ project }) => {
  project.guild("init", "--yes");
  const { jobs } = parse(project.read(".github/workflows/guildhall.yml"));
  const build = jobs.build.steps.find(({ name }: { name?: string }) => name === "Build the site");
  // A stand-in tells what the real command would have been called with; the packed package runs it in tests/package.
  project.write("bin/guild", '#!/bin/sh\necho "$@"\n');
  const run = (env: NodeJS.ProcessEnv) =>
    spawnSync("bash", ["-e", "-c", build.run], {
      cwd: project.root,
      env: { PATH: `${project.root}/bin:${process.env.PATH}`, GITHUB_REPOSITORY: "ada/digits", ...env },
      encoding: "utf8",
    });
  spawnSync("chmod", ["+x", `${project.root}/bin/guild`]);
  assert.is(run({}).stdout, "build --base /digits/\n");
  assert.is(run({ BASE_PATH: "/other" }).stdout, "build --base /other/\n");
  assert.is(run({ BASE_PATH: "" }).stdout, "build --base /\n", "a user's own page stands at the top");
});

init.run();
