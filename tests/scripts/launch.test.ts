import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { launcher } from "./_project.ts";

/** Runs the launcher in a Node that says other things about itself. */
function launchIn(lie: string, ...words: string[]) {
  const preload = `data:text/javascript,${encodeURIComponent(lie)}`;
  return spawnSync(process.execPath, ["--import", preload, launcher, ...words], { encoding: "utf8" });
}

const versionIs = (version: string) =>
  `Object.defineProperty(process, "versions", { value: { ...process.versions, node: "${version}" } });`;

for (const version of ["12.22.0", "18.20.4", "20.19.0", "22.11.0"]) {
  test(`says in Node ${version} what to type`, () => {
    const { status, stdout, stderr } = launchIn(versionIs(version), "run", "--", "true");
    assert.is(status, 1);
    assert.is(stdout, "");
    assert.match(stderr, new RegExp(`needs Node 22\\.12 or newer; this is Node ${version.replaceAll(".", "\\.")}`));
    assert.match(stderr, /Type: npm install --global node@24/);
  });
}

for (const version of ["22.12.0", "24.0.0", "100.1.0"]) {
  test(`starts in Node ${version}`, () => assert.match(launchIn(versionIs(version), "--version").stdout, /^guildhall /));
}

test("says that a checkout needs a Node with TypeScript", () => {
  const words = ["--no-experimental-strip-types", launcher, "view", "--port", "1"];
  const { status, stderr } = spawnSync(process.execPath, words, { encoding: "utf8" });
  assert.is(status, 1);
  assert.match(stderr, /Type: npm run guild -- view --port 1/);
});

test("can be read by a Node that is far too old", () => {
  const code = readFileSync(launcher, "utf8")
    .replace(/\/\*.*?\*\//s, "")
    .replace(/\/\/.*$/gm, "");
  for (const newer of ["?.", "??", "||=", "&&=", "await ", "#", "import.meta.dirname", "node:", ".at(", "static {"]) {
    assert.not.ok(code.split("\n").slice(1).join("\n").includes(newer), newer);
  }
});

test.run();
