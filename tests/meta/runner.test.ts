// timeout: 60 s
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { findTestFiles } from "../runner/files.ts";
import { runFile } from "../runner/run-file.ts";

const root = join(import.meta.dirname, "../..");
const run = (name: string, timeoutSeconds = 30) => runFile(root, { path: `tests/fixtures/suites/${name}.ts`, timeoutSeconds });

test("counts what passed and what was skipped", async () => {
  const { passed, failed, skipped, trouble } = await run("passes");
  assert.equal({ passed, failed, skipped, trouble }, { passed: 2, failed: 0, skipped: 1, trouble: null });
});

test("counts what failed and keeps what it printed", async () => {
  const { passed, failed, trouble, output } = await run("fails");
  assert.equal({ passed, failed, trouble }, { passed: 1, failed: 1, trouble: null });
  assert.match(output, "does not hold");
});

test("a file that never calls .run() fails", async () => {
  const { failed, trouble } = await run("never-run");
  assert.is(failed, 1);
  assert.match(trouble ?? "", "never calls .run()");
});

test("a file without a test fails", async () => {
  const { failed, trouble } = await run("holds-no-test");
  assert.is(failed, 1);
  assert.match(trouble ?? "", "holds no test");
});

test("tests behind a hook that throws have failed", async () => {
  const { passed, failed, output } = await run("hook-throws");
  assert.equal({ passed, failed }, { passed: 0, failed: 2 });
  assert.match(output, "2 of 2 tests never ran");
});

test("a process that ends before its last test fails, with code 0 too", async () => {
  const { failed, trouble } = await run("exits-early");
  assert.is(failed, 1);
  assert.match(trouble ?? "", "never finished");
});

test("a promise that never settles fails", async () => {
  const { failed, trouble } = await run("promise-without-end");
  assert.is(failed, 1);
  assert.match(trouble ?? "", "ended with code 13");
});

test("a file that cannot be loaded fails and says why", async () => {
  const { failed, output } = await run("cannot-be-read");
  assert.is(failed, 1);
  assert.match(output, "no-such-file");
});

test("a file that hangs is killed together with what it started", async () => {
  const { failed, trouble, output } = await run("hangs", 2);
  assert.is(failed, 1);
  assert.match(trouble ?? "", "took longer than 2 s");
  const grandchild = Number(/grandchild (\d+)/.exec(output)?.[1]);
  await gone(grandchild);
});

test("without a browser its tests are skipped and the reason said; with CI=true they fail with it", async () => {
  const { CHROME_PATH, CI } = process.env;
  try {
    process.env.CHROME_PATH = "/nowhere/chrome";
    delete process.env.CI;
    const skipped = await run("needs-browser");
    assert.equal([skipped.passed, skipped.failed, skipped.skipped], [0, 0, 1]);
    assert.match(skipped.skipReasons.join(), /No Chrome or Chromium could be started.*\/nowhere\/chrome/);
    process.env.CI = "true";
    const failed = await run("needs-browser");
    assert.equal([failed.passed, failed.failed, failed.skipped], [0, 1, 0]);
    assert.match(failed.output, "No Chrome or Chromium could be started");
  } finally {
    Object.assign(process.env, { CHROME_PATH, CI });
    if (CHROME_PATH === undefined) delete process.env.CHROME_PATH;
    if (CI === undefined) delete process.env.CI;
  }
});

test("words that match no file fail", () => {
  const { status, stdout } = spawnSync(process.execPath, ["tests/run.ts", "no-such-test"], { cwd: root, encoding: "utf8" });
  assert.is(status, 1);
  assert.match(stdout, /0 passed, 1 failed\n$/);
});

test("words choose files by path, and a file may ask for more time", () => {
  const files = findTestFiles(root, "tests", ["meta/runner"]);
  assert.equal(files, [{ path: "tests/meta/runner.test.ts", timeoutSeconds: 60 }]);
});

test.run();

/** Resolves when the process has ended; a zombie that nobody reaps counts as ended. The file's own timeout bounds the wait. */
async function gone(pid: number): Promise<void> {
  const { readFileSync } = await import("node:fs");
  for (;;) {
    try {
      if (/\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"))) return;
      process.kill(pid, 0);
    } catch {
      return;
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
}
