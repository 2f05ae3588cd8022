import { jsonText } from "./json-text.ts";
import { sha256 } from "./sha256.ts";
import { checkSchema, finite, list, mapValues, object, orElse, orNull, type RawObject, text, textMap } from "./shape.ts";
import type { Environment, Gpu } from "./types.ts";

/** What facts files can find out; the rest of an Environment is made of it. */
export type EnvironmentParts = Partial<Omit<Environment, "schema" | "digest" | "key" | "title">>;

/**
 * Reads `content/environments/<digest>.json`. Absent parts are null or empty; unknown keys stay and are written again.
 * Throws ToolError `invalid-run-file`, or `newer-schema` for a newer format.
 */
export function parseEnvironment(raw: unknown): Environment {
  const file = object(raw, "environment");
  checkSchema(file, "environment");
  const part = (key: string): RawObject => orElse(file[key], key, object, {});
  const os = part("os");
  const cpu = part("cpu");
  const memory = part("memory");
  return {
    ...file,
    schema: 1,
    digest: text(file.digest, "digest"),
    key: text(file.key, "key"),
    title: text(file.title, "title"),
    os: {
      ...os,
      name: orNull(os.name, "os.name", text),
      kernel: orNull(os.kernel, "os.kernel", text),
      libc: orNull(os.libc, "os.libc", text),
      container: orNull(os.container, "os.container", text),
    },
    cpu: {
      ...cpu,
      model: orNull(cpu.model, "cpu.model", text),
      logicalCores: orNull(cpu.logicalCores, "cpu.logicalCores", finite),
      availableCores: orNull(cpu.availableCores, "cpu.availableCores", finite),
      ...("physicalCores" in cpu ? { physicalCores: orNull(cpu.physicalCores, "cpu.physicalCores", finite) } : {}),
      ...("features" in cpu ? { features: list(cpu.features, "cpu.features").map((item) => text(item, "cpu.features")) } : {}),
      caches: mapValues(orElse(cpu.caches, "cpu.caches", object, {}), (size, name) => finite(size, `cpu.caches.${name}`)),
    },
    memory: {
      ...memory,
      totalBytes: orNull(memory.totalBytes, "memory.totalBytes", finite),
      limitBytes: orNull(memory.limitBytes, "memory.limitBytes", finite),
    },
    gpus: orElse(file.gpus, "gpus", list, []).map((item, index) => parseGpu(item, `gpus[${index}]`)),
    libraries: orElse(file.libraries, "libraries", textMap, {}),
    storage: orElse(file.storage, "storage", textMap, {}),
    runtime: orNull(file.runtime, "runtime", parseRuntime),
    packages: orElse(file.packages, "packages", textMap, {}),
    variables: orElse(file.variables, "variables", textMap, {}),
    absent: orElse(file.absent, "absent", textMap, {}),
  };
}

/** The text of `content/environments/<digest>.json`. Packages and variables are sorted by name, so that equal ones look equal. */
export function formatEnvironment(environment: Environment): string {
  return jsonText(
    {
      ...environment,
      libraries: sorted(environment.libraries),
      storage: sorted(environment.storage),
      packages: sorted(environment.packages),
      variables: sorted(environment.variables),
      absent: sorted(environment.absent),
    },
    2,
  );
}

/** Makes an Environment of what was found out: fills the gaps, adds key, title and digest. */
export function makeEnvironment(parts: EnvironmentParts): Environment {
  const whole = {
    os: parts.os ?? { name: null, kernel: null, libc: null, container: null },
    cpu: parts.cpu ?? { model: null, logicalCores: null, availableCores: null, caches: {} },
    memory: parts.memory ?? { totalBytes: null, limitBytes: null },
    gpus: parts.gpus ?? [],
    libraries: parts.libraries ?? {},
    storage: parts.storage ?? {},
    runtime: parts.runtime ?? null,
    packages: parts.packages ?? {},
    variables: parts.variables ?? {},
    absent: parts.absent ?? {},
  };
  return {
    schema: 1,
    digest: environmentDigest(parts),
    key: environmentKey(parts),
    title: environmentTitle(parts),
    ...whole,
  };
}

/**
 * The comparison key: environments with equal keys run at comparable speed. Hardware class (processor, cores that may be
 * used, memory to the GB, GPUs), operating system, and major.minor of the driver, of CUDA, of the interpreter and of the
 * frameworks that decide about speed. E.g. `linux|AMD EPYC|2 cores|24 GB|no gpu|python 3.11|torch 2.13`.
 */
export function environmentKey(parts: EnvironmentParts): string {
  const speedPackages = Object.entries(parts.packages ?? {})
    .filter(([name]) => FRAMEWORKS.has(name.toLowerCase()))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, version]) => `${name} ${majorMinor(version)}`);
  return [
    osFamily(parts),
    parts.cpu?.model ?? "unknown cpu",
    coresText(parts) ?? "unknown cores",
    memoryText(parts) ?? "unknown memory",
    gpuText(parts) ?? "no gpu",
    ...versionText("driver", parts.gpus?.find(({ driver }) => driver !== null)?.driver),
    ...versionText("cuda", parts.libraries?.cuda),
    ...(parts.runtime ? [`${parts.runtime.name} ${majorMinor(parts.runtime.version)}`] : []),
    ...speedPackages,
  ].join("|");
}

/** Sixteen hexadecimal digits over all facts but `absent`, whatever the order of their keys; memory counts to 64 MiB. */
export function environmentDigest(parts: EnvironmentParts): string {
  const { absent: _absent, memory, ...facts } = parts;
  // The kernel keeps a little more or less for itself at every boot.
  const rounded = memory && { ...memory, totalBytes: memory.totalBytes && Math.round(memory.totalBytes / STEP_BYTES) };
  const shown = Object.fromEntries(Object.entries(facts).filter(([, value]) => !isEmpty(value)));
  return sha256(canonical({ ...shown, memory: rounded })).slice(0, 16);
}

const STEP_BYTES = 64 * 2 ** 20;

/** What an older version did not look for is as if there were none: the same machine keeps its name. */
function isEmpty(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}

const FRAMEWORKS = new Set(["torch", "tensorflow", "jax", "jaxlib", "numpy", "scikit-learn", "xgboost", "lightgbm", "keras"]);

function versionText(name: string, version: string | null | undefined): string[] {
  return version ? [`${name} ${majorMinor(version)}`] : [];
}

/** A short name for people: "AMD EPYC, 2 cores, 24 GB, Linux". What is unknown is left out. */
function environmentTitle(parts: EnvironmentParts): string {
  const family = osFamily(parts);
  const system = family === "unknown os" ? null : (parts.os?.name ?? family);
  const known = [shortModel(parts), gpuText(parts), coresText(parts), memoryText(parts), system];
  return known.filter((word) => word !== null).join(", ") || "Unknown environment";
}

function shortModel(parts: EnvironmentParts): string | null {
  const model = parts.cpu?.model;
  if (!model) return null;
  return model
    .replaceAll(/\((R|TM)\)|\bCPU\b|\bProcessor\b|\b\d+-Core\b|@.*$/gi, "")
    .replaceAll(/\s+/g, " ")
    .trim();
}

function coresText(parts: EnvironmentParts): string | null {
  const cores = parts.cpu?.availableCores ?? parts.cpu?.logicalCores ?? null;
  return cores === null ? null : `${cores} ${cores === 1 ? "core" : "cores"}`;
}

/** The smaller of what is there and what may be used. */
function memoryText(parts: EnvironmentParts): string | null {
  const sizes = [parts.memory?.totalBytes, parts.memory?.limitBytes].filter((size) => typeof size === "number");
  return sizes.length === 0 ? null : `${Math.max(1, Math.round(Math.min(...sizes) / 2 ** 30))} GB`;
}

/** "2 × NVIDIA A100, 1 × …", or null. */
function gpuText(parts: EnvironmentParts): string | null {
  const counts = new Map<string, number>();
  for (const gpu of parts.gpus ?? []) counts.set(gpu.name, (counts.get(gpu.name) ?? 0) + 1);
  if (counts.size === 0) return null;
  return [...counts].map(([name, count]) => (count === 1 ? name : `${count} × ${name}`)).join(", ");
}

/** "Debian GNU/Linux 12" and "Ubuntu 24.04" are both linux: a kernel tells. */
function osFamily(parts: EnvironmentParts): string {
  const name = (parts.os?.name ?? "").toLowerCase();
  if (/windows/.test(name)) return "windows";
  if (/mac|darwin/.test(name)) return "macos";
  return parts.os?.name || parts.os?.kernel ? "linux" : "unknown os";
}

function majorMinor(version: string): string {
  return /^v?(\d+(?:\.\d+)?)/.exec(version)?.[1] ?? version;
}

function parseGpu(raw: unknown, key: string): Gpu {
  const gpu = object(raw, key);
  return {
    ...gpu,
    name: text(gpu.name, `${key}.name`),
    memoryBytes: orNull(gpu.memoryBytes, `${key}.memoryBytes`, finite),
    driver: orNull(gpu.driver, `${key}.driver`, text),
    ...("powerLimitWatts" in gpu ? { powerLimitWatts: orNull(gpu.powerLimitWatts, `${key}.powerLimitWatts`, finite) } : {}),
  };
}

function parseRuntime(raw: unknown, key: string): { name: string; version: string } {
  const runtime = object(raw, key);
  return { ...runtime, name: text(runtime.name, `${key}.name`), version: text(runtime.version, `${key}.version`) };
}

function sorted(map: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** JSON with the keys of every object sorted: equal facts give equal texts. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const entries = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join(",")}}`;
}
