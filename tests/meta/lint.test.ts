import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { root } from "./_tree.ts";

test("the formatter and linter finds nothing to say", () => {
  const biome = spawnSync(process.execPath, [join(root, "node_modules/@biomejs/biome/bin/biome"), "check", "--colors=off", "."], {
    cwd: root,
    encoding: "utf8",
  });
  assert.is(biome.status, 0, biome.stdout + biome.stderr);
});

test.run();
