import { existsSync } from "node:fs";
import { join, relative } from "node:path";
import { globSync } from "glob";
import { parseEnvironment } from "../run/environment-file.ts";
import type { Environment } from "../run/types.ts";
import { readJson } from "./json.ts";
import { warn } from "./warnings.ts";

/** All environments of a project by digest, in order of digest; a broken file is skipped with a warning. */
export function readEnvironments(root: string): Map<string, Environment> {
  const names = globSync("*.json", { cwd: folder(root), posix: true }).sort();
  const environments = new Map<string, Environment>();
  for (const name of names) {
    const environment = readEnvironment(root, name.slice(0, -".json".length));
    if (environment !== null) environments.set(environment.digest, environment);
  }
  return environments;
}

/** One environment, or null when its file is missing or (with a warning) broken. */
export function readEnvironment(root: string, digest: string): Environment | null {
  // The digest comes from a run's file, which may be anybody's: it never leaves the folder.
  if (!/^[\w-]+$/.test(digest)) return null;
  const path = join(folder(root), `${digest}.json`);
  if (!existsSync(path)) return null;
  try {
    return parseEnvironment(readJson(root, path));
  } catch (error) {
    warn(relative(root, path), error);
    return null;
  }
}

function folder(root: string): string {
  return join(root, "content", "environments");
}
