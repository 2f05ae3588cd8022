/** The import rule: who may know of whom. One table, one test; a violation is named with file and line. */
import { posix } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { type Import, importsOf, packageOf } from "./_imports.ts";
import { read, repositoryFiles } from "./_tree.ts";

interface Rule {
  /** Folders whose files may be imported; a folder's own files always may. */
  folders: string[];
  /** Packages that may be imported, `*` for every declared one; `node` stands for Node's own modules. */
  packages: string[];
}

const site = ["src/run", "src/stats", "src/load", "src/views"];
const none: string[] = [];

/** The longest folder that a file lies in decides. */
const rules: Record<string, Rule> = {
  "src/run": { folders: ["src/stats"], packages: none },
  "src/stats": { folders: ["src/run"], packages: none },
  "src/views": { folders: ["src/run", "src/stats"], packages: none },
  "src/charts": { folders: ["src/run", "src/stats", "src/views"], packages: ["d3"] },
  "src/load": {
    folders: ["src/run", "src/stats"],
    packages: [
      "node",
      "yaml",
      "glob",
      "unified",
      "remark-parse",
      "remark-gfm",
      "remark-rehype",
      "rehype-sanitize",
      "rehype-stringify",
    ],
  },
  "src/components": { folders: ["src"], packages: ["astro", "virtual:guildhall", "node"] },
  "src/layouts": { folders: ["src"], packages: ["astro", "virtual:guildhall"] },
  "src/pages": { folders: ["src"], packages: ["astro", "virtual:guildhall", "node", "sharp"] },
  "src/client": { folders: ["src/run", "src/stats", "src/views", "src/charts"], packages: ["d3"] },
  "scripts/project": { folders: site, packages: ["node", "yaml", "glob"] },
  "scripts/record": { folders: [...site, "scripts/formats"], packages: ["node", "sharp", "koffi"] },
  "scripts/importers": { folders: [...site, "scripts/formats"], packages: ["node", "yaml", "glob"] },
  "scripts/formats": { folders: site, packages: ["node"] },
  "scripts/probes": { folders: site, packages: ["node", "koffi"] },
  "scripts/launchers": { folders: site, packages: ["node"] },
  "scripts/publishers": { folders: site, packages: ["node"] },
  "scripts/site": { folders: [...site, "src/charts"], packages: ["node", "astro", "@astrojs/mdx", "vite", "glob", "yaml"] },
  "scripts/demo": { folders: none, packages: ["node", "sharp"] },
  "scripts/bench": { folders: [...site, "scripts"], packages: ["*", "node"] },
  "scripts/commands": { folders: [...site, "src/charts", "scripts"], packages: ["node", "yaml"] },
  scripts: { folders: [...site, "scripts"], packages: ["node"] },
};

/** Shapes that one half of `scripts` declares and another fills; only their types may cross. */
const declarations = /^scripts\/(?:[a-z]+\/_contract|record\/plan)\.ts$/;

const sources = repositoryFiles().filter((path) => /^(src|scripts)\/.*(?<!\.d)\.(ts|mjs|astro)$/.test(path));

test("every folder imports only what the import rule allows", () => {
  assert.equal(sources.flatMap(violations), []);
});

test("every folder of src and scripts has a rule", () => {
  assert.equal(
    sources.filter((path) => ruleOf(path) === null),
    [],
  );
});

test("no module imports itself through others", () => {
  const graph = new Map(sources.map((path) => [path, dependenciesOf(path)]));
  assert.equal(cycles(graph), []);
});

test("the rule sees an import wherever it is written", () => {
  const source = [
    'import { a,\n  b } from "../charts/line.ts";',
    'import type { C } from "./c.ts";',
    'export * from "./d.ts";',
    'import "side-effect";',
    'const e = await import("node:fs");',
    'const f = import.meta.glob("./pages/*.ts");',
    '// not this one: import("g")',
  ].join("\n");
  assert.equal(
    importsOf(source).map(({ specifier, line, typeOnly }) => [specifier, line, typeOnly]),
    [
      ["../charts/line.ts", 2, false],
      ["./c.ts", 3, true],
      ["./d.ts", 4, false],
      ["side-effect", 5, false],
      ["node:fs", 6, false],
      ["./pages/*.ts", 7, false],
    ],
  );
});

test("the rule refuses what it is there to refuse", () => {
  assert.is(allowed("src/run/ids.ts", { specifier: "node:fs", line: 1, typeOnly: false }), false);
  assert.is(allowed("src/views/table.ts", { specifier: "../charts/line.ts", line: 1, typeOnly: false }), false);
  assert.is(allowed("src/client/live.ts", { specifier: "../load/run.ts", line: 1, typeOnly: true }), false);
  assert.is(allowed("src/pages/index.astro", { specifier: "../../scripts/site/build.ts", line: 1, typeOnly: false }), false);
  assert.is(allowed("scripts/record/record.ts", { specifier: "../site/build.ts", line: 1, typeOnly: false }), false);
  assert.is(allowed("scripts/record/plan.ts", { specifier: "../probes/_contract.ts", line: 1, typeOnly: true }), true);
  assert.is(allowed("scripts/record/record.ts", { specifier: "../probes/_contract.ts", line: 1, typeOnly: false }), false);
});

test.run();

function violations(path: string): string[] {
  return importsOf(read(path))
    .filter((found) => !allowed(path, found))
    .map(({ specifier, line }) => `${path}:${line} imports ${specifier}`);
}

function allowed(path: string, { specifier, typeOnly }: Import): boolean {
  const rule = ruleOf(path);
  if (rule === null) return true;
  if (!specifier.startsWith(".")) {
    const name = packageOf(specifier);
    return rule.packages.includes(name) || (rule.packages.includes("*") && name !== "node");
  }
  const target = posix.join(posix.dirname(path), specifier);
  if (typeOnly && declarations.test(target)) return true;
  if (!/^(src|scripts)\//.test(target))
    return /\.(css|json)$/.test(target) || /^(package\.json|astro\.config\.mjs)$/.test(target);
  return [folderOf(path) ?? "", ...rule.folders].some((folder) => within(target, folder)) || target.endsWith(".css");
}

/** `scripts` as an allowed folder means all of it; as a file's own folder, only the files that lie in it directly. */
function within(target: string, folder: string): boolean {
  return target.startsWith(`${folder}/`);
}

function folderOf(path: string): string | null {
  const folders = Object.keys(rules).filter((folder) => path.startsWith(`${folder}/`));
  return folders.sort((a, b) => b.length - a.length)[0] ?? null;
}

function ruleOf(path: string): Rule | null {
  const folder = folderOf(path);
  // A new folder of scripts needs a line of its own: only files directly in `scripts` fall under its rule.
  if (folder === "scripts" && path.split("/").length > 2) return null;
  return folder === null ? null : (rules[folder] ?? null);
}

function dependenciesOf(path: string): string[] {
  return importsOf(read(path))
    .filter(({ specifier, typeOnly }) => specifier.startsWith(".") && !typeOnly)
    .map(({ specifier }) => posix.join(posix.dirname(path), specifier));
}

/** One line for each cycle that a depth-first walk meets: `a.ts → b.ts → a.ts`. */
function cycles(graph: Map<string, string[]>): string[] {
  const done = new Set<string>();
  const found: string[] = [];
  const visit = (path: string, trail: string[]) => {
    if (trail.includes(path)) found.push([...trail.slice(trail.indexOf(path)), path].join(" → "));
    if (done.has(path) || trail.includes(path)) return;
    for (const next of graph.get(path) ?? []) visit(next, [...trail, path]);
    done.add(path);
  };
  for (const path of graph.keys()) visit(path, []);
  return found;
}
