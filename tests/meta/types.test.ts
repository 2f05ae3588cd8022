// timeout: 240 s
/** Three compilers' worlds: the whole, the pure part without Node and DOM, and the browser's. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { root } from "./_tree.ts";

const worlds = {
  "everything that Node runs is well typed": ".",
  "run, stats, views and charts know neither Node nor the browser": "src/tsconfig.pure.json",
  "the browser's code is well typed and knows no Node": "src/client",
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
