import { readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Format } from "./_contract.ts";

/**
 * Loads every format in a folder, by file name, sorted: adding one is adding a file. Names that begin with `_` are not looked at.
 * Throws when a file exports no format, naming it.
 */
export async function scanFormats(folder: string = import.meta.dirname): Promise<Record<string, Format>> {
  const files = (await readdir(folder)).filter((file) => /^[^_.].*(?<!\.d)\.[jt]s$/.test(file)).sort();
  const loaded = await Promise.all(
    files.map(async (file): Promise<[string, Format]> => {
      const module: { default?: unknown } = await import(pathToFileURL(join(folder, file)).href);
      if (!isFormat(module.default)) throw new Error(`${join(folder, file)} must export defineFormat(…) as its default`);
      return [basename(file).replace(/\.[jt]s$/, ""), module.default];
    }),
  );
  return Object.fromEntries(loaded);
}

function isFormat(value: unknown): value is Format {
  return typeof value === "object" && value !== null && "recognises" in value && "open" in value;
}
