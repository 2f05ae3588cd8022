import { readdirSync } from "node:fs";
import { availableParallelism, cpus } from "node:os";
import { join } from "node:path";
import { cpuQuota, readText, subject, sysRoot } from "./_cgroup.ts";
import { defineFacts } from "./_contract.ts";

export default defineFacts({
  summary: "Processor: model, cores that are there, cores that may be used, caches",
  async read({ procRoot, pids }) {
    const members = pids();
    const pid = subject(procRoot, members);
    const logicalCores = cpus().length || null;
    const text = readText(join(procRoot, "cpuinfo")) ?? "";
    return {
      cpu: {
        model: modelOf(text),
        logicalCores,
        availableCores: availableCores(procRoot, pid, members) ?? logicalCores,
        caches: cachesOf(procRoot),
        physicalCores: physicalCores(text),
        features: featuresOf(text),
      },
    };
  },
});

/** The name that the processor gives itself; on machines that give none, what the system calls it. */
function modelOf(text: string): string | null {
  const named = /^(?:model name|Model|cpu model|uarch)\s*:\s*(.+)$/m.exec(text)?.[1];
  // Node asks the system where there is no /proc; "unknown" is what it says when it does not know either.
  const model = named ?? cpus()[0]?.model ?? "";
  const clean = model.replace(/\s+/g, " ").trim();
  return clean === "" || clean === "unknown" ? null : clean;
}

/** The fewest of: the cores that the command may run on, and the time that its group is given. */
function availableCores(procRoot: string, pid: number | "self", members: readonly number[]): number | null {
  const known = [allowedCores(procRoot, pid, members) ?? availableParallelism(), cpuQuota(procRoot, pid)];
  const numbers = known.filter((cores) => cores !== null);
  return numbers.length === 0 ? null : Math.min(...numbers);
}

/**
 * The cores that any thread of the command may run on. Arithmetic libraries pin each of their threads to one core, the first
 * thread included: what one thread may use says nothing about the command.
 */
function allowedCores(procRoot: string, pid: number | "self", members: readonly number[]): number | null {
  const cores = new Set<number>();
  for (const member of members.length === 0 ? [pid] : members.slice(0, MOST_PROCESSES)) {
    const folder = join(procRoot, String(member), "task");
    const threads = foldersOf(folder).slice(0, MOST_THREADS);
    const files = [join(procRoot, String(member), "status"), ...threads.map((thread) => join(folder, thread, "status"))];
    for (const file of files) {
      const list = /^Cpus_allowed_list:\s*(\S+)/m.exec(readText(file) ?? "")?.[1];
      for (const core of coresIn(list ?? "")) cores.add(core);
    }
  }
  return cores.size === 0 ? null : cores.size;
}

const MOST_PROCESSES = 8;
const MOST_THREADS = 64;

/** Pairs of socket and core; null where the processor does not tell. */
function physicalCores(text: string): number | null {
  const pairs = new Set<string>();
  for (const one of text.split(/\n\s*\n/)) {
    const core = /^core id\s*:\s*(\d+)/m.exec(one)?.[1];
    if (core !== undefined) pairs.add(`${/^physical id\s*:\s*(\d+)/m.exec(one)?.[1] ?? "0"}/${core}`);
  }
  return pairs.size === 0 ? null : pairs.size;
}

/** In the processor's own words; only what decides about the speed of arithmetic, and whether this is a virtual machine. */
function featuresOf(text: string): string[] {
  const flags = /^(?:flags|Features)\s*:\s*(.*)$/m.exec(text)?.[1]?.split(/\s+/) ?? [];
  return flags.filter((flag) => /^(?:avx\w*|amx\w*|fma|f16c|sse4_2|asimd\w*|sve\w*|bf16|i8mm|hypervisor)$/.test(flag)).sort();
}

/** `0-3,8` → 0, 1, 2, 3, 8; none for anything else. */
function coresIn(list: string): number[] {
  return list.split(",").flatMap((part) => {
    const range = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(part);
    if (range === null) return [];
    const first = Number(range[1]);
    return Array.from({ length: Math.max(0, Number(range[2] ?? first) - first + 1) }, (_, at) => first + at);
  });
}

/** `0-3,8` → 5; null for no list. */
export function countList(list: string | null): number | null {
  const count = coresIn(list ?? "").length;
  return count > 0 ? count : null;
}

/** `{L1d: 32768, L1i: 32768, L2: …, L3: …}` in bytes, of the first core. */
function cachesOf(procRoot: string): Record<string, number> {
  const folder = join(sysRoot(procRoot), "devices", "system", "cpu", "cpu0", "cache");
  const caches: Record<string, number> = {};
  for (const name of foldersOf(folder).filter((entry) => entry.startsWith("index"))) {
    const [level, type, size] = ["level", "type", "size"].map((key) => readText(join(folder, name, key)));
    const bytes = /^(\d+)([KM]?)$/.exec(size ?? "");
    if (!level || bytes === null) continue;
    const kind = type === "Data" ? "d" : type === "Instruction" ? "i" : "";
    caches[`L${level}${kind}`] = Number(bytes[1]) * (bytes[2] === "K" ? 1024 : bytes[2] === "M" ? 1024 ** 2 : 1);
  }
  return caches;
}

function foldersOf(path: string): string[] {
  try {
    return readdirSync(path).sort();
  } catch {
    return []; // virtual machines often show no caches
  }
}
