import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { scanProbes } from "../../../scripts/probes/_scan.ts";
import { makeProject, type TestProject } from "../_project.ts";

const check = suite<{ project: TestProject }>("guild check");

check.before((context) => {
  context.project = makeProject();
});
check.after(({ project }) => project.remove());

check("tells of every source what it gives, or why not, in 80 columns", async ({ project }) => {
  const { status, stdout } = project.guild("check");
  assert.is(status, 0, stdout);
  assert.equal(
    stdout.split("\n").filter((line) => line.length > 80),
    [],
  );
  const { probes, facts } = await scanProbes();
  for (const name of [...Object.keys(probes), ...Object.keys(facts).map((one) => one.replace(/-facts$/, ""))]) {
    assert.match(stdout, new RegExp(`^  (?:yes   |no    )  ${name} +\\S`, "m"));
  }
  for (const name of ["runs/", "content/", "disk", "space", "git", "terminal", "images"]) assert.match(stdout, name);
  assert.equal(readdirSync(project.root), [], "leaves nothing behind");
});

check("gives machines the same as JSON", ({ project }) => {
  const { problems, notices, machine } = JSON.parse(project.guild("check", "--json").stdout);
  assert.equal([problems, notices], [[], []]);
  const states = new Set(machine.map(({ state }: { state: string }) => state));
  assert.ok(states.has("yes") && !states.has("broken"), [...states].join());
  for (const { part, name, detail } of machine) assert.ok(part && name && detail, `${part} ${name}`);
});

check("ends with 1 where nothing could be recorded", ({ project }) => {
  project.write("runs", "a file where the folder should be");
  const { status, stdout } = project.guild("check");
  rmSync(join(project.root, "runs"));
  assert.is(status, 1);
  assert.match(stdout, /^ {2}BROKEN {2}runs\/ +cannot be written/m);
});

check("prints the schema of guild.yml for editors, also where the file is broken", ({ project }) => {
  project.write("guild.yml", "train: [");
  const { status, stdout } = project.guild("check", "--schema");
  rmSync(join(project.root, "guild.yml"));
  assert.is(status, 0);
  const schema = JSON.parse(stdout);
  assert.is(schema.$schema, "http://json-schema.org/draft-07/schema#");
  assert.match(schema.definitions["operation-map"].anyOf[0].properties.main.description, /script/);
});

check("a missing file of include ends with 2 and its place", ({ project }) => {
  project.write("guild.yml", "- include: base.yml\n");
  const { status, stderr } = project.guild("check");
  rmSync(join(project.root, "guild.yml"));
  assert.is(status, 2);
  assert.match(stderr, /guild\.yml:1:12: expected a file to include, there is no base\.yml/);
});

check("a file that is included is read", ({ project }) => {
  project.write("guild.yml", "- include: more/base.yml\n- {model: m, extends: base}\n");
  project.write("more/base.yml", "- config: base\n  operations: {train: train.py}\n");
  const { stdout } = project.guild("check");
  rmSync(join(project.root, "guild.yml"));
  assert.match(stdout, /guild\.yml with 1 operation/);
});

check.run();
