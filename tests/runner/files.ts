/** Which test files there are, which were asked for, and how long each may take. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export interface TestFile {
  /** Relative to the repository, forward slashes. */
  path: string;
  timeoutSeconds: number;
}

/** What a file gets that does not ask for more with a line `// timeout: 300 s` near its top. */
const defaultTimeoutSeconds = 120;

/**
 * The `*.test.ts` files under `folder` of `root`, those that may take longest first, so that nobody waits for them at the end.
 *
 * With `filters`, only files whose path contains one of them; empty when none does. `fixtures` folders are left out.
 */
export function findTestFiles(root: string, folder: string, filters: readonly string[]): TestFile[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .map((name) => `${folder}/${name.replaceAll("\\", "/")}`)
    .filter((path) => path.endsWith(".test.ts") && !path.includes("/fixtures/"))
    .filter((path) => filters.length === 0 || filters.some((filter) => path.includes(filter.replaceAll("\\", "/"))))
    .map((path) => ({ path, timeoutSeconds: timeoutOf(readFileSync(join(root, path), "utf8")) }))
    .sort((a, b) => b.timeoutSeconds - a.timeoutSeconds || (a.path < b.path ? -1 : 1));
}

function timeoutOf(source: string): number {
  const asked = /^\/\/ timeout: (\d+) s$/m.exec(source.slice(0, 2000));
  return asked === null ? defaultTimeoutSeconds : Number(asked[1]);
}
