import { readdirSync } from "node:fs";
import { readStat } from "../../src/load/process-stat.ts";
import { readSmallFile } from "../../src/load/small-file.ts";
import { defineProbe } from "./_contract.ts";
import { makeTrainer } from "./_trainer.ts";

/** Between two glances, on average; they come at uneven times, so that a loop's own rhythm cannot hide between them. */
const GLANCE_MS = 200;
/** After so long, glances are enough for a run of hours at a fifth of that. */
const OFTEN_SECONDS = 600;
/** A program with more threads than that is not looked through at each glance. */
const MOST_THREADS = 64;
const NANOSECONDS = 1e9;

export default defineProbe({
  summary: "What the training's main thread does: runs, waits, or waits while others work for it",
  tags: { "op/main/busy": "ratio", "op/main/helped": "ratio", "op/main/ranks": "1" },
  open({ procRoot, pids }) {
    if (readSchedule(`${procRoot}/self`) === null) return { absent: `cannot read ${procRoot}/self/schedstat` };
    const trainer = makeTrainer(procRoot, pids);
    let before: { pid: number; spent: Schedule } | null = null;
    let ranks = 1;
    let [asleep, helped, glances] = [0, 0, 0];
    let sampled = 0;

    const glance = (): void => {
      const pid = trainer.current();
      const main = pid === null ? null : readStat(`${procRoot}/${pid}/task/${pid}/stat`);
      if (pid === null || main === null || main.state === "R") return;
      asleep += 1;
      if (anyRuns(procRoot, pid) || trainer.helpers().some((helper) => readStat(`${procRoot}/${helper}/stat`)?.state === "R"))
        helped += 1;
    };
    let timer: NodeJS.Timeout;
    const next = (): void => {
      glances += 1;
      // Multiples of the golden ratio are spread evenly and never repeat: no chance is involved.
      const uneven = 0.5 + ((glances * 0.618034) % 1);
      timer = setTimeout(
        () => {
          glance();
          next();
        },
        GLANCE_MS * uneven * (sampled < OFTEN_SECONDS ? 1 : 5),
      ).unref();
    };
    next();

    return {
      sample(elapsedSeconds) {
        sampled += elapsedSeconds ?? 0;
        trainer.look();
        const pid = trainer.current();
        const spent = pid === null ? null : readSchedule(`${procRoot}/${pid}`);
        const earlier = before;
        before = pid === null || spent === null ? null : { pid, spent };
        const values: Record<string, number> = {};
        if (before !== null && earlier?.pid === pid && elapsedSeconds !== null && elapsedSeconds > 0) {
          const busy = Math.min(1, busyNanoseconds(earlier.spent, before.spent) / NANOSECONDS / elapsedSeconds);
          values["op/main/busy"] = busy;
          values["op/main/helped"] = asleep === 0 ? 0 : (1 - busy) * (helped / asleep);
        }
        [asleep, helped] = [0, 0];
        if (trainer.ranks() !== ranks) {
          ranks = trainer.ranks();
          values["op/main/ranks"] = ranks;
        }
        return values;
      },
      close: () => clearTimeout(timer),
    };
  },
});

/** What the kernel has counted of a process's main thread since its start. */
interface Schedule {
  /** Nanoseconds that it ran, and that it was ready and waited for a processor. */
  run: number;
  ready: number;
  /** How often it went to sleep by itself, and how often it was interrupted while it ran. */
  slept: number;
  interrupted: number;
}

/** /proc/PID/schedstat and status are the main thread's own. Null when they cannot be read, or the kernel keeps no count. */
function readSchedule(folder: string): Schedule | null {
  const [run = Number.NaN, ready = Number.NaN] = (readSmallFile(`${folder}/schedstat`) ?? "").split(" ").map(Number);
  if (Number.isNaN(run + ready) || run === 0) return null;
  const status = readSmallFile(`${folder}/status`) ?? "";
  const count = (name: string): number => Number(new RegExp(`^${name}_ctxt_switches:\\s+(\\d+)`, "m").exec(status)?.[1] ?? 0);
  return { run, ready, slept: count("voluntary"), interrupted: count("nonvoluntary") };
}

/**
 * What it worked between two looks. On a shared machine it also waits for a processor: when it was interrupted, that belongs to its
 * work, and when it had slept, to its sleep, as its own clock would say. The kernel counts the time of both together, and how often
 * each happened: the time is shared out accordingly.
 */
function busyNanoseconds(from: Schedule, to: Schedule): number {
  const [slept, interrupted] = [to.slept - from.slept, to.interrupted - from.interrupted];
  const part = slept + interrupted > 0 ? interrupted / (slept + interrupted) : 1;
  return Math.max(0, to.run - from.run + (to.ready - from.ready) * part);
}

/** Does another thread of this process run? A process with very many threads is taken to have one that does. */
function anyRuns(procRoot: string, pid: number): boolean {
  let threads: string[];
  try {
    threads = readdirSync(`${procRoot}/${pid}/task`);
  } catch {
    return false; // it has just ended
  }
  if (threads.length > MOST_THREADS) return true;
  return threads.some((thread) => thread !== String(pid) && readStat(`${procRoot}/${pid}/task/${thread}/stat`)?.state === "R");
}
