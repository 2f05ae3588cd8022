import { readdirSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { readNumber, readSmallFile } from "../../src/load/small-file.ts";
import { sysRoot } from "./_cgroup.ts";
import { defineProbe } from "./_contract.ts";
import { GPU_TAGS, type GpuReading, makeGpuValues } from "./_gpu.ts";

const AMD = "0x1002";
const MICRO = 1e-6;

/** Files and units as in the kernel's documentation of amdgpu (Documentation/gpu/amdgpu/thermal.rst and driver-misc.rst). */
export default defineProbe({
  summary: "AMD GPUs, by the files of their kernel driver",
  tags: GPU_TAGS,
  open({ procRoot }) {
    const cards = findCards(join(sysRoot(procRoot), "class", "drm"));
    if (cards.length === 0) return { absent: "no AMD GPU" };
    const values = makeGpuValues();
    return {
      sample: () => values(cards.map(readCard)),
      close: () => {},
    };
  },
});

interface Card {
  index: number;
  folder: string;
  sensors: string | null;
}

/** `card0`, `card1` … but not their outputs (`card0-DP-1`); numbered from 0 among AMD's own. */
function findCards(root: string): Card[] {
  const names = listed(root).filter((name) => /^card\d+$/.test(name));
  return names
    .sort((a, b) => Number(a.slice(4)) - Number(b.slice(4)))
    .map((name) => join(root, name, "device"))
    .filter((folder) => readSmallFile(join(folder, "vendor"))?.trim() === AMD)
    .map((folder, index) => {
      const sensors = listed(join(folder, "hwmon"))[0];
      return { index, folder, sensors: sensors === undefined ? null : join(folder, "hwmon", sensors) };
    });
}

function readCard({ index, folder, sensors }: Card): GpuReading {
  const own = (name: string, factor = 1): number | null => scaled(readNumber(join(folder, name)), factor);
  const sensed = (name: string, factor: number): number | null =>
    sensors === null ? null : scaled(readNumber(join(sensors, name)), factor);
  return {
    index,
    uuid: pathOf(folder),
    name: "AMD",
    util: own("gpu_busy_percent", 0.01),
    memoryUtil: own("mem_busy_percent", 0.01),
    memoryUsed: own("mem_info_vram_used"),
    memoryTotal: own("mem_info_vram_total"),
    temperature: sensed("temp1_input", 0.001),
    // Older cards tell an average, newer ones what is drawn now.
    power: sensed("power1_average", MICRO) ?? sensed("power1_input", MICRO),
    energy: null,
    clock: sensed("freq1_input", 1),
    performanceState: null,
    processes: null,
  };
}

function scaled(value: number | null, factor: number): number | null {
  return value === null ? null : value * factor;
}

function listed(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function pathOf(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    return folder;
  }
}
