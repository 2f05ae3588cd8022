import { readdirSync } from "node:fs";
import { availableParallelism, cpus } from "node:os";
import { join } from "node:path";
import { cpuQuota, readText, subject, sysRoot } from "./_cgroup.ts";
import { defineFacts } from "./_contract.ts";

export default defineFacts({
  summary: "Processor: model, cores that are there, cores that may be used, caches",
  async read({ procRoot, pids }) {
    const pid = subject(procRoot, pids());
    const logicalCores = cpus().length || null;
    return {
      cpu: {
        model: modelOf(procRoot),
        logicalCores,
        availableCores: availableCores(procRoot, pid) ?? logicalCores,
        caches: cachesOf(procRoot),
      },
    };
  },
});

/** The name that the processor gives itself; on machines that give none, what the system calls it. */
function modelOf(procRoot: string): string | null {
  const text = readText(join(procRoot, "cpuinfo")) ?? "";
  const named = /^(?:model name|Model|cpu model|uarch)\s*:\s*(.+)$/m.exec(text)?.[1];
  // Node asks the system where there is no /proc; "unknown" is what it says when it does not know either.
  const model = named ?? cpus()[0]?.model ?? "";
  const clean = model.replace(/\s+/g, " ").trim();
  return clean === "" || clean === "unknown" ? null : clean;
}

/** The fewest of: the cores that the command may run on, and the time that its group is given. */
function availableCores(procRoot: string, pid: number | "self"): number | null {
  const allowed = countList(
    /^Cpus_allowed_list:\s*(\S+)/m.exec(readText(join(procRoot, String(pid), "status")) ?? "")?.[1] ?? null,
  );
  const known = [allowed ?? availableParallelism(), cpuQuota(procRoot, pid)].filter((cores) => cores !== null);
  return known.length === 0 ? null : Math.min(...known);
}

/** `0-3,8` → 5; null for no list. */
export function countList(list: string | null): number | null {
  if (list === null || list === "") return null;
  let count = 0;
  for (const part of list.split(",")) {
    const [first = Number.NaN, last = first] = part.split("-").map(Number);
    count += last - first + 1;
  }
  return Number.isFinite(count) && count > 0 ? count : null;
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
