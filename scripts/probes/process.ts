import { readFileSync } from "node:fs";
import { type ProcessStat, readStat } from "../../src/load/process-stat.ts";
import { readSmallFile } from "../../src/load/small-file.ts";
import { defineProbe } from "./_contract.ts";
import { makeRates } from "./_rates.ts";

/** Clock ticks a second: 100 on every Linux that runs Node. */
const TICKS = 100;

export default defineProbe({
  summary: "What the command and its processes use",
  tags: {
    "op/cpu/util": "cores",
    "op/mem/rss": "B",
    "op/procs": "1",
    "op/threads": "1",
    "op/io/read_bytes": "B/s",
    "op/io/write_bytes": "B/s",
  },
  open({ procRoot, pids }) {
    if (readSmallFile(`${procRoot}/self/stat`) === null) return { absent: `${procRoot} is there on Linux only` };
    const pageBytes = pageSize(procRoot);
    const cpu = makeRates();
    const io = makeGrowth();
    return {
      sample(elapsedSeconds) {
        const alive = pids().flatMap((pid) => living(pid, procRoot) ?? []);
        if (alive.length === 0) return {};
        const sum = (value: (stat: ProcessStat) => number): number => alive.reduce((total, { stat }) => total + value(stat), 0);
        const growth = io.since(alive.flatMap(({ pid }) => readIo(pid, procRoot) ?? []));
        // With what children used that were waited for: so what a worker used is not lost with the worker.
        const rates = cpu.since({ ticks: sum((stat) => stat.ownTicks + stat.childTicks) }, elapsedSeconds);
        const measured = elapsedSeconds !== null && elapsedSeconds > 0;
        return {
          ...(rates.ticks === undefined ? {} : { "op/cpu/util": rates.ticks / TICKS }),
          "op/mem/rss": sum((stat) => stat.pages) * pageBytes,
          "op/procs": alive.length,
          "op/threads": sum((stat) => stat.threads),
          ...(measured && growth !== null ? { "op/io/read_bytes": growth.read / elapsedSeconds } : {}),
          ...(measured && growth !== null ? { "op/io/write_bytes": growth.written / elapsedSeconds } : {}),
        };
      },
      close: () => {},
    };
  },
});

function living(pid: number, procRoot: string): { pid: number; stat: ProcessStat } | null {
  const stat = readStat(`${procRoot}/${pid}/stat`);
  return stat === null || stat.state === "Z" || stat.state === "X" ? null : { pid, stat };
}

interface Io {
  pid: number;
  read: number;
  written: number;
}

/** What went to and from storage; null when it may not be read. */
function readIo(pid: number, procRoot: string): Io | null {
  const text = readSmallFile(`${procRoot}/${pid}/io`);
  const read = text === null ? null : /^read_bytes: (\d+)/m.exec(text);
  const written = text === null ? null : /^write_bytes: (\d+)/m.exec(text);
  return read && written ? { pid, read: Number(read[1]), written: Number(written[1]) } : null;
}

/** Sums what each process has read and written since the last call; null at the first and when nothing may be read. */
function makeGrowth(): { since(all: Io[]): { read: number; written: number } | null } {
  let before: Map<number, Io> | null = null;
  return {
    since(all) {
      const earlier = before;
      before = new Map(all.map((io) => [io.pid, io]));
      if (earlier === null || all.length === 0) return null;
      const grown = { read: 0, written: 0 };
      for (const { pid, read, written } of all) {
        grown.read += Math.max(0, read - (earlier.get(pid)?.read ?? 0));
        grown.written += Math.max(0, written - (earlier.get(pid)?.written ?? 0));
      }
      return grown;
    },
  };
}

/** The kernel counts memory in pages; how large they are stands in the auxiliary vector (entry 6), 16 bytes an entry. */
function pageSize(procRoot: string): number {
  try {
    const vector = readFileSync(`${procRoot}/self/auxv`);
    for (let at = 0; at + 16 <= vector.length; at += 16) {
      if (vector.readBigUInt64LE(at) === 6n) return Number(vector.readBigUInt64LE(at + 8));
    }
  } catch {
    // not readable: the usual size
  }
  return 4096;
}
