/** What the papers say can be typed and followed. */
import { existsSync } from "node:fs";
import { join, posix } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { read, repositoryFiles, root } from "./_tree.ts";

const files = repositoryFiles();
const papers = files.filter((path) => /^[^/]+\.md$|^content\/docs\/.*\.mdx?$/.test(path));

test("the licence is Apache 2.0, here and in package.json", () => {
  assert.match(read("LICENSE"), /Apache License\s+Version 2\.0/);
  assert.is(JSON.parse(read("package.json")).license, "Apache-2.0");
});

test("the README shows the two commands of a fresh clone", () => {
  const readme = read("README.md");
  for (const command of ["npm ci && npm start", "npm cit"]) assert.ok(readme.includes(command), command);
});

test("every npm script that a paper names exists", () => {
  const scripts = new Set(Object.keys(JSON.parse(read("package.json")).scripts));
  const unknown = papers.flatMap((path) =>
    [...read(path).matchAll(/\bnpm run ([\w:-]+)/g)]
      .filter((match) => !scripts.has(match[1] ?? ""))
      .map((match) => `${path}: ${match[0]}`),
  );
  assert.equal(unknown, []);
});

test("every link of a paper leads to a file, and to a heading of it", () => {
  const broken = papers.flatMap((path) => {
    const targets = [...read(path).matchAll(/\]\(([^)\s]+)\)|(?:src|href)="([^"]+)"/g)].map(
      (match) => match[1] ?? match[2] ?? "",
    );
    return targets
      .filter((target) => !/^(https?:|mailto:)/.test(target) && !leadsSomewhere(path, target))
      .map((t) => `${path}: ${t}`);
  });
  assert.equal(broken, []);
});

test("every path that a paper sets in code exists", () => {
  const missing = papers.flatMap((path) =>
    [...read(path).matchAll(/`((?:src|scripts|tests|public|\.ci)\/[\w./-]+)`/g)]
      .map((match) => match[1] ?? "")
      .filter((target) => !existsSync(join(root, target)))
      .map((target) => `${path}: ${target}`),
  );
  assert.equal(missing, []);
});

test.run();

function leadsSomewhere(from: string, target: string): boolean {
  const [file = "", anchor] = target.split("#");
  const path = file === "" ? from : posix.normalize(posix.join(posix.dirname(from), file));
  if (!existsSync(join(root, path))) return false;
  return anchor === undefined || !path.endsWith(".md") || headings(path).includes(anchor);
}

/** Anchors as GitHub makes them: lower case, punctuation dropped, spaces to hyphens. */
function headings(path: string): string[] {
  return [...read(path).matchAll(/^#+ (.+)$/gm)].map((match) =>
    (match[1] ?? "")
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s-]/gu, "")
      .replace(/\s/g, "-"),
  );
}
