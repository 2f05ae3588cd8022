/** From `main` of an operation to the script that Python would start. */
import { statSync } from "node:fs";
import { join, resolve } from "node:path";

/**
 * The absolute path of a script `train.py` or of a module `pkg.train` (also `pkg/train`; a package is its `__main__`), looked for in
 * `folders` (absolute) in their order. Null for what is no Python, or not there: a module may be an installed one.
 */
export function scriptPlace(program: string, folders: readonly string[]): string | null {
  if (/\.py$/.test(program)) return folders.map((folder) => resolve(folder, program)).find(isFile) ?? null;
  if (/\.\w+$/.test(program) && !/^[\w./-]+$/.test(program)) return null;
  const below = program.replace(/^(?:\.\/)+/, "").replaceAll(".", "/");
  return folders.flatMap((folder) => [join(folder, `${below}.py`), join(folder, below, "__main__.py")]).find(isFile) ?? null;
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}
