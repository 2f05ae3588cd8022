import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { readGuildFile, readProject } from "../../../src/load/project.ts";

const project = suite<{ root: string }>("project");

project.before.each((context) => {
  const folder = mkdtempSync(join(tmpdir(), "guildhall-project-"));
  context.root = join(folder, "my digits");
  mkdirSync(context.root);
});

project.after.each(({ root }) => rmSync(join(root, ".."), { recursive: true }));

project("has defaults for everything where there is no guild.yml", ({ root }) => {
  assert.equal(readProject(root), {
    name: "my digits",
    site: null,
    metrics: {},
    nuisance: ["seed", "random_seed", "random-seed", "data_dir", "data-dir"],
    colors: {},
    operations: {},
  });
  assert.is(readGuildFile(root).path, null);
});

project("takes what the site needs from guild.yml", ({ root }) => {
  writeFileSync(
    join(root, "guild.yml"),
    "\uFEFFtrain: {description: Teach it}\nguildhall: {name: Digits, nuisance: [], metrics: {acc: max}}\n",
  );
  const { name, nuisance, metrics, operations } = readProject(root);
  assert.equal({ name, nuisance }, { name: "Digits", nuisance: [] });
  assert.equal(metrics, { acc: { goal: "max", unit: null, primary: false } });
  assert.equal(operations, { train: { description: "Teach it" } });
});

project("says file, line and column of a fault", ({ root }) => {
  writeFileSync(join(root, "guild.yml"), "train:\n  mian: x\n");
  assert.throws(() => readProject(root), /^guild\.yml:2:3: expected a key of operation train/);
});

project("says that a guild.yml cannot be read", ({ root }) => {
  mkdirSync(join(root, "guild.yml"));
  assert.throws(() => readProject(root), /guild\.yml could not be read/);
});

project.run();
