/** The memory of where imports lead, in processes of their own: hooks cannot be taken back. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";

const test = suite<{ folder: string }>("resolutions");
test.before.each((context) => {
  context.folder = mkdtempSync(join(tmpdir(), "guildhall-resolutions-"));
});
test.after.each(({ folder }) => rmSync(folder, { recursive: true }));

const program = `
  const { rememberResolutions } = await import(${JSON.stringify(new URL("../../../scripts/site/resolutions.ts", import.meta.url).href)});
  const keep = rememberResolutions(process.argv[1]);
  const { unified } = await import("unified");
  keep();
  process.stdout.write(typeof unified().use);
`;

/** Loads a package of many modules with the memory in `folder`; gives back what it found there to be. */
function load(folder: string): string {
  const cwd = fileURLToPath(new URL("../../..", import.meta.url));
  return execFileSync(process.execPath, ["--input-type=module", "-e", program, folder], { cwd, encoding: "utf8" });
}

function memory(folder: string): { stamp: string; resolutions: [string, { url: string; format: string }][] } {
  return JSON.parse(readFileSync(join(folder, "resolutions.json"), "utf8"));
}

test("what was looked up is remembered, and nothing is written when nothing was new", ({ folder }) => {
  assert.is(load(folder), "function");
  const first = memory(folder);
  assert.ok(first.resolutions.length > 5);
  for (const [key, { url }] of first.resolutions) {
    assert.ok(existsSync(fileURLToPath(url)), key);
  }
  const { mtimeMs } = statSync(join(folder, "resolutions.json"));
  assert.is(load(folder), "function");
  assert.is(statSync(join(folder, "resolutions.json")).mtimeMs, mtimeMs);
});

test("the memory is used: an entry that leads elsewhere is followed", ({ folder }) => {
  load(folder);
  const known = memory(folder);
  const decoy = join(folder, "decoy.mjs");
  writeFileSync(decoy, "export const nothing = 0;\n");
  known.resolutions[0]![1].url = new URL(`file://${decoy}`).href;
  writeFileSync(join(folder, "resolutions.json"), JSON.stringify(known));
  assert.throws(() => load(folder), /does not provide an export/);
});

test("a memory of another installation, one with a file that is gone, and a torn one count for nothing", ({ folder }) => {
  load(folder);
  const good = memory(folder);
  const path = join(folder, "resolutions.json");
  const gone = structuredClone(good);
  gone.resolutions[0]![1].url = new URL(`file://${join(folder, "gone.mjs")}`).href;
  for (const text of [JSON.stringify({ ...gone }), JSON.stringify({ ...gone, stamp: "another" }), "{", "[]", ""]) {
    writeFileSync(path, text);
    assert.is(load(folder), "function", text.slice(0, 40));
    assert.equal(memory(folder).resolutions.length, good.resolutions.length);
  }
});

test("a folder that cannot be written costs nothing but time", ({ folder }) => {
  assert.is(load(join(folder, "not", "there")), "function");
});

test.run();
