import { rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { readProject } from "../../src/load/project.ts";
import { warnings } from "../../src/load/warnings.ts";
import type { Shell } from "../commands/_contract.ts";
import { loadAhead } from "./ahead.ts";
import { basePath } from "./base.ts";
import { astroConfig } from "./config.ts";
import { blameDashboard, type Dashboard, listDashboards } from "./dashboards.ts";
import { type DataThread, writeDataBeside } from "./data-thread.ts";
import { claimDist, finishDist, readDist } from "./dist.ts";
import { buildIntegration } from "./integration.ts";
import { lockBuild } from "./lock.ts";
import { progressLine } from "./progress.ts";
import { rememberResolutions } from "./resolutions.ts";
import { stageSite } from "./stage.ts";
import { templateVersion } from "./version.ts";

export interface BuildOptions {
  root: string;
  /** Relative to `root`, or absolute. */
  outDir: string;
  /** `/repo/`; by default the path of `guildhall: site:`. */
  base?: string | undefined;
  shell: Shell;
}

/**
 * Builds the site of a project into `outDir` and resolves to the exit code.
 *
 * Only `outDir` and `.guild/` are written. Pages whose inputs have not changed are left as they are; files of the last build
 * that no longer belong to the site are deleted. Broken runs and dashboards are said on stderr and cost only themselves.
 * Throws ToolError `foreign-dist`, `build-running`, `invalid-guild-file`.
 */
export async function build({ root, outDir: out, base, shell }: BuildOptions): Promise<number> {
  const startedMs = performance.now();
  const outDir = resolve(root, out);
  const project = readProject(root);
  const before = readDist(outDir);
  const stage = stageSite(root);
  const release = lockBuild(stage.cacheDir);
  const keepResolutions = rememberResolutions(stage.cacheDir);
  const progress = progressLine(shell.stderr);
  let data: DataThread | null = null;
  try {
    claimDist(outDir, before);
    data = writeDataBeside({ root, outDir });
    data.written.catch(() => {}); // awaited below; until then a failure must not count as unhandled
    const files = new Set<string>();
    let dashboards = listDashboards(root);
    const facts = { root, version: templateVersion(), live: false, project: () => project, dashboards: () => dashboards };
    const integrations = [buildIntegration({ files, onProgress: progress.update, onBundling: () => void loadAhead(root) })];
    const config = await astroConfig({ facts, stage, outDir, base: basePath(base, project.site), integrations });
    const { build: buildPages } = await import("astro");
    for (;;) {
      try {
        files.clear();
        await buildPages(config);
        break;
      } catch (error) {
        const blamed = blameDashboard(root, dashboards, error);
        if (blamed === null) throw error;
        dashboards = blamed;
      }
    }
    for (const path of await data.written) files.add(path);
    finishDist(outDir, before, files);
    keepResolutions();
    progress.end();
    sayWarnings(shell, dashboards);
    const pages = [...files].filter((path) => path.endsWith(".html")).length;
    shell.stderr.write(`Built ${pages} pages into ${out} in ${((performance.now() - startedMs) / 1000).toFixed(1)} s\n`);
    return 0;
  } finally {
    progress.end();
    await data?.stop(); // nothing may still be written when the lock is released
    // Astro leaves its server bundle behind when it fails.
    for (const leftover of [
      join(outDir, ".prerender"),
      join(stage.siteDir, ".prerender"),
      join(stage.siteDir, ".astro", ".prerender"),
    ]) {
      rmSync(leftover, { recursive: true, force: true });
    }
    release();
  }
}

function sayWarnings(shell: Shell, dashboards: Dashboard[]): void {
  for (const { file, message } of warnings())
    shell.stderr.write(`warning: ${message.startsWith(file) ? message : `${file}: ${message}`}\n`);
  for (const { problem } of dashboards) if (problem !== null) shell.stderr.write(`warning: ${problem}\n`);
}
