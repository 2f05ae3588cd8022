import { readdirSync, readFileSync } from "node:fs";

export interface ProcessTree {
  /** Looks at the system again. */
  refresh(): void;
  /** Members that are there now, the command itself first. Empty when all have ended. */
  pids(): readonly number[];
}

/**
 * The processes that belong to a run: the command, its descendants, processes of sessions that they began, and processes with
 * the run's id in their environment. Whoever belongs once belongs until its end, so workers that were given a new parent stay
 * counted. Linux only; elsewhere the tree is the command alone.
 */
export function makeProcessTree(pid: number, runId: string, procRoot: string): ProcessTree {
  const members = new Map<number, true>([[pid, true]]);
  const others = new Set<number>();
  const mark = `GUILD_RUN_ID=${runId}`;

  const belongs = (candidate: number): boolean => {
    const stat = readText(`${procRoot}/${candidate}/stat`);
    if (stat === null) return false;
    const [, parent, , session] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    if (members.has(Number(parent))) return true;
    if (Number(session) !== 0 && members.has(Number(session))) return true;
    return readText(`${procRoot}/${candidate}/environ`)?.split("\0").includes(mark) ?? false;
  };

  return {
    refresh() {
      const present = presentPids(procRoot);
      if (present === null) return;
      for (const gone of [...members.keys()].filter((member) => !present.has(member))) members.delete(gone);
      for (const gone of [...others].filter((other) => !present.has(other))) others.delete(gone);
      // Ascending: parents mostly come before their children.
      for (const candidate of present) {
        if (members.has(candidate) || others.has(candidate) || candidate === process.pid) continue;
        if (belongs(candidate)) members.set(candidate, true);
        else others.add(candidate);
      }
    },
    pids: () => [...members.keys()],
  };
}

function presentPids(procRoot: string): Set<number> | null {
  try {
    return new Set(readdirSync(procRoot).flatMap((name) => (/^\d+$/.test(name) ? [Number(name)] : [])));
  } catch {
    return null; // no /proc here
  }
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null; // ended, or somebody else's
  }
}
