import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

/** The first program of this name on a PATH, absolute; a name with a folder in it as it is. Null when there is none. */
export function onPath(name: string, path: string | undefined): string | null {
  if (name.includes("/")) return existsSync(name) ? name : null;
  for (const folder of (path ?? "").split(delimiter))
    if (folder !== "" && existsSync(join(folder, name))) return join(folder, name);
  return null;
}
