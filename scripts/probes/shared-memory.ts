import { readFile } from "node:fs/promises";
import { readSmallFile } from "../../src/load/small-file.ts";
import { defineProbe } from "./_contract.ts";

/** The kernel walks through all pages of a process for this: a millisecond for each 50 MB. So it is asked rarely. */
const EVERY_SECONDS = 30;
/** And more rarely where it takes long: the walk takes at most this share of the time. */
const MOST_SHARE = 1 / 500;
const MOST_PROCESSES = 256;
/** Before that, a process may be the fork of its parent that it is about to replace. */
const SETTLED_SECONDS = 2;

export default defineProbe({
  summary: "Memory of the command and its processes, pages that they share counted once",
  tags: { "op/mem/pss": "B" },
  open({ procRoot, pids }) {
    if (readSmallFile(`${procRoot}/self/smaps_rollup`) === null)
      return { absent: `no ${procRoot}/self/smaps_rollup: Linux 4.14 has it` };
    let age = Number.POSITIVE_INFINITY;
    let wait = 0;
    let old = 0;
    let running = false;
    let found: number | null = null;
    const measure = async (): Promise<void> => {
      running = true;
      const begin = performance.now();
      let sum = 0;
      let read = 0;
      // One after the other and off the main thread: a walk must not hold up the output that passes through.
      for (const pid of pids().slice(0, MOST_PROCESSES)) {
        const bytes = await readPss(`${procRoot}/${pid}/smaps_rollup`);
        sum += bytes ?? 0;
        read += bytes === null ? 0 : 1;
      }
      wait = (performance.now() - begin) / 1000 / MOST_SHARE;
      found = read > 0 ? sum : null;
      running = false;
    };
    return {
      sample(elapsedSeconds) {
        age += elapsedSeconds ?? 0;
        old += elapsedSeconds ?? 0;
        const pss = found;
        found = null;
        // One process alone shares nothing with its workers.
        if (old >= SETTLED_SECONDS && pids().length > 1 && !running && age >= Math.max(EVERY_SECONDS, wait)) {
          age = 0;
          void measure();
        }
        return pss === null ? {} : { "op/mem/pss": pss };
      },
      close: () => {},
    };
  },
});

/** Bytes; null when the process has ended, belongs to somebody else, or the kernel is older than 4.14. */
async function readPss(path: string): Promise<number | null> {
  try {
    const kilobytes = /^Pss:\s+(\d+) kB/m.exec(await readFile(path, "utf8"))?.[1];
    return kilobytes === undefined ? null : Number(kilobytes) * 1024;
  } catch {
    return null;
  }
}
