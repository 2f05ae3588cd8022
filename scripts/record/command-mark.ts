/** How a process that is not ours is found, waited for, and, where the system tells, how it ended. */
import { readdirSync, readFileSync } from "node:fs";
import { constants } from "node:os";
import { startOf } from "../../src/load/processes.ts";
import type { ProcessMark } from "../../src/run/manifest.ts";
import { openExitNotice } from "./exit-notice.ts";
import type { End } from "./start.ts";

/** How often a process is looked for that nobody will tell us of. */
const LOOK_MS = 100;

/** `4711 1163807` as the guard was told; null for nothing. */
export function parseMark(text: string): ProcessMark | null {
  const [pid = "", start = ""] = text.trim().split(" ");
  return /^\d+$/.test(pid) ? { pid: Number(pid), start: start === "" ? null : start } : null;
}

/** `0 -` or `- SIGKILL`; null for nothing. */
export function parseEnd(text: string): End | null {
  const [code = "", signal = ""] = text.trim().split(" ");
  if (/^\d+$/.test(code)) return { exitCode: Number(code), signal: null };
  return isSignal(signal) ? { exitCode: null, signal } : null;
}

/**
 * The command of a run that nobody told of: the oldest process with the run's id in its environment, or null. Linux only.
 */
export function findCommand(runId: string, procRoot: string): ProcessMark | null {
  const mark = `GUILD_RUN_ID=${runId}`;
  const found = processes(procRoot)
    .filter((pid) => pid !== process.pid && (readText(`${procRoot}/${pid}/environ`) ?? "").split("\0").includes(mark))
    .map((pid) => ({ pid, start: startOf(pid, procRoot) }))
    .sort((a, b) => Number(a.start) - Number(b.start) || a.pid - b.pid);
  return found[0] ?? null;
}

/**
 * Resolves when the process is gone: with how it ended where the system tells (Linux 6.15, or a zombie that nobody has reaped, as
 * in many containers), else null.
 */
export async function awaitEnd({ pid, start }: ProcessMark, procRoot: string): Promise<End | null> {
  const notice = await openExitNotice(pid);
  for (;;) {
    const stat = readText(`${procRoot}/${pid}/stat`);
    const fields = stat?.slice(stat.lastIndexOf(")") + 2).split(" ") ?? [];
    if (fields.length === 0 || (start !== null && fields[19] !== start)) return endOf(notice());
    if (fields[0] === "Z" || fields[0] === "X") return endOfZombie(pid, Number(fields[49]), procRoot);
    await new Promise((done) => setTimeout(done, LOOK_MS));
  }
}

/** The wait status in /proc/PID/stat is shown as 0 to those who may not trace the process: then it says nothing. */
function endOfZombie(pid: number, waitStatus: number, procRoot: string): End | null {
  return waitStatus === 0 && readText(`${procRoot}/${pid}/io`) === null ? null : endOf(waitStatus);
}

function endOf(waitStatus: number | null): End | null {
  if (waitStatus === null) return null;
  const number = waitStatus & 0x7f;
  if (number === 0) return { exitCode: (waitStatus >> 8) & 0xff, signal: null };
  const signal = Object.entries(constants.signals).find(([, value]) => value === number)?.[0] ?? "";
  return isSignal(signal) ? { exitCode: null, signal } : null;
}

function isSignal(text: string): text is NodeJS.Signals {
  return text in constants.signals;
}

function processes(procRoot: string): number[] {
  try {
    return readdirSync(procRoot).flatMap((name) => (/^\d+$/.test(name) ? [Number(name)] : []));
  } catch {
    return []; // no /proc here
  }
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null; // ended, or somebody else's
  }
}
