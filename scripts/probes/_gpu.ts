import type { Unit } from "../../src/run/types.ts";

/** One look at one GPU. What its driver does not tell is null. */
export interface GpuReading {
  /** The driver's own number, as nvidia-smi shows it. */
  index: number;
  uuid: string;
  name: string;
  /** Shares of the last sampling period of the driver in which a kernel ran, and in which memory was read or written. */
  util: number | null;
  memoryUtil: number | null;
  /** Bytes. */
  memoryUsed: number | null;
  memoryTotal: number | null;
  /** Degrees Celsius. */
  temperature: number | null;
  /** Watts. */
  power: number | null;
  /** Joules since the driver was loaded. */
  energy: number | null;
  /** Hertz of the streaming multiprocessors. */
  clock: number | null;
  /** 0 is the fastest. */
  performanceState: number | null;
  /** Bytes by process id; null when the driver does not tell. */
  processes: Map<number, number> | null;
}

/** A source of readings, opened. */
export interface GpuSource {
  /** Resolves to all GPUs, in the driver's order. Rejects when the source has gone. */
  read(): Promise<GpuReading[]>;
  close(): void;
}

/** The tags of every GPU probe, with `{}` for the GPU's number. */
export const GPU_TAGS: Record<string, Unit> = {
  "sys/gpu{}/util": "ratio",
  "sys/gpu{}/mem/util": "ratio",
  "sys/gpu{}/mem/used": "B",
  "sys/gpu{}/mem/total": "B",
  "sys/gpu{}/temp": "degC",
  "sys/gpu{}/power": "W",
  "sys/gpu{}/energy": "J",
  "sys/gpu{}/clock": "Hz",
  "sys/gpu{}/pstate": "1",
};

/** Turns readings into tagged values; keeps where each energy counter began and what was told already. */
export function makeGpuValues(): (readings: readonly GpuReading[]) => Record<string, number> {
  const began = new Map<string, number>();
  const totals = new Map<string, number>();
  return (readings) => {
    const values: Record<string, number> = {};
    for (const reading of readings) {
      const base = `sys/gpu${reading.index}`;
      const put = (name: string, value: number | null): void => {
        if (value !== null && Number.isFinite(value) && value >= 0) values[`${base}/${name}`] = value;
      };
      put("util", reading.util);
      put("mem/util", reading.memoryUtil);
      put("mem/used", reading.memoryUsed);
      put("temp", reading.temperature);
      put("power", reading.power);
      put("clock", reading.clock);
      put("pstate", reading.performanceState);
      if (reading.energy !== null) {
        if (!began.has(reading.uuid)) began.set(reading.uuid, reading.energy);
        put("energy", reading.energy - (began.get(reading.uuid) ?? 0));
      }
      // How much there is does not change: one point is enough.
      if (reading.memoryTotal !== null && totals.get(reading.uuid) !== reading.memoryTotal) {
        totals.set(reading.uuid, reading.memoryTotal);
        put("mem/total", reading.memoryTotal);
      }
    }
    return values;
  };
}
