/** The packages of the design card do the work that they are made for, and every other one has a reason on paper. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { importsOf, packageOf } from "./_imports.ts";
import { read, repositoryFiles } from "./_tree.ts";

interface PackageFile {
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
  optionalDependencies: Record<string, string>;
}

// The one door: this repository's own package.json.
const manifest = JSON.parse(read("package.json")) as PackageFile;
const files = repositoryFiles().filter((path) => /\.(ts|mjs|astro|mdx)$/.test(path) && !path.startsWith("tests/fixtures/"));
const imported = (folder: RegExp) => new Set(files.filter((path) => folder.test(path)).flatMap(packagesOf));

test("the packages of the design card are at work in the product", () => {
  const used = imported(/^(src|scripts)\/|^astro\.config\.mjs$/);
  const card = ["astro", "@astrojs/mdx", "unified", "remark-parse", "d3", "glob", "yaml", "sharp"];
  assert.equal(
    card.filter((name) => !used.has(name)),
    [],
  );
  assert.ok(imported(/^tests\//).has("uvu"));
});

test("what the product imports is installed with it", () => {
  const shipped = imported(/^(src|scripts\/(?!bench\/)|astro\.config\.mjs$)/);
  const undeclared = [...shipped].filter((name) => !(name in manifest.dependencies) && !(name in manifest.optionalDependencies));
  assert.equal(undeclared, []);
});

test("every dependency is imported somewhere", () => {
  const used = imported(/./);
  const idle = Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies }).filter((name) => !used.has(name));
  assert.equal(idle, []);
});

test("CONTRIBUTING says of each dependency why it is here", () => {
  const paper = read("CONTRIBUTING.md");
  const silent = Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies, ...manifest.devDependencies }).filter(
    (name) => !paper.includes(`**${name}**`) && !paper.includes(`\`${name}\``),
  );
  assert.equal(silent, []);
});

test("the lock file holds what every platform needs, or npm ci refuses", () => {
  // The door: npm's lock file, of which only this is looked at.
  const { packages } = JSON.parse(read("package-lock.json")) as { packages: Record<string, Partial<PackageFile>> };
  const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter(
      (name) => !(`node_modules/${name}` in packages || `${path}/node_modules/${name}` in packages),
    ),
  );
  assert.equal(missing, []);
  const { dependencies = {}, devDependencies = {} } = packages[""] ?? {};
  assert.equal({ ...dependencies, ...devDependencies }, { ...manifest.dependencies, ...manifest.devDependencies });
});

test("astro is pinned to the version whose compiler can be had on every platform", () => {
  assert.is(manifest.dependencies.astro, "7.3.4");
});

test.run();

function packagesOf(path: string): string[] {
  return importsOf(read(path))
    .filter(({ typeOnly }) => !typeOnly)
    .map(({ specifier }) => specifier)
    .filter((specifier) => !/^(\.|virtual:|astro:|guildhall(\/|$))/.test(specifier))
    .map(packageOf)
    .filter((name) => name !== "node");
}
