import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { launcher, makeProject, type TestProject } from "../_project.ts";
import { hasPython, openTerminal } from "../record/_terminal.ts";
import { record } from "./_recorded.ts";

const trash = suite<{ project: TestProject }>("guild rm, restore and purge");
const [first, second, third] = ["20261123T190119-7f3a", "20261123T190120-02bd", "20261123T190121-beef"] as const;

trash.before.each((context) => {
  context.project = makeProject();
  record(context.project, first, { label: "one" });
  record(context.project, second, { status: "error", exitCode: 1 });
  context.project.write(`content/runs/${first}/edits.yml`, "starred: true\n");
  context.project.write(`runs/${first}/model.txt`, "weights");
});

trash.after.each(({ project }) => project.remove());

const listed = (project: TestProject, ...words: string[]): string[] =>
  JSON.parse(project.guild("runs", "--json", ...words).stdout).map(({ id }: { id: string }) => id);

trash("without a terminal nothing is deleted before --yes", ({ project }) => {
  for (const words of [["rm", "7f3a"], ["purge"]]) {
    if (words[0] === "purge") project.guild("rm", second, "--yes");
    const { status, stderr } = project.guild(...words);
    assert.equal([status, /--yes/.test(stderr)], [2, true], stderr);
  }
  assert.equal(listed(project), [first]);
  assert.equal(listed(project, "--deleted"), [second]);
});

trash("a deleted run comes back with its files and a person's words, until it is purged", ({ project }) => {
  const { status, stdout } = project.guild("runs", "rm", "one", "-y");
  assert.equal([status, stdout], [0, `${first} deleted\nTo undo: guild runs restore ${first}\n`]);
  assert.equal([listed(project), project.has(`runs/${first}`)], [[second], false]);
  assert.is(project.guild("runs", "restore", "7f3a").stdout, `${first} restored\n`);
  assert.equal(listed(project), [second, first]);
  assert.is(project.read(`runs/${first}/model.txt`), "weights");
  assert.is(project.read(`content/runs/${first}/edits.yml`), "starred: true\n");

  project.guild("rm", "all", "-y");
  assert.equal(JSON.parse(project.guild("purge", "1", "-y", "--json").stdout), [{ id: second }]);
  assert.is(project.guild("restore", second).status, 2);
  assert.is(project.guild("restore", "all").status, 0);
  assert.equal(listed(project), [first]);
  assert.is(project.guild("purge", "-y").status, 0);
});

trash("a run that goes on is left alone, whatever else is deleted", ({ project }) => {
  const now = new Date().toISOString();
  record(project, third, {
    status: "running",
    exitCode: null,
    stopped: null,
    durationSeconds: null,
    updated: now,
    intervalSeconds: 15,
  });
  const { status, stdout, stderr } = project.guild("rm", "all", "-y");
  assert.is(status, 1);
  assert.match(stderr, new RegExp(`${third} is running and was left alone.*guild stop`));
  assert.match(stdout, new RegExp(`${second} deleted`));
  assert.equal(listed(project), [third]);
});

trash("nothing is deleted without being named, and by a name that fits nothing", ({ project }) => {
  for (const words of [["rm"], ["rm", "nope"], ["rm", "--status", "faild", "-y"], ["restore"], ["purge", "x", "-y"]]) {
    assert.is(project.guild(...words).status, 2, words.join(" "));
  }
  assert.is(project.guild("rm", "-F", "lr>5", "-y").status, 1);
  assert.is(listed(project).length, 2);
});

trash("a run that took the place meanwhile is not overwritten", ({ project }) => {
  project.guild("rm", first, "-y");
  record(project, first, { label: "new" });
  const { status, stderr } = project.guild("restore", first);
  assert.equal([status, /is there again/.test(stderr)], [1, true], stderr);
  assert.equal([project.run(first).label, listed(project, "--deleted")], ["new", [first]]);
});

trash("a run whose record is broken, gone or hidden is deleted and restored by its whole id", ({ project }) => {
  project.write(`content/runs/${first}/run.json`, "{ broken");
  project.write(`runs/${third}/model.txt`, "no record");
  project.write(`content/runs/${second}/edits.yml`, "hidden: true\n");
  assert.equal(listed(project), []);
  for (const id of [first, second, third]) {
    assert.is(project.guild("rm", id, "-y").status, 0, id);
    assert.equal([project.has(`content/runs/${id}`), project.has(`runs/${id}`)], [false, false], id);
  }
  assert.is(project.guild("restore", first, second, third).status, 0);
  assert.equal(
    [project.read(`content/runs/${first}/run.json`), project.read(`runs/${third}/model.txt`)],
    ["{ broken", "no record"],
  );
  project.guild("rm", first, second, "-y");
  assert.is(project.guild("purge", first, second, "-y").status, 0);
  assert.not(project.has(`.guild/trash/content/runs/${first}`));
  assert.is(project.guild("rm", "20200101T000000-0000", "-y").status, 2);
});

trash("the trash is ignored by git", ({ project }) => {
  mkdirSync(join(project.root, "runs"), { recursive: true });
  project.guild("rm", first, "-y");
  assert.is(project.read(".guild/.gitignore"), "*\n");
});

trash("on a terminal it asks, and only yes is yes", async ({ project }) => {
  if (!hasPython) return console.log("skipped: no python3 to make a terminal");
  for (const [answer, code] of [
    ["n\r", 1],
    ["\r", 1],
    ["\u0004", 1],
    ["y\r", 0],
  ] as const) {
    const terminal = openTerminal([process.execPath, launcher, "rm", first], project.root);
    await terminal.shown(/Delete 20261123T190119-7f3a\? \[y\/N\]/);
    terminal.type(answer);
    const { end, screen } = await terminal.ended;
    assert.is(end.code, code, `${JSON.stringify(answer)}: ${screen}`);
    assert.is(listed(project).includes(first), code !== 0);
  }
});

trash.run();
