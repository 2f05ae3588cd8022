/** Limits that a container or a scheduler sets, from control groups of version 1, 2, or both at once. */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Bytes beyond which a "limit" is none: version 1 says 2^63-4096 where nothing is limited. */
const NO_LIMIT_BYTES = 2 ** 60;

/** The file's text without blanks around it, or null when it cannot be read. */
export function readText(path: string): string | null {
  try {
    return readFileSync(path, "utf8").trim();
  } catch {
    return null; // absent or forbidden: for a description that is the same
  }
}

/** Where `/sys` is, given where `/proc` is: tests bring both in one folder. */
export function sysRoot(procRoot: string): string {
  return join(dirname(procRoot), "sys");
}

/**
 * The process to ask about: the command while it is there, else ourselves. We are in the same groups, so that a command that
 * has just ended is not described as one without limits.
 */
export function subject(procRoot: string, pids: readonly number[]): number | "self" {
  return pids.find((pid) => existsSync(join(procRoot, String(pid)))) ?? "self";
}

/** The smallest memory limit from the process's group up to the root, in bytes; null when there is none. */
export function memoryLimit(procRoot: string, pid: number | "self"): number | null {
  const limits = [
    ...controlFiles(procRoot, pid, "memory", "memory.limit_in_bytes"),
    ...controlFiles(procRoot, pid, null, "memory.max"),
    ...controlFiles(procRoot, pid, null, "memory.high"),
  ].map(Number);
  const real = limits.filter((bytes) => Number.isFinite(bytes) && bytes > 0 && bytes < NO_LIMIT_BYTES);
  return real.length === 0 ? null : Math.min(...real);
}

/** How many processors' time the process may use, e.g. 1.5; null when it is not limited. */
export function cpuQuota(procRoot: string, pid: number | "self"): number | null {
  const shares: number[] = [];
  for (const text of controlFiles(procRoot, pid, null, "cpu.max")) {
    const [quota = "", period = ""] = text.split(" ");
    if (quota !== "max") shares.push(Number(quota) / Number(period));
  }
  const quotas = controlFiles(procRoot, pid, "cpu", "cpu.cfs_quota_us").map(Number);
  const periods = controlFiles(procRoot, pid, "cpu", "cpu.cfs_period_us").map(Number);
  for (const [at, quota] of quotas.entries()) if (quota > 0) shares.push(quota / (periods[at] ?? 100_000));
  const real = shares.filter((share) => Number.isFinite(share) && share > 0);
  return real.length === 0 ? null : Math.min(...real);
}

/**
 * The texts of one control file in every group of the process, innermost first. `controller` null means version 2. Inside of
 * a container the path may name groups that cannot be seen; the mounted root is then what counts.
 */
function controlFiles(procRoot: string, pid: number | "self", controller: string | null, file: string): string[] {
  return controlPaths(procRoot, pid, controller, file).flatMap((path) => readText(path) ?? []);
}

/** Where a control file of the process's own group is, or of the nearest group above that has one; null when none has. */
export function controlFile(procRoot: string, pid: number | "self", controller: string | null, file: string): string | null {
  return controlPaths(procRoot, pid, controller, file).find((path) => readText(path) !== null) ?? null;
}

/** Innermost first. */
function controlPaths(procRoot: string, pid: number | "self", controller: string | null, file: string): string[] {
  const mount = mountOf(procRoot, controller);
  const paths: string[] = [];
  for (let group = groupOf(procRoot, pid, controller); ; group = dirname(group)) {
    paths.push(join(mount, group, file));
    if (group === "/" || group === ".") return paths;
  }
}

function mountOf(procRoot: string, controller: string | null): string {
  const base = join(sysRoot(procRoot), "fs", "cgroup");
  if (controller !== null) return join(base, controller);
  const unified = join(base, "unified"); // both versions at once
  return existsSync(unified) ? unified : base;
}

function groupOf(procRoot: string, pid: number | "self", controller: string | null): string {
  for (const line of (readText(join(procRoot, String(pid), "cgroup")) ?? "").split("\n")) {
    const [, names = "", ...path] = line.split(":");
    const wanted = controller === null ? names === "" : names.split(",").includes(controller);
    if (wanted && path.length > 0) return path.join(":");
  }
  return "/";
}
