import { suite } from "uvu";
import * as assert from "uvu/assert";
import { readRunData } from "../../../src/load/run.ts";
import { readRun, readRuns } from "../../../src/load/runs.ts";
import { warnings } from "../../../src/load/warnings.ts";
import { type Folder, makeFolder, plainRun } from "./_project.ts";

const test = suite<{ folder: Folder }>("runs");
test.before.each((context) => {
  context.folder = makeFolder();
  warnings().length = 0;
});
test.after.each(({ folder }) => folder.remove());

const early = "20260102T030405-0001";
const late = "20260102T030406-0002";

test("stand newest first; a project without any has none", ({ folder }) => {
  assert.equal(readRuns(folder.root), []);
  folder.record(plainRun(early));
  folder.record(plainRun(late, { started: "2026-01-02T03:04:06.000Z" }));
  assert.equal(
    readRuns(folder.root).map(({ id }) => id),
    [late, early],
  );
  assert.equal(warnings(), []);
});

test("a broken one is skipped with one warning that names file and line", ({ folder }) => {
  folder.record(plainRun(early));
  folder.write(`content/runs/${late}/run.json`, '{\n  "schema": 1,\n  "id": oops\n}\n');
  assert.is(readRuns(folder.root).length, 1);
  assert.is(readRuns(folder.root).length, 1);
  assert.is(warnings().length, 1);
  assert.is(warnings()[0]?.file, `content/runs/${late}/run.json`);
  assert.is(warnings()[0]?.line, 3);
});

test("a file that was cut short is broken in its last line", ({ folder }) => {
  folder.write(`content/runs/${late}/run.json`, '{\n  "schema": 1,\n  "id": "x');
  assert.equal(readRuns(folder.root), []);
  assert.is(warnings()[0]?.line, 3);
});

test("a folder whose record names another run is not believed", ({ folder }) => {
  folder.write(`content/runs/${late}/run.json`, JSON.stringify(plainRun(early)));
  assert.equal(readRuns(folder.root), []);
  assert.match(warnings()[0]?.message ?? "", early);
});

test("a person's edits win, and hidden runs are left out of lists", ({ folder }) => {
  folder.record(plainRun(early, { label: "old", tags: ["a"] }));
  folder.write(`content/runs/${early}/edits.yml`, "label: new\nstarred: true\n");
  assert.is(readRuns(folder.root)[0]?.label, "new");
  assert.is(readRuns(folder.root)[0]?.starred, true);
  folder.write(`content/runs/${early}/edits.yml`, "hidden: true\n");
  assert.equal(readRuns(folder.root), []);
  assert.is(readRun(folder.root, early)?.hidden, true);
});

test("edits that are not YAML are left out with a warning, and the run stays", ({ folder }) => {
  folder.record(plainRun(early, { label: "old" }));
  folder.write(`content/runs/${early}/edits.yml`, "label: [\n");
  assert.is(readRuns(folder.root)[0]?.label, "old");
  assert.is(warnings()[0]?.file, `content/runs/${early}/edits.yml`);
});

test("a record from elsewhere that has been silent too long is lost", ({ folder }) => {
  folder.record(plainRun(early, { status: "running", exitCode: null, stopped: null }));
  assert.is(readRuns(folder.root)[0]?.status, "lost");
  folder.record(plainRun(early, { status: "running", exitCode: null, stopped: null, updated: new Date().toISOString() }));
  assert.is(readRuns(folder.root)[0]?.status, "running");
});

test("a broken series costs the charts and not the page", ({ folder }) => {
  folder.record(plainRun(early));
  folder.write(`content/runs/${early}/series.json`, '{"schema":1,"series":');
  folder.write(`content/runs/${early}/notes.md`, "# Why\n\n<script>alert(1)</script> because [it](javascript:alert(1))\n");
  const data = readRunData(folder.root, early);
  assert.equal(data.series, []);
  assert.is(warnings()[0]?.file, `content/runs/${early}/series.json`);
  assert.match(data.notesHtml ?? "", /<h1[^>]*>Why<\/h1>/);
  assert.not.match(data.notesHtml ?? "", /script/);
});

test("asking for a run that is not there says what to type", ({ folder }) => {
  assert.throws(() => readRunData(folder.root, early), /There is no run 20260102T030405-0001/);
});

test.run();
