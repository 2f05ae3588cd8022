import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { AstroInlineConfig, AstroIntegration } from "astro";
import { modulesDir, packageDir } from "./package-dir.ts";
import type { Stage } from "./stage.ts";
import { type SiteFacts, sitePlugin } from "./vite-plugin.ts";

export interface SiteConfig {
  facts: SiteFacts;
  stage: Stage;
  outDir: string;
  /** `/` or `/repo/`. */
  base: string;
  integrations: AstroIntegration[];
}

interface Declared {
  default: AstroInlineConfig;
  dashboardIntegrations: () => Promise<AstroIntegration[]>;
}

/** `astro.config.mjs` with the folders of one project; nothing is looked up in the directory where the command was typed. */
export async function astroConfig({ facts, stage, outDir, base, integrations }: SiteConfig): Promise<AstroInlineConfig> {
  // Not a static import: from `lib/` the file lies one level further up than from the sources.
  const file = pathToFileURL(join(packageDir, "astro.config.mjs")).href;
  const { default: declared, dashboardIntegrations } = (await import(file)) as Declared; // our own file
  // In the live view the first dashboard may come at any time.
  const forDashboards = facts.live || facts.dashboards().length > 0 ? await dashboardIntegrations() : [];
  // Astro would tell its makers about every build, and ask git who we are.
  process.env.ASTRO_TELEMETRY_DISABLED = "1";
  return {
    ...declared,
    configFile: false,
    logLevel: "silent",
    root: stage.siteDir,
    srcDir: join(packageDir, "src"),
    // A build writes our public files itself (a folder that is not there has none): Vite copies them with their mode.
    publicDir: facts.live ? join(packageDir, "public") : join(stage.siteDir, "public"),
    outDir,
    base,
    cacheDir: join(stage.cacheDir, "astro"),
    integrations: [...forDashboards, ...integrations],
    vite: {
      cacheDir: join(stage.cacheDir, "vite"),
      plugins: [sitePlugin(facts)],
      // A build's bundle runs from the output folder, where no package can be found: everything goes into it.
      // The live view runs from the stage, whose node_modules is ours, and needs none of that.
      ...(facts.live ? {} : { environments: { prerender: { resolve: { noExternal: true } } } }),
      // Pages that Astro reuses stay where they are in dist; what no page needs any more is pruned by our manifest.
      build: { emptyOutDir: false },
      server: { fs: { strict: true, allow: [join(packageDir, "src"), modulesDir, join(facts.root, "content")] } },
    },
  };
}
