import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { globSync } from "glob";
import { packageDir } from "./package-dir.ts";

/** The version in package.json. */
export function packageVersion(): string {
  const { version } = JSON.parse(readFileSync(join(packageDir, "package.json"), "utf8")) as { version: string }; // ours
  return version;
}

/**
 * The package's version and a digest of its templates' sizes and times: part of every page's cache key. The version alone
 * would do for an installed package, but not for somebody who is writing a template.
 */
export function templateVersion(): string {
  const cwd = join(packageDir, "src");
  const hash = createHash("sha256");
  for (const name of globSync("**/*.*", { cwd, posix: true, nodir: true }).sort()) {
    const { size, mtimeMs } = statSync(join(cwd, name));
    hash.update(`${name} ${size} ${mtimeMs}\n`);
  }
  return `${packageVersion()}-${hash.digest("hex").slice(0, 12)}`;
}
