import { execFile } from "node:child_process";
import { cpus, totalmem } from "node:os";
import { defineProbe } from "./_contract.ts";
import { macTree, parsePs, parseVmStat } from "./_mac-text.ts";

/** Each look starts two small programs; they are not started more often than that. */
const EVERY_SECONDS = 5;
const TIMEOUT_MS = 4000;
const MOST_BYTES = 4 * 1024 * 1024;

/** macOS has no /proc. Written from the manuals of ps and vm_stat, and not tried on a Mac. */
export default defineProbe({
  summary: "What the command and the machine use, on macOS (untested)",
  tags: {
    "op/cpu/util": "cores",
    "op/mem/rss": "B",
    "op/procs": "1",
    "sys/cpu/util": "ratio",
    "sys/mem/used": "B",
    "sys/mem/total": "B",
  },
  platforms: ["darwin"],
  open({ pids }) {
    let age = Number.POSITIVE_INFINITY;
    let asking = false;
    let fresh: Record<string, number> = {};
    let before: { cpuSeconds: number; at: number } | null = null;
    let ticks = machineTicks();
    const look = async (): Promise<void> => {
      const [ps, vm] = await Promise.all([ask("/bin/ps", ["-axo", "pid=,ppid=,time=,rss="]), ask("/usr/bin/vm_stat", [])]);
      const tree = macTree(parsePs(ps), pids()[0] ?? -1);
      const available = parseVmStat(vm);
      const now = machineTicks();
      const spent = { busy: now.busy - ticks.busy, all: now.all - ticks.all };
      ticks = now;
      const cpuSeconds = tree.reduce((sum, one) => sum + one.cpuSeconds, 0);
      const at = performance.now() / 1000;
      fresh = {
        ...(spent.all > 0 ? { "sys/cpu/util": spent.busy / spent.all } : {}),
        "sys/mem/total": totalmem(),
        ...(available === null ? {} : { "sys/mem/used": Math.max(0, totalmem() - available) }),
        ...(tree.length === 0 ? {} : { "op/procs": tree.length, "op/mem/rss": tree.reduce((sum, one) => sum + one.rssBytes, 0) }),
        ...(before === null || tree.length === 0 || cpuSeconds < before.cpuSeconds
          ? {}
          : { "op/cpu/util": (cpuSeconds - before.cpuSeconds) / (at - before.at) }),
      };
      before = { cpuSeconds, at };
    };
    return {
      sample(elapsedSeconds) {
        age += elapsedSeconds ?? 0;
        const found = fresh;
        fresh = {};
        if (!asking && age >= EVERY_SECONDS) {
          age = 0;
          asking = true;
          void look().finally(() => {
            asking = false;
          });
        }
        return found;
      },
      close: () => {},
    };
  },
});

/** What a program prints; "" when it failed: then nothing is told. */
function ask(program: string, words: string[]): Promise<string> {
  return new Promise((done) => {
    execFile(program, words, { timeout: TIMEOUT_MS, maxBuffer: MOST_BYTES, env: { LC_ALL: "C" } }, (error, stdout) => {
      done(error === null ? stdout : "");
    });
  });
}

/** Milliseconds of all processors since the start of the machine. */
function machineTicks(): { busy: number; all: number } {
  const times = cpus().map((cpu) => cpu.times);
  const idle = times.reduce((sum, time) => sum + time.idle, 0);
  const all = times.reduce((sum, { user, nice, sys, irq }) => sum + user + nice + sys + irq, idle);
  return { busy: all - idle, all };
}
