import { readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Facts, Probe } from "./_contract.ts";

export interface Sources {
  /** By file name, sorted: a file in this folder is a probe when its default export can be opened (and is for this system) … */
  probes: Record<string, Probe>;
  /** … and a file of facts when it can be read. */
  facts: Record<string, Facts>;
}

/**
 * Loads every probe and every file of facts in a folder: adding one is adding a file. Names that begin with `_` are not looked at.
 * Throws when a file exports neither, naming it.
 */
export async function scanProbes(folder: string = import.meta.dirname): Promise<Sources> {
  const files = (await readdir(folder)).filter((file) => /^[^_.].*(?<!\.d)\.[jt]s$/.test(file)).sort();
  const loaded = await Promise.all(files.map((file) => loadOne(join(folder, file))));
  const sources: Sources = { probes: {}, facts: {} };
  for (const one of loaded) {
    if ("probe" in one) {
      if (one.probe.platforms?.includes(process.platform) !== false) sources.probes[one.name] = one.probe;
    } else sources.facts[one.name] = one.facts;
  }
  return sources;
}

async function loadOne(path: string): Promise<{ name: string; probe: Probe } | { name: string; facts: Facts }> {
  const name = basename(path).replace(/\.[jt]s$/, "");
  const module: { default?: unknown } = await import(pathToFileURL(path).href);
  const exported = module.default;
  if (isProbe(exported)) return { name, probe: exported };
  if (isFacts(exported)) return { name, facts: exported };
  throw new Error(`${path} must export defineProbe(…) or defineFacts(…) as its default`);
}

function isProbe(value: unknown): value is Probe {
  return typeof value === "object" && value !== null && "open" in value && typeof value.open === "function";
}

function isFacts(value: unknown): value is Facts {
  return typeof value === "object" && value !== null && "read" in value && typeof value.read === "function";
}
