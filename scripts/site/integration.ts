import type { AstroIntegration } from "astro";
import type { Plugin } from "vite";
import { DashboardFailure } from "./dashboards.ts";

/** What one build made, and how far it has come. */
export interface BuildLog {
  /** Paths relative to the output folder: `index.html`, `runs/<id>/index.html`, `_astro/….js`, `og/home.png`. */
  files: Set<string>;
  onProgress: (done: number, total: number) => void;
  /** Called when the bundler begins: until it is done there is time. */
  onBundling: () => void;
}

/** Watches a build from within: which files belong to it, how many pages are rendered, and which dashboard failed. */
export function buildIntegration(log: BuildLog): AstroIntegration {
  return {
    name: "guildhall:build",
    hooks: {
      "astro:config:setup": ({ updateConfig }) => {
        updateConfig({ vite: { plugins: [assetCollector(log.files)] } });
      },
      "astro:build:start": ({ setPrerenderer }) => {
        log.onBundling();
        setPrerenderer((standard) => {
          let total = 0;
          let done = 0;
          return {
            ...standard,
            getStaticPaths: async () => {
              const paths = await standard.getStaticPaths();
              total = paths.length;
              for (const { pathname } of paths) log.files.add(fileOf(pathname));
              return paths;
            },
            render: async (request, options) => {
              try {
                return await standard.render(request, options);
              } catch (error) {
                const slug = /\/dashboards\/([^/]+)\/$/.exec(new URL(request.url).pathname)?.[1];
                throw slug === undefined ? error : new DashboardFailure(decodeURIComponent(slug), error);
              } finally {
                log.onProgress(++done, total);
              }
            },
          };
        });
      },
    },
  };
}

/** `/runs/x/` → `runs/x/index.html`, `/404` → `404.html`, `/og/home.png` → itself. */
function fileOf(pathname: string): string {
  const path = pathname.replace(/^\/|\/$/g, "");
  if (path === "404") return "404.html";
  if (/\.\w+$/.test(path)) return path;
  return path === "" ? "index.html" : `${path}/index.html`;
}

/** Names of the scripts and styles that the bundler writes; the pages' own code is not among them. */
function assetCollector(files: Set<string>): Plugin {
  return {
    name: "guildhall:assets",
    generateBundle(_options, bundle) {
      for (const name of Object.keys(bundle)) if (name.startsWith("_astro/")) files.add(name);
    },
  };
}
