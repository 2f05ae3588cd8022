/** The importers, found by scanning this folder: the file name is the importer's name. */
import { readdirSync } from "node:fs";
import { extname } from "node:path";
import { pathToFileURL } from "node:url";
import type { Importer } from "./_contract.ts";

const extension = extname(import.meta.url);

/** Those of trackers that leave event files of TensorBoard in their runs come first, so that they claim their folders. */
const FIRST = ["guild", "guild-original"];

export function importerNames(): string[] {
  const names = readdirSync(import.meta.dirname)
    .filter((file) => file.endsWith(extension) && !file.endsWith(`.d${extension}`) && !file.startsWith("_"))
    .map((file) => file.slice(0, -extension.length))
    .sort();
  return [...FIRST.filter((name) => names.includes(name)), ...names.filter((name) => !FIRST.includes(name))];
}

/** Name → importer, in the order in which they look at a folder. */
export async function scanImporters(): Promise<Map<string, Importer>> {
  const importers = new Map<string, Importer>();
  for (const name of importerNames()) {
    const module: { default: Importer } = await import(pathToFileURL(`${import.meta.dirname}/${name}${extension}`).href);
    importers.set(name, module.default);
  }
  return importers;
}
