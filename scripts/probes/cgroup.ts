import { controlFile, cpuQuota, memoryLimit, subject } from "./_cgroup.ts";
import { defineProbe } from "./_contract.ts";
import { openProcFile, type ProcFile } from "./_proc-file.ts";

const NANOSECONDS = 1e9;
const MICROSECONDS = 1e6;

export default defineProbe({
  summary: "The command's control group: its limits, what is used of them, and how often the kernel killed for memory",
  tags: {
    "op/cgroup/mem/used": "B",
    "op/cgroup/mem/limit": "B",
    "op/cgroup/cpu/limit": "cores",
    "op/cgroup/cpu/throttled": "ratio",
    "op/cgroup/oom_kills": "1",
  },
  open({ procRoot, pids }) {
    const pid = subject(procRoot, pids());
    const file = (controller: string | null, name: string): ProcFile | null => {
      const path = controlFile(procRoot, pid, controller, name);
      return path === null ? null : openProcFile(path);
    };
    const limits = (): { memory: number | null; cpu: number | null } => ({
      memory: memoryLimit(procRoot, pid),
      cpu: cpuQuota(procRoot, pid),
    });
    const used = file(null, "memory.current") ?? file("memory", "memory.usage_in_bytes");
    const memory = file(null, "memory.stat") ?? file("memory", "memory.stat");
    const kills = file(null, "memory.events") ?? file("memory", "memory.oom_control");
    const cpu = file(null, "cpu.stat") ?? file("cpu", "cpu.stat");
    const open = [used, memory, kills, cpu].filter((one) => one !== null);
    if (open.length === 0) return { absent: "no control group of the command can be read" };

    let throttledBefore: number | null = null;
    const changes = makeChanges();
    const seldom = makeSeldom(30, limits);
    const oomKills = (): Record<string, number> => changes({ "op/cgroup/oom_kills": field(text(kills), /^oom_kill (\d+)/m) });
    return {
      sample(elapsedSeconds) {
        const { memory: memoryBytes, cpu: cores } = seldom(elapsedSeconds ?? 0);
        const bytes = number(text(used));
        // What the kernel would give back at once is not used: files that were read make every group look full.
        const cache = field(text(memory), /^(?:total_)?inactive_file (\d+)/m) ?? 0;
        const throttled = throttledSeconds(text(cpu));
        const grown = throttled === null || throttledBefore === null ? null : throttled - throttledBefore;
        throttledBefore = throttled;
        return {
          ...(bytes === null ? {} : { "op/cgroup/mem/used": Math.max(0, bytes - cache) }),
          ...(grown === null || cores === null || !elapsedSeconds
            ? {}
            : { "op/cgroup/cpu/throttled": Math.min(1, Math.max(0, grown / elapsedSeconds)) }),
          ...changes({ "op/cgroup/mem/limit": memoryBytes, "op/cgroup/cpu/limit": cores }),
          ...oomKills(),
        };
      },
      // The kill that ended the command came after the last sample.
      last: oomKills,
      close() {
        for (const one of open) one.close();
      },
    };
  },
});

/** Gives only what differs from what was given before under the same tag; null is left out. */
function makeChanges(): (values: Record<string, number | null>) => Record<string, number> {
  const told = new Map<string, number>();
  return (values) => {
    const changed: Record<string, number> = {};
    for (const [tag, value] of Object.entries(values)) {
      if (value === null || told.get(tag) === value) continue;
      told.set(tag, value);
      changed[tag] = value;
    }
    return changed;
  };
}

/** Asks once in so many seconds, and gives the same answer between. */
function makeSeldom<T>(everySeconds: number, ask: () => T): (elapsedSeconds: number) => T {
  let age = 0;
  let answer: T | undefined;
  return (elapsedSeconds) => {
    age += elapsedSeconds;
    if (answer === undefined || age >= everySeconds) {
      answer = ask();
      age = 0;
    }
    return answer;
  };
}

/** "" when the group is gone. */
function text(file: ProcFile | null): string {
  try {
    return file?.read() ?? "";
  } catch {
    return "";
  }
}

function number(written: string): number | null {
  return /^\d+\s*$/.test(written) ? Number(written) : null;
}

function field(written: string, pattern: RegExp): number | null {
  const found = pattern.exec(written)?.[1];
  return found === undefined ? null : Number(found);
}

/** How long the group stood still because its share was used up; version 2 counts microseconds, version 1 nanoseconds. */
function throttledSeconds(written: string): number | null {
  const micros = field(written, /^throttled_usec (\d+)/m);
  if (micros !== null) return micros / MICROSECONDS;
  const nanos = field(written, /^throttled_time (\d+)/m);
  return nanos === null ? null : nanos / NANOSECONDS;
}
