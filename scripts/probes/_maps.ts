/** Which files a process has loaded, from the list of what is mapped into its memory. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** So many processes are asked: the workers of one program load what its first processes load. */
const MOST_PROCESSES = 16;

/** The paths of all files that the processes have mapped, without double ones, in order of first appearance. What cannot be read is left out. */
export function mappedFiles(procRoot: string, pids: readonly number[]): string[] {
  const paths = new Set<string>();
  for (const pid of pids.slice(0, MOST_PROCESSES)) {
    for (const match of textOf(join(procRoot, String(pid), "maps")).matchAll(/\s(\/[^\n]+)$/gm)) {
      paths.add((match[1] ?? "").replace(/ \(deleted\)$/, ""));
    }
  }
  return [...paths];
}

function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return ""; // ended, or somebody else's
  }
}
