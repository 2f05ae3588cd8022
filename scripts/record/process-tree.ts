import { readdirSync } from "node:fs";
import { readStat } from "../../src/load/process-stat.ts";
import { readSmallFile } from "../../src/load/small-file.ts";

export interface ProcessTree {
  /** Looks at the system again. */
  refresh(): void;
  /** Members that are there now, the command itself first. Empty when all have ended. */
  pids(): readonly number[];
}

/** Looking through all processes may take this share of the time; on a machine with thousands it is then done less often. */
const MOST_SHARE = 1 / 200;
const MOST_PAUSE_MS = 5000;

/** Milliseconds: what the time is, and what of a processor we have used. On a busy machine the one says nothing about the other. */
export interface LookClock {
  now: () => number;
  used: () => number;
}

const realClock: LookClock = {
  now: () => performance.now(),
  used() {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  },
};

/**
 * The processes that belong to a run: the command, its descendants, processes of sessions that they began, and processes with
 * the run's id in their environment. Whoever belongs once belongs until its end, so workers that were given a new parent stay
 * counted. Linux only; elsewhere the tree is the command alone.
 *
 * Each process is looked at once, when it is new. What is there at the first look with a lower number than the command was mostly there
 * before it: its environment is not read.
 */
export function makeProcessTree(pid: number, runId: string, procRoot: string, clock: LookClock = realClock): ProcessTree {
  const members = new Map<number, true>([[pid, true]]);
  const others = new Set<number>();
  const mark = `GUILD_RUN_ID=${runId}`;
  let first = true;
  let notBefore = 0;

  const belongs = (candidate: number): boolean => {
    const stat = readStat(`${procRoot}/${candidate}/stat`);
    if (stat === null) return false;
    if (members.has(stat.parent)) return true;
    if (stat.session !== 0 && members.has(stat.session)) return true;
    if (first && candidate < pid) return false;
    return readSmallFile(`${procRoot}/${candidate}/environ`)?.split("\0").includes(mark) ?? false;
  };

  const look = (): void => {
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
    first = false;
  };

  return {
    refresh() {
      const begin = clock.now();
      if (begin < notBefore) return;
      const before = clock.used();
      look();
      const cost = clock.used() - before;
      notBefore = cost > 1000 * MOST_SHARE ? begin + Math.min(MOST_PAUSE_MS, cost / MOST_SHARE) : 0;
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
