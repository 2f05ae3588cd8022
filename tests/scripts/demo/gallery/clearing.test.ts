import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import {
  rememberRun,
  removeEarlierGalleries,
  removeUnusedEnvironments,
  uncommitted,
} from "../../../../scripts/demo/gallery/clearing.ts";
import { runIds } from "../../../../scripts/demo/gallery/record-trial.ts";

const committed = "20260101T000000-aaaa";
const forgotten = "20260102T000000-bbbb";
const own = "20260103T000000-cccc";

const test = suite("clearing");
let root = "";
test.before.each(() => {
  root = mkdtempSync(join(tmpdir(), "guildhall-clearing-"));
  execFileSync("git", ["init", "--quiet"], { cwd: root });
  putRun(root, committed, "env-old");
  put(root, "code.ts", "1");
  execFileSync("git", ["add", "."], { cwd: root });
  putRun(root, forgotten, "env-old");
  putRun(root, own, "env-own");
});
test.after.each(() => rmSync(root, { recursive: true }));

function put(root: string, path: string, content: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

function putRun(root: string, id: string, environment: string): void {
  put(root, `content/runs/${id}/run.json`, JSON.stringify({ id, environment }));
  put(root, `content/environments/${environment}.json`, "{}");
}

test("the committed gallery and the one before go, a person's own runs stay", () => {
  rememberRun(root, forgotten);
  removeEarlierGalleries(root, []);
  assert.equal(runIds(root), [own]);
});

test("without a list only the committed ones go", () => {
  removeEarlierGalleries(root, []);
  assert.equal(runIds(root), [forgotten, own]);
});

test("the new gallery stays, and is the earlier one the next time", () => {
  rememberRun(root, forgotten);
  removeEarlierGalleries(root, [forgotten]);
  assert.equal(runIds(root), [forgotten, own]);
  removeEarlierGalleries(root, []);
  assert.equal(runIds(root), [own]);
});

test("an environment goes with the last record that refers to it", () => {
  removeUnusedEnvironments(root);
  assert.equal(readdirSync(join(root, "content/environments")).sort(), ["env-old.json", "env-own.json"]);
  rememberRun(root, forgotten);
  removeEarlierGalleries(root, []);
  removeUnusedEnvironments(root);
  assert.equal(readdirSync(join(root, "content/environments")), ["env-own.json"]);
});

test("changes beside the records are seen, records are not", () => {
  const commit = ["-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "--quiet", "--message", "all"];
  execFileSync("git", commit, { cwd: root });
  assert.is(uncommitted(root), "");
  put(root, "code.ts", "2");
  put(root, "new.ts", "3");
  assert.is(uncommitted(root), " M code.ts\n?? new.ts");
});

test.run();
