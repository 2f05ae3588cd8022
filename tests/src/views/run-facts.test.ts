import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Run } from "../../../src/run/types.ts";
import { runFacts } from "../../../src/views/run-facts.ts";
import { plainRun } from "../run/_plain-run.ts";

function said(name: string, more: Partial<Run>): string | undefined {
  const fact = runFacts({ ...plainRun(), ...more }, null).find((each) => each.name === name);
  return fact?.value.map((part) => part.text).join("");
}

const digest = "0123456789abcdef";
const states: [string, Run["code"], string][] = [
  ["a clean commit", { commit: "abcdef0123456", branch: "main", dirty: false, digest }, "commit abcdef0123 on main, clean"],
  [
    "changes after it",
    { commit: "abcdef0123456", branch: null, dirty: true, digest },
    "commit abcdef0123, with changes that were not committed",
  ],
  [
    "a repository that was too large to look at",
    { commit: "abcdef0123456", branch: "main", dirty: null, digest },
    "commit abcdef0123 on main",
  ],
  ["no commit yet", { commit: null, branch: "main", dirty: true, digest }, "no commit yet on main; sources 0123456789"],
  ["no git", { commit: null, branch: null, dirty: null, digest }, "not in git; sources 0123456789"],
  ["nothing", { commit: null, branch: null, dirty: null, digest: null }, "unknown"],
];
for (const [what, code, expected] of states) test(`says of the code: ${what}`, () => assert.is(said("Code", { code }), expected));

test("says that imported packages are only those with compiled modules", () => {
  assert.is(said("Imported", { imported: ["numpy", "torch"] }), "numpy, torch (compiled packages only)");
  assert.is(said("Imported", {}), undefined);
});

test.run();
