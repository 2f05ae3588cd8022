/** Tests about the tests: each runs, none is left focused, and each says where it belongs. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { read, repositoryFiles } from "./_tree.ts";

const tests = repositoryFiles().filter((path) => path.startsWith("tests/") && !path.startsWith("tests/fixtures/"));
const suites = tests.filter((path) => path.endsWith(".test.ts"));

test("every suite of every test file is run", () => {
  const missing = suites.flatMap((path) => {
    const source = read(path);
    // `const test = suite(…)`, with a context's type or without, and `const { browser, test } = await browserSuite(…)`.
    const made = /\bconst (?:\{[^}]*?(?=test\b))?(\w+)(?: \})? = (?:await )?(?:suite|\w+Suite)(?:<[^>]*>)?\(/g;
    const names = [...source.matchAll(made)].map((match) => match[1] ?? "");
    if (/import \{[^}]*\btest\b[^}]*\} from "uvu"/.test(source)) names.push("test");
    const forgotten = names.filter((name) => !new RegExp(`^\\s*${name}\\.run\\(\\);`, "m").test(source));
    return names.length === 0 ? [`${path} has no suite`] : forgotten.map((name) => `${path} never calls ${name}.run()`);
  });
  assert.equal(missing, []);
});

test("no test is left focused", () => {
  assert.equal(
    suites.filter((path) => /^\s*\w+\.only\(/m.test(read(path))),
    [],
  );
});

test("every file that uses uvu is one that the runner finds", () => {
  const strays = tests.filter((path) => path.endsWith(".ts") && !path.endsWith(".test.ts") && !/(^|\/)_/.test(path));
  assert.equal(
    strays.filter((path) => /from "uvu"/.test(read(path))),
    [],
  );
});

test("tests mirror the tree: a test of src or scripts stands where its subject stands", () => {
  const everything = new Set(repositoryFiles());
  const homeless = suites
    .filter((path) => /^tests\/(src|scripts)\//.test(path))
    .filter((path) => {
      const subject = path.replace(/^tests\//, "").replace(/\.test\.ts$/, "");
      const folder = subject.slice(0, subject.lastIndexOf("/"));
      const exact = [".ts", ".mjs", ".astro"].some((ending) => everything.has(subject + ending));
      return !exact && ![...everything].some((file) => file.startsWith(`${subject}/`) || file.startsWith(`${folder}/`));
    });
  assert.equal(homeless, []);
});

test.run();
