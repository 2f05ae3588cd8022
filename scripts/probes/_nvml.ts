/**
 * The NVIDIA Management Library through koffi. Function names, structures and units are those of its API reference
 * (https://docs.nvidia.com/deploy/nvml-api/). Every call runs on a thread of its own: a driver that hangs holds up nothing here.
 */
import { existsSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import type { GpuReading, GpuSource } from "./_gpu.ts";

const LIBRARY = "libnvidia-ml.so.1";
/** Where containers and distributions put it without telling the loader's cache. */
const PLACES = [
  "/usr/lib/x86_64-linux-gnu",
  "/usr/lib/aarch64-linux-gnu",
  "/usr/lib64",
  "/usr/lib",
  "/usr/local/nvidia/lib64",
  "/usr/lib/wsl/lib",
  "/run/opengl-driver/lib",
];
const MOST_GPUS = 64;
const MOST_PROCESSES = 128;
/** nvmlProcessInfo_t: pid (4 bytes, padded to 8), bytes used (8), two instance numbers (4 each). */
const PROCESS_BYTES = 24;
/** "not available" as bytes used. */
const NOT_AVAILABLE = 0xffffffffffffffffn;

/** Where the library is, or null: looked up without loading anything, for most machines have none. */
export function findNvml(env: Readonly<Record<string, string | undefined>>): string | null {
  for (const folder of [...(env.LD_LIBRARY_PATH ?? "").split(delimiter), ...PLACES]) {
    if (folder !== "" && existsSync(join(folder, LIBRARY))) return join(folder, LIBRARY);
  }
  try {
    return readFileSync("/etc/ld.so.cache").includes(LIBRARY) ? LIBRARY : null;
  } catch {
    return null; // no cache: another libc, another system
  }
}

type Call = (...args: unknown[]) => Promise<number>;

/**
 * Opens the library and starts it. Throws, in a few words, when koffi is not installed, the library cannot be loaded, or the driver
 * does not answer.
 */
export async function openNvml(path: string): Promise<GpuSource> {
  const { default: koffi } = await import("koffi").catch(() => {
    throw new Error("koffi is not installed");
  });
  const library = koffi.load(path);
  const declare = (name: string, ...parameters: string[]): Call | null => {
    try {
      const call = library.func(name, "int", parameters);
      return (...args) =>
        new Promise((done, failed) => {
          call.async(...args, (error: unknown, status: unknown) => (error ? failed(error) : done(Number(status))));
        });
    } catch {
      return null; // a driver older than this function
    }
  };
  const start = declare("nvmlInit_v2");
  const countOf = declare("nvmlDeviceGetCount_v2", "void *");
  const handleOf = declare("nvmlDeviceGetHandleByIndex_v2", "uint32_t", "void *");
  if (start === null || countOf === null || handleOf === null) throw new Error(`${LIBRARY} is older than NVML 5`);
  const on = "void *";
  const uuidOf = declare("nvmlDeviceGetUUID", on, "void *", "uint32_t");
  const nameOf = declare("nvmlDeviceGetName", on, "void *", "uint32_t");
  const utilOf = declare("nvmlDeviceGetUtilizationRates", on, "void *");
  const memoryOf = declare("nvmlDeviceGetMemoryInfo", on, "void *");
  const temperatureOf = declare("nvmlDeviceGetTemperature", on, "uint32_t", "void *");
  const powerOf = declare("nvmlDeviceGetPowerUsage", on, "void *");
  const energyOf = declare("nvmlDeviceGetTotalEnergyConsumption", on, "void *");
  const clockOf = declare("nvmlDeviceGetClockInfo", on, "uint32_t", "void *");
  const stateOf = declare("nvmlDeviceGetPerformanceState", on, "void *");
  const processesOf = declare("nvmlDeviceGetComputeRunningProcesses_v3", on, "void *", "void *");
  const shutdown = declare("nvmlShutdown");

  /** What a call wrote into its buffer, read by `read`; null when there is no such function or it failed. */
  const ask = async <T>(
    call: Call | null,
    bytes: number,
    read: (buffer: Buffer) => T,
    ...before: unknown[]
  ): Promise<T | null> => {
    const buffer = Buffer.alloc(bytes);
    return call !== null && (await call(...before, buffer)) === 0 ? read(buffer) : null;
  };
  const word = (buffer: Buffer): number => buffer.readUInt32LE(0);
  const long = (buffer: Buffer): number => Number(buffer.readBigUInt64LE(0));

  const status = await start();
  if (status !== 0) throw new Error(`the NVIDIA driver does not answer (NVML status ${status})`);
  const count = Math.min(MOST_GPUS, (await ask(countOf, 4, word)) ?? 0);
  const devices: { index: number; handle: bigint; uuid: string; name: string }[] = [];
  for (let index = 0; index < count; index += 1) {
    const handle = await ask(handleOf, 8, (buffer) => buffer.readBigUInt64LE(0), index);
    if (handle === null) continue;
    const named = async (call: Call | null): Promise<string> => {
      const buffer = Buffer.alloc(96);
      return call !== null && (await call(handle, buffer, buffer.length)) === 0 ? untilZero(buffer) : "";
    };
    devices.push({ index, handle, uuid: await named(uuidOf), name: await named(nameOf) });
  }
  if (devices.length === 0) throw new Error("the NVIDIA driver lists no GPU");

  const readOne = async ({ index, handle, uuid, name }: (typeof devices)[number]): Promise<GpuReading> => {
    const [util, memory] = [
      await ask(utilOf, 8, (buffer) => ({ gpu: buffer.readUInt32LE(0), memory: buffer.readUInt32LE(4) }), handle),
      await ask(memoryOf, 24, (buffer) => ({ total: long(buffer), used: long(buffer.subarray(16)) }), handle),
    ];
    const milliwatts = await ask(powerOf, 4, word, handle);
    const millijoules = await ask(energyOf, 8, long, handle);
    const megahertz = await ask(clockOf, 4, word, handle, 1);
    const state = await ask(stateOf, 4, word, handle);
    return {
      index,
      uuid,
      name,
      util: util === null ? null : util.gpu / 100,
      memoryUtil: util === null ? null : util.memory / 100,
      memoryUsed: memory?.used ?? null,
      memoryTotal: memory?.total ?? null,
      temperature: await ask(temperatureOf, 4, word, handle, 0),
      power: milliwatts === null ? null : milliwatts / 1000,
      energy: millijoules === null ? null : millijoules / 1000,
      clock: megahertz === null ? null : megahertz * 1e6,
      performanceState: state === null || state > 15 ? null : state,
      processes: await readProcesses(handle),
    };
  };
  const readProcesses = async (handle: bigint): Promise<Map<number, number> | null> => {
    if (processesOf === null) return null;
    const size = Buffer.alloc(4);
    size.writeUInt32LE(MOST_PROCESSES);
    const list = Buffer.alloc(MOST_PROCESSES * PROCESS_BYTES);
    if ((await processesOf(handle, size, list)) !== 0) return null;
    const found = new Map<number, number>();
    for (let at = 0; at < Math.min(MOST_PROCESSES, size.readUInt32LE(0)); at += 1) {
      const bytes = list.readBigUInt64LE(at * PROCESS_BYTES + 8);
      if (bytes === NOT_AVAILABLE) return null;
      found.set(list.readUInt32LE(at * PROCESS_BYTES), Number(bytes));
    }
    return found;
  };

  return {
    async read() {
      const readings: GpuReading[] = [];
      for (const device of devices) readings.push(await readOne(device));
      return readings;
    },
    close: () => void shutdown?.().catch(() => {}),
  };
}

function untilZero(buffer: Buffer): string {
  const end = buffer.indexOf(0);
  return buffer.toString("latin1", 0, end < 0 ? buffer.length : end);
}
