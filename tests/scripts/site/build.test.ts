// timeout: 240 s
/** Builds of small projects through the real command line. What an installed package must do is in tests/package. */
import { existsSync, rmSync, statSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { plainRun } from "../../src/load/_project.ts";
import { makeProject, type TestProject } from "../_project.ts";

const test = suite<{ project: TestProject }>("build");
test.before.each((context) => {
  context.project = makeProject();
});
test.after.each(({ project }) => project.remove());

const id = "20260102T030405-0001";
const page = `dist/runs/${id}/index.html`;

function record(project: TestProject, run = plainRun(id)): void {
  project.write(`content/runs/${run.id}/run.json`, JSON.stringify(run));
}

function build(project: TestProject, ...words: string[]): string {
  const { status, stderr } = project.guild("build", ...words);
  assert.is(status, 0, stderr);
  return stderr;
}

test("a project without runs gets a site that teaches", ({ project }) => {
  build(project);
  assert.match(project.read("dist/index.html"), "guild run --");
  assert.match(project.read("dist/404.html"), "<h1");
  assert.equal(JSON.parse(project.read("dist/runs/index.json")).runs, []);
});

test("a dashboard that fails in any way costs its own page only, and says where", ({ project }) => {
  record(project);
  project.write("content/dashboards/good.mdx", "---\ntitle: Good one\n---\n\nAll is **well**: {1 + 1}\n");
  project.write("content/dashboards/syntax.mdx", "---\ntitle: Slip\n---\n\nHello <Foo {\n");
  project.write("content/dashboards/import.mdx", 'import X from "./nowhere.astro"\n\n<X />\n');
  project.write("content/dashboards/expression.mdx", "{nobody.there}\n");
  project.write("content/dashboards/matter.mdx", "---\ntitle: [\n---\n\nText\n");
  const stderr = build(project);
  assert.match(project.read("dist/dashboards/good/index.html"), "<strong>well</strong>: 2");
  assert.match(stderr, "content/dashboards/syntax.mdx line 5");
  for (const slug of ["syntax", "import", "expression", "matter"]) {
    assert.is(stderr.split("\n").filter((line) => line.includes(`content/dashboards/${slug}.mdx`)).length, 1, stderr);
    assert.match(project.read(`dist/dashboards/${slug}/index.html`), `content/dashboards/${slug}.mdx`);
  }
  assert.ok(project.has(page));
});

test("a page is made again when its run, its status or a person's words change, and only then", ({ project }) => {
  record(project);
  build(project);
  const old = new Date(1e12);
  utimesSync(join(project.root, page), old, old);
  project.write("content/runs/20260102T030406-0002/run.json", JSON.stringify(plainRun("20260102T030406-0002")));
  build(project);
  assert.is(modified(project), old.getTime(), "another run's arrival made this page again");
  project.write(`content/runs/${id}/edits.yml`, "label: a name of its own\n");
  build(project);
  assert.match(project.read(page), "a name of its own");
});

test("a guild.yml that changes makes every page again", ({ project }) => {
  record(project);
  build(project);
  project.write("guild.yml", "guildhall: {name: Quite another}\n");
  build(project);
  assert.match(project.read(page), "Quite another");
});

test("a deleted run, dashboard and public file go with the next build; a file of somebody else stays", ({ project }) => {
  record(project);
  project.write("content/public/data/table.csv", "a,b\n");
  project.write("content/dashboards/mine.mdx", "Text\n");
  build(project);
  assert.is(project.read("dist/data/table.csv"), "a,b\n");
  project.write("dist/CNAME", "example.org\n");
  for (const path of [`content/runs/${id}`, "content/public", "content/dashboards"])
    rmSync(join(project.root, path), { recursive: true });
  build(project);
  for (const path of [page, `dist/runs/${id}`, "dist/data", "dist/dashboards"]) assert.not.ok(project.has(path), path);
  assert.ok(project.has("dist/CNAME"));
});

test("hidden runs are published nowhere", ({ project }) => {
  record(project);
  project.write(`content/runs/${id}/edits.yml`, "hidden: true\n");
  build(project);
  assert.not.ok(existsSync(join(project.root, "dist/runs", id)));
  assert.not.match(project.read("dist/bundle.json"), id);
});

test("the path of the declared site stands before every link; a wrong one is refused", ({ project }) => {
  record(project);
  project.write("guild.yml", "guildhall: {site: 'https://ada.example/digits'}\n");
  build(project);
  assert.match(project.read("dist/index.html"), 'href="/digits/runs/"');
  const { status, stderr } = project.guild("build", "--base", "/../x/");
  assert.is(status, 2);
  assert.match(stderr, "/repo/");
});

test("writes nothing but dist and .guild", ({ project }) => {
  record(project);
  const before = project.read(`content/runs/${id}/run.json`);
  build(project);
  assert.is(project.read(`content/runs/${id}/run.json`), before);
  assert.not.ok(project.has(".astro"));
  assert.not.ok(project.has("dist/.prerender"));
  assert.not.ok(project.has("node_modules"));
});

function modified(project: TestProject): number {
  return Math.round(statSync(join(project.root, page)).mtimeMs);
}

test.run();
