/** NVIDIA's own program in a loop: the fallback where the library cannot be called. Its output is not promised to stay as it is. */
import { spawn } from "node:child_process";
import type { GpuReading, GpuSource } from "./_gpu.ts";

const FIELDS = [
  "index",
  "uuid",
  "name",
  "utilization.gpu",
  "utilization.memory",
  "memory.used",
  "memory.total",
  "temperature.gpu",
  "power.draw",
  "clocks.sm",
  "pstate",
] as const;

const ARGUMENTS = [`--query-gpu=${FIELDS.join(",")}`, "--format=csv,noheader,nounits", "-lms", "1000"];
const MEBIBYTE = 1024 ** 2;
/** A line is some hundred characters; what grows beyond this is none of its lines. */
const MOST_CHARACTERS = 16_384;
/** A reading that is older is no reading of now. */
const STALE_MS = 30_000;

/**
 * Starts one nvidia-smi for the whole run. It ends by itself when nobody reads it any more, should the recorder be killed. `read`
 * rejects once it has ended.
 */
export function openNvidiaSmi(program: string, env: NodeJS.ProcessEnv): GpuSource {
  const child = spawn(program, ARGUMENTS, { stdio: ["ignore", "pipe", "ignore"], env: { ...env, LC_ALL: "C" } });
  const latest = new Map<number, { reading: GpuReading; at: number }>();
  let rest = "";
  let ended: string | null = null;
  child.stdout.setEncoding("utf8");
  child.stdout.on("data", (text: string) => {
    const lines = `${rest}${text}`.split("\n");
    rest = lines.pop()?.slice(-MOST_CHARACTERS) ?? "";
    for (const line of lines) {
      const reading = parseNvidiaSmi(line);
      if (reading !== null && latest.size < 64) latest.set(reading.index, { reading, at: performance.now() });
    }
  });
  child.on("error", (error) => {
    ended = error.message;
  });
  child.on("exit", (code, signal) => {
    ended ??= `nvidia-smi ended with ${signal ?? `exit code ${code}`}`;
  });
  // It is read while the recorder lives for other reasons; it is none itself.
  child.unref();
  const { stdout } = child;
  if ("unref" in stdout && typeof stdout.unref === "function") stdout.unref();
  return {
    async read() {
      if (ended !== null) throw new Error(ended);
      const oldest = performance.now() - STALE_MS;
      return [...latest.values()]
        .filter(({ at }) => at >= oldest)
        .map(({ reading }) => reading)
        .sort((a, b) => a.index - b.index);
    },
    close: () => void child.kill(),
  };
}

/** One line of its CSV; null for anything else. `[N/A]`, `[Not Supported]` and other words in brackets are null. */
export function parseNvidiaSmi(line: string): GpuReading | null {
  const cells = line
    .slice(0, MOST_CHARACTERS)
    .split(",")
    .map((cell) => cell.trim());
  // A model's name has no comma today; should one come, the numbers around it are still in their places.
  const [index = "", uuid = ""] = cells;
  if (cells.length < FIELDS.length || !/^\d+$/.test(index) || !/^(?:GPU|MIG)-/.test(uuid)) return null;
  const [util, memoryUtil, memoryUsed, memoryTotal, temperature, power, clock, state] = cells.slice(-8);
  const scaled = (cell: string | undefined, factor: number): number | null =>
    cell !== undefined && /^\d+(?:\.\d+)?$/.test(cell) ? Number(cell) * factor : null;
  return {
    index: Number(index),
    uuid,
    name: cells.slice(2, -8).join(", "),
    util: scaled(util, 0.01),
    memoryUtil: scaled(memoryUtil, 0.01),
    memoryUsed: scaled(memoryUsed, MEBIBYTE),
    memoryTotal: scaled(memoryTotal, MEBIBYTE),
    temperature: scaled(temperature, 1),
    power: scaled(power, 1),
    energy: null,
    clock: scaled(clock, 1e6),
    performanceState: scaled(state?.replace(/^P/, ""), 1),
    processes: null,
  };
}
