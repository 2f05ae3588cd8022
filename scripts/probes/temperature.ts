import { readdirSync } from "node:fs";
import { join } from "node:path";
import { readNumber, readSmallFile } from "../../src/load/small-file.ts";
import { sysRoot } from "./_cgroup.ts";
import { defineProbe } from "./_contract.ts";

const MOST_CHIPS = 6;
const MOST_SENSORS = 16;
/** Processors first: they are what slows a run down. */
const FIRST = ["coretemp", "k10temp", "zenpower", "cpu_thermal"];

/** Layout and millidegrees as in the kernel's documentation (Documentation/hwmon/sysfs-interface.rst). */
export default defineProbe({
  summary: "Temperatures of processors, disks and boards: the hottest sensor of each chip",
  tags: { "sys/hwmon{}/temp": "degC" },
  open({ procRoot }) {
    const chips = findChips(join(sysRoot(procRoot), "class", "hwmon"));
    if (chips.length === 0) return { absent: "no temperature sensor in /sys/class/hwmon" };
    return {
      sample() {
        const values: Record<string, number> = {};
        for (const { name, sensors } of chips) {
          const degrees = sensors.flatMap((sensor) => readNumber(sensor) ?? []).map((value) => value / 1000);
          // A sensor that is not connected says something like -128.
          const real = degrees.filter((value) => value > -60 && value < 250);
          if (real.length > 0) values[`sys/hwmon${name}/temp`] = Math.max(...real);
        }
        return values;
      },
      close: () => {},
    };
  },
});

interface Chip {
  /** The driver's name; the second of a name is `coretemp1`. */
  name: string;
  sensors: string[];
}

function findChips(root: string): Chip[] {
  const counts = new Map<string, number>();
  const found = listed(root).flatMap((folder): { name: string; sensors: string[] }[] => {
    const name = (readSmallFile(join(root, folder, "name"))?.trim() ?? "").replace(/[^\w-]/g, "_").slice(0, 32);
    const sensors = listed(join(root, folder)).filter((file) => /^temp\d+_input$/.test(file));
    if (name === "" || name === "amdgpu" || sensors.length === 0) return []; // amdgpu has a probe of its own
    return [{ name, sensors: sensors.slice(0, MOST_SENSORS).map((file) => join(root, folder, file)) }];
  });
  const rank = ({ name }: Chip): number => (FIRST.includes(name) ? 0 : 1);
  return found
    .sort((a, b) => rank(a) - rank(b))
    .slice(0, MOST_CHIPS)
    .map(({ name, sensors }) => {
      const number = counts.get(name) ?? 0;
      counts.set(name, number + 1);
      return { name: number === 0 ? name : `${name}${number}`, sensors };
    });
}

function listed(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}
