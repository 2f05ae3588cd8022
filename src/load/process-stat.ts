import { readSmallFile } from "./small-file.ts";

/** What /proc/PID/stat (or …/task/TID/stat) says of a process (a thread). */
export interface ProcessStat {
  /** R runs or wants to, S sleeps, D waits for a disk, T is stopped, Z has ended. */
  state: string;
  /** Cut to 15 characters by the kernel. */
  name: string;
  parent: number;
  session: number;
  /** Clock ticks of its own, and of the children that it has waited for. */
  ownTicks: number;
  childTicks: number;
  threads: number;
  /** Clock ticks from boot to its start. */
  start: number;
  /** Resident memory in pages. */
  pages: number;
}

/** Null when there is no such process, or the text is not what it should be. The name may itself hold spaces and parentheses. */
export function readStat(path: string): ProcessStat | null {
  const text = readSmallFile(path);
  if (text === null) return null;
  const close = text.lastIndexOf(")");
  const fields = text.slice(close + 2).split(" ");
  const field = (index: number): number => Number(fields[index] ?? Number.NaN);
  const stat = {
    state: fields[0] ?? "",
    name: text.slice(text.indexOf("(") + 1, close),
    parent: field(1),
    session: field(3),
    ownTicks: field(11) + field(12),
    childTicks: field(13) + field(14),
    threads: field(17),
    start: field(19),
    pages: Math.max(0, field(21)),
  };
  return Number.isNaN(stat.ownTicks + stat.parent + stat.pages) ? null : stat;
}
