import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { trials } from "../../../../scripts/demo/gallery/trials.ts";
import { readGuildFile } from "../../../../src/load/project.ts";

const root = join(import.meta.dirname, "../../../..");

test("names are unique, and what is evaluated comes before its evaluation", () => {
  const names = trials.map(({ name }) => name);
  assert.is(new Set(names).size, names.length);
  trials.forEach(({ name, of }, i) => {
    if (of !== undefined) assert.ok(names.indexOf(of) >= 0 && names.indexOf(of) < i, `${name} of ${of}`);
  });
});

test("at least three ways to train, with three seeds each", () => {
  const completed = trials.filter(({ words, ends }) => words[0] === "train" && ends === "completed");
  const ways = completed.map(({ words }) => words.filter((word) => !word.startsWith("seed=")).join(" "));
  const thrice = [...new Set(ways)].filter((way) => ways.filter((other) => other === way).length >= 3);
  assert.ok(thrice.length >= 3, thrice.join("\n"));
});

test("every flag that is typed is one of guild.yml", () => {
  const { operations } = readGuildFile(root).models[0]!;
  for (const { words } of trials) {
    const [operation = "", ...others] = words;
    for (const word of others.filter((other) => other.includes("="))) {
      assert.ok(word.split("=")[0]! in operations[operation]!.flags, `${operation} ${word}`);
    }
  }
});

test.run();
