// timeout: 240 s
/** Two hundred secrets in every place and spelling that we could think of, through real runs and a real build. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { leaks, type Planted, plantSecrets } from "../../../scripts/bench/planted-secrets.ts";
import { makeProject, type TestProject } from "../_project.ts";

const test = suite<{ project: TestProject; planted: Planted }>("planted-secrets");

test.before((context) => {
  context.project = makeProject();
  context.planted = plantSecrets(context.project.root);
  for (const words of context.planted.commands) {
    const { status, stderr } = context.project.guildIn(".", words, context.planted.env);
    assert.is(status, 0, stderr);
  }
});
test.after(({ project }) => project.remove());

test("there are 200, and no two are the same", ({ planted }) => {
  assert.is(new Set(planted.secrets.map(({ value }) => value)).size, 200);
});

test("none is in content/, and what only looks like one is", ({ project, planted }) => {
  assert.equal(leaks(project.root, ["content"], planted.secrets), []);
  for (const words of planted.innocent) {
    assert.ok(leaks(project.root, ["content"], [{ where: "output", form: "…", value: words }]).length > 0, words);
  }
});

test("none is in the site", ({ project, planted }) => {
  const { status, stderr } = project.guildIn(".", ["build"], planted.env);
  assert.is(status, 0, stderr);
  assert.equal(leaks(project.root, ["content", "dist"], planted.secrets), []);
});

test("the private log has them as they were: it is exact", ({ project, planted }) => {
  const run = project.runs()[0]!;
  const log = readFileSync(join(project.root, "runs", run, ".guild", "output.log"), "utf8");
  const output = planted.secrets.filter(({ where }) => where === "output");
  assert.equal(
    output.filter(({ value }) => !log.includes(value)),
    [],
  );
  const diff = readFileSync(join(project.root, "runs", run, ".guild", "source", "diff.patch"), "utf8");
  assert.match(diff, planted.secrets.find(({ where }) => where === "diff")!.value);
});

test("none comes back when the record is made again by a shell that does not know them", ({ project, planted }) => {
  for (const run of project.runs()) {
    const before = project.read(`content/runs/${run}/output.txt`);
    const { status, stderr } = project.guild("runs", "refresh", run);
    assert.is(status, 0, stderr);
    assert.is(project.read(`content/runs/${run}/output.txt`), before);
  }
  assert.equal(leaks(project.root, ["content"], planted.secrets), []);
  assert.ok(existsSync(join(project.root, "runs", project.runs()[0]!, ".guild", "secrets-met.json")));
});

test.run();
