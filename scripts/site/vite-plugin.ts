import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Plugin } from "vite";
import type { Project } from "../../src/run/types.ts";
import type { Dashboard } from "./dashboards.ts";
import { packageDir } from "./package-dir.ts";

export interface SiteFacts {
  root: string;
  version: string;
  live: boolean;
  project: () => Project;
  dashboards: () => Dashboard[];
}

const own = createRequire(import.meta.url);

const manifest = JSON.parse(readFileSync(join(packageDir, "package.json"), "utf8")) as { dependencies: Record<string, string> }; // ours
const ownDependencies = new Set(Object.keys(manifest.dependencies).filter((name) => !/^astro$|^@astrojs\//.test(name)));

/**
 * Gives the pages their project (`virtual:guildhall`), people's dashboards (`virtual:guildhall/dashboards`), and lets files
 * of the project import what only Guildhall has installed: its own name, and the packages that MDX compiles to.
 */
export function sitePlugin(facts: SiteFacts): Plugin {
  return {
    name: "guildhall:site",
    enforce: "pre",
    async resolveId(source, importer, options) {
      if (source === "virtual:guildhall" || source === "virtual:guildhall/dashboards") return `\0${source}`;
      // Astro takes a path that shares no folder with its root for one below the root. With the package in /usr/lib and the
      // project in /home the scripts and styles of our components would not be found; "/@fs" tells it that the path is whole.
      if (/\.astro\?astro&/.test(source) && source.startsWith(packageDir)) return `/@fs${source}`;
      if (source.startsWith(".") && importer?.startsWith("/@fs/")) {
        return this.resolve(source, importer.slice("/@fs".length), { ...options, skipSelf: true });
      }
      if (source.startsWith("guildhall/")) return join(packageDir, "src", source.slice("guildhall/".length));
      if (facts.live === false && this.environment.name === "prerender" && isOwnDependency(source)) {
        // Not bundled, and by its place on disk: the bundle runs from a folder in which no package can be found.
        return { id: import.meta.resolve(source), external: true };
      }
      if (importer === undefined || !isBare(source) || !importer.startsWith(join(facts.root, "content"))) return null;
      // A dashboard lies in somebody's repository, where neither astro nor its runtime is installed.
      return this.resolve(source, own.resolve("astro/package.json"), { ...options, skipSelf: true });
    },
    renderChunk(code) {
      // Astro declares sharp external by its bare name before any plugin is asked; from the bundle's folder that name means nothing.
      if (facts.live || !code.includes("sharp")) return null;
      return code.replace(
        /(\bfrom\s*|\bimport\s*\()(["'`])sharp\2/g,
        (_, before: string) => before + JSON.stringify(import.meta.resolve("sharp")),
      );
    },
    load(id) {
      if (id === "\0virtual:guildhall") return projectModule(facts);
      if (id === "\0virtual:guildhall/dashboards") return dashboardsModule(facts.dashboards());
      return null;
    },
  };
}

/** The packages that pages use in Node. Astro and its integrations are bundled with the pages. */
function isOwnDependency(source: string): boolean {
  const name = /^(@[\w.-]+\/)?[\w.-]+/.exec(source)?.[0];
  return name !== undefined && ownDependencies.has(name);
}

function isBare(source: string): boolean {
  return /^(@[\w.-]+\/)?[\w.-]+(\/|$)/.test(source) && !source.startsWith(".");
}

function projectModule({ root, version, live, project }: SiteFacts): string {
  return Object.entries({ root, version, live, project: project() })
    .map(([name, value]) => `export const ${name} = ${JSON.stringify(value)};`)
    .join("\n");
}

function dashboardsModule(dashboards: Dashboard[]): string {
  const entries = dashboards.map(({ slug, title, path, problem }) => {
    const head = `slug: ${JSON.stringify(slug)}, title: ${JSON.stringify(title)}`;
    return problem === null
      ? `{ ${head}, load: () => import(${JSON.stringify(path)}) }`
      : `{ ${head}, problem: ${JSON.stringify(problem)} }`;
  });
  return `export const dashboards = [${entries.join(",\n")}];`;
}
