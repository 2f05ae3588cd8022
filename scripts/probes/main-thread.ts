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
    let before: { pid: number; spent: number } | null = null;
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
          const busy = Math.min(1, Math.max(0, before.spent - earlier.spent) / NANOSECONDS / elapsedSeconds);
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

/**
 * Nanoseconds that a process's main thread has run or has waited for a processor: /proc/PID/schedstat is the main thread's own.
 * Waiting for a processor is not waiting for data: the machine was shared. Null when it cannot be read, or the kernel keeps none.
 */
function readSchedule(folder: string): number | null {
  const [run = Number.NaN, wait = Number.NaN] = (readSmallFile(`${folder}/schedstat`) ?? "").split(" ").map(Number);
  return Number.isNaN(run + wait) || run === 0 ? null : run + wait;
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
