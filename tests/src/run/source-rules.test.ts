import { test } from "uvu";
import * as assert from "uvu/assert";
import { parseSourcecode } from "../../../src/load/guild-sourcecode.ts";
import { field } from "../../../src/load/yaml-read.ts";
import { parseYamlTree } from "../../../src/load/yaml-tree.ts";
import { selectSource } from "../../../src/run/source-rules.ts";

const paths = ["a.py", "data/labels.txt", "data/x.csv", "lib/b.py", "lib/deep/c.py", "notes.md"];
const usual = (path: string): boolean => !path.startsWith("data/");

function selected(yaml: string): string[] | null {
  const tree = parseYamlTree(yaml, "guild.yml");
  if (tree.kind !== "map") throw new Error("a map");
  const rules = parseSourcecode(field(tree, "sourcecode"), () => {});
  return rules && selectSource(paths, usual, rules);
}

const cases: [string, string, string[] | null][] = [
  ["nothing said leaves it to git", "sourcecode:", null],
  ["no is none", "sourcecode: no", []],
  ["off is none", "sourcecode: off", []],
  ["an empty list is none", "sourcecode: []", []],
  ["one pattern is all there is", "sourcecode: '*.py'", ["a.py", "lib/b.py", "lib/deep/c.py"]],
  ["a list of patterns too", "sourcecode: ['lib/*', '*.md']", ["lib/b.py", "lib/deep/c.py", "notes.md"]],
  [
    "maps add to what is usual",
    "sourcecode: [{include: data/labels.txt}]",
    ["a.py", "data/labels.txt", "lib/b.py", "lib/deep/c.py", "notes.md"],
  ],
  ["the last rule that matches wins", "sourcecode: [{exclude: '*.py'}, {include: a.py}]", ["a.py", "notes.md"]],
  ["folders with all that is in them", "sourcecode: [{exclude: {dir: lib}}]", ["a.py", "notes.md"]],
  [
    "text and binary",
    "sourcecode: [{exclude: {text: '*.md'}}, {exclude: {binary: '*.py'}}]",
    ["a.py", "lib/b.py", "lib/deep/c.py"],
  ],
  ["a root of its own", "sourcecode: {root: lib, select: ['*.py']}", ["lib/b.py", "lib/deep/c.py"]],
  ["a root alone", "sourcecode: {root: lib}", ["lib/b.py", "lib/deep/c.py"]],
  ["classes and single characters", "sourcecode: ['[a-b].p?', 'lib/[!b].py', 'lib/deep/**/?.py']", ["a.py", "lib/deep/c.py"]],
  ["a pattern that is none is a name", "sourcecode: ['[']", []],
];
for (const [what, yaml, expected] of cases) test(what, () => assert.equal(selected(yaml), expected));

test("says what was expected, and where", () => {
  assert.throws(() => selected("sourcecode: [{exlude: x}]"), /expected "include" or "exclude" for sourcecode, found "exlude"/);
  assert.throws(() => selected("sourcecode: [{include: {file: x}}]"), /expected dir, text or binary/);
});

test("many stars are not slow", () => {
  const started = performance.now();
  selectSource(["a".repeat(200)], () => true, {
    root: null,
    onlyRules: true,
    rules: [{ include: true, kind: "any", glob: `${"*a".repeat(60)}b` }],
  });
  assert.ok(performance.now() - started < 2000);
});

test.run();
