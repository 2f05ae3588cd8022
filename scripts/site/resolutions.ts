import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import * as nodeModule from "node:module";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { isObject } from "../../src/run/shape.ts";
import { modulesDir } from "./package-dir.ts";
import { packageVersion } from "./version.ts";

/** What an import led to. */
interface Resolution {
  url: string;
  format: "module";
}

/**
 * Remembers from one build to the next where each import within `node_modules` leads.
 *
 * Astro and Vite are a thousand small modules, and Node spends a third of their loading (0.14 of 0.40 s, measured) on finding
 * out which file each import means. What was installed does not move between two builds: the memory is stamped with the lock
 * file that npm leaves in `node_modules`, and thrown away when that, Node or Guildhall changes, or when one of the files is
 * gone. Without the memory, or on a Node without hooks, everything is looked up as ever.
 *
 * Call it before the first import of Astro; what it gives back writes down what was new, and is called when the build is done.
 */
export function rememberResolutions(cacheDir: string): () => void {
  if (!("registerHooks" in nodeModule)) return () => {};
  const path = join(cacheDir, "resolutions.json");
  const stamp = installation();
  const known = readResolutions(path, stamp);
  const within = pathToFileURL(modulesDir).href;
  let found = 0;
  nodeModule.registerHooks({
    resolve(specifier, context, next) {
      const { parentURL } = context;
      // `require` is left to Node: it finds JSON and native code by other rules, and there is little of it.
      if (!parentURL?.startsWith(within) || context.conditions.includes("require")) return next(specifier, context);
      const key = `${specifier} ${parentURL}`;
      const remembered = known.get(key);
      if (remembered !== undefined) return { ...remembered, shortCircuit: true };
      const resolved = next(specifier, context);
      if (resolved.format === "module" && resolved.url.startsWith(within)) {
        known.set(key, { url: resolved.url, format: resolved.format });
        found += 1;
      }
      return resolved;
    },
  });
  return () => {
    if (found === 0) return;
    try {
      writeFileSync(path, JSON.stringify({ stamp, resolutions: [...known] }));
    } catch {
      // a memory that cannot be kept costs the next build a moment
    }
  };
}

/** What must be the same for a memory to hold. */
function installation(): string {
  const lock = statSync(join(modulesDir, ".package-lock.json"), { throwIfNoEntry: false }) ?? statSync(modulesDir);
  return [process.version, packageVersion(), modulesDir, lock.size, lock.mtimeMs].join(" ");
}

function readResolutions(path: string, stamp: string): Map<string, Resolution> {
  try {
    const raw: unknown = JSON.parse(readFileSync(path, "utf8"));
    if (!isObject(raw) || raw.stamp !== stamp || !Array.isArray(raw.resolutions)) return new Map();
    const known = new Map(raw.resolutions as [string, Resolution][]); // our own file, stamped by ourselves
    const files = new Set([...known.values()].map(({ url }) => url));
    return [...files].every((url) => existsSync(fileURLToPath(url))) ? known : new Map();
  } catch {
    return new Map(); // not there yet, or torn
  }
}
