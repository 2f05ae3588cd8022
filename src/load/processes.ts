import { readFileSync } from "node:fs";

/** Changes with every start of the machine, so that a process id from before it is never believed. */
export function bootId(procRoot = "/proc"): string | null {
  return readOrNull(`${procRoot}/sys/kernel/random/boot_id`)?.trim() ?? null;
}

/**
 * Is the process that had this id and start still running? Ids are reused, start times with them are not; where the start
 * is not known, the id has to do. A zombie counts as dead: in containers nobody may ever reap it.
 */
export function isAlive(pid: number, start: string | null, procRoot = "/proc"): boolean {
  const fields = statFields(pid, procRoot);
  return fields !== null && fields[0] !== "Z" && fields[0] !== "X" && (start === null || fields[19] === start);
}

/** When a process was started, as the system says it (clock ticks since boot); null when it is gone. */
export function startOf(pid: number, procRoot = "/proc"): string | null {
  return statFields(pid, procRoot)?.[19] ?? null;
}

/** The fields of /proc/PID/stat from the third (state) on. The name before them may itself hold spaces and parentheses. */
function statFields(pid: number, procRoot: string): string[] | null {
  const stat = readOrNull(`${procRoot}/${pid}/stat`);
  return stat === null ? null : stat.slice(stat.lastIndexOf(")") + 2).split(" ");
}

function readOrNull(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null; // gone, or not Linux: both mean "not known to be alive"
  }
}
