import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The directory of this package, whether this file runs as `scripts/site/*.ts` or as `lib/scripts/site/*.js`. */
export const packageDir: string = findUp(dirname(fileURLToPath(import.meta.url)), "astro.config.mjs");

/** The `node_modules` that holds Astro: beside us when installed, inside us in development. */
export const modulesDir: string = dirname(dirname(createRequire(import.meta.url).resolve("astro/package.json")));

function findUp(start: string, name: string): string {
  for (let folder = start; folder !== dirname(folder); folder = dirname(folder))
    if (existsSync(join(folder, name))) return folder;
  throw new Error(`missing ${name} above ${start}: the package is incomplete`);
}
