// timeout: 240 s
/** Four worlds for the compiler: Node, the pure part that knows neither Node nor DOM, the browser, and where Node drives one. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { root } from "./_tree.ts";

const worlds = {
  "everything that Node runs is well typed": ".",
  "run, stats, views and charts know neither Node nor the browser": "src/tsconfig.pure.json",
  "the browser's code is well typed and knows no Node": "src/client",
  "tests and figures that drive a browser are well typed": "tests/browser",
};

for (const [title, project] of Object.entries(worlds)) {
  test(title, () => {
    const tsc = spawnSync(
      process.execPath,
      [join(root, "node_modules/typescript/lib/tsc.js"), "-p", project, "--pretty", "false"],
      {
        cwd: root,
        encoding: "utf8",
      },
    );
    assert.is(tsc.stdout + tsc.stderr, "");
    assert.is(tsc.status, 0);
  });
}

test.run();
