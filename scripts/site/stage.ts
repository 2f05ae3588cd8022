import { existsSync, lstatSync, mkdirSync, readlinkSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { modulesDir } from "./package-dir.ts";

/** The folders in which Astro works for one project; all of them under the project's `.guild/`, which git ignores. */
export interface Stage {
  /** Astro's root: it writes its types here, and would otherwise write them into our (read-only, shared) package. */
  siteDir: string;
  cacheDir: string;
}

/**
 * Makes (or mends) the stage of a project. `node_modules` in it is a link to the folder that holds Astro, so that what is
 * bundled there finds its packages wherever Guildhall is installed: in the project, globally, or in npx's cache.
 */
export function stageSite(root: string): Stage {
  const guildDir = join(root, ".guild");
  const siteDir = join(guildDir, "site");
  const cacheDir = join(guildDir, "cache");
  mkdirSync(siteDir, { recursive: true });
  mkdirSync(cacheDir, { recursive: true });
  const ignore = join(guildDir, ".gitignore");
  if (!existsSync(ignore)) writeFileSync(ignore, "*\n");
  linkModules(join(siteDir, "node_modules"));
  return { siteDir, cacheDir };
}

function linkModules(link: string): void {
  if (lstatSync(link, { throwIfNoEntry: false }) !== undefined) {
    if (readlinkSync(link) === modulesDir) return;
    rmSync(link);
  }
  symlinkSync(modulesDir, link, "junction"); // "junction" needs no privilege on Windows and is ignored elsewhere
}
