import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { filesUnder, findExcess, findMarks, folderBytes } from "../../../../scripts/demo/gallery/budget.ts";

const test = suite("budget");
let root = "";
test.before.each(() => {
  root = mkdtempSync(join(tmpdir(), "guildhall-budget-"));
});
test.after.each(() => rmSync(root, { recursive: true }));

function put(root: string, path: string, content: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

test("files are listed through all folders, and their bytes added up", () => {
  put(root, "run.json", "12345");
  put(root, "images/a.webp", "123");
  assert.equal(filesUnder(root), ["images/a.webp", "run.json"]);
  assert.is(folderBytes(root), 8);
});

test("a run above its budget is named, and so are all of them together", () => {
  put(root, "content/runs/a/series.json", "x".repeat(100 * 1024));
  assert.equal(findExcess(root, ["a"]), []);
  put(root, "content/runs/b/series.json", "x".repeat(1024 * 1024));
  put(root, "content/runs/c/series.json", "x".repeat(1024 * 1024));
  assert.equal(findExcess(root, ["a", "b", "c"]), [
    "content/runs/b has 1048576 bytes, more than 102400",
    "content/runs/c has 1048576 bytes, more than 102400",
    "all runs together have 2199552 bytes, more than 1572864",
  ]);
});

test("a mark is found in text and in pictures, as a word of its own", () => {
  put(root, "runs/a/output.txt", "written by ada@vm in /srv/ada/project");
  put(root, "runs/a/images/b.webp", "RIFF\0\xff /srv/ada/ vm \0");
  put(root, "runs/a/run.json", '{"cpu":"svmlight avm vmx"}');
  assert.equal(findMarks(root, ["runs"], ["vm", "/srv/ada/", "ada@", ""]), [
    'runs/a/images/b.webp holds "/srv/ada/"',
    'runs/a/output.txt holds "vm"',
    'runs/a/output.txt holds "/srv/ada/"',
    'runs/a/output.txt holds "ada@"',
  ]);
});

test.run();
