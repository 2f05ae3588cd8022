import { readdirSync } from "node:fs";
import { join } from "node:path";
import { readNumber, readSmallFile } from "../../src/load/small-file.ts";
import { sysRoot } from "./_cgroup.ts";
import { defineProbe } from "./_contract.ts";

const MICRO = 1e-6;

/** Files and units as in the kernel's documentation (Documentation/power/powercap/powercap.rst). AMD has them under Intel's name. */
export default defineProbe({
  summary: "Energy of the processor packages by their own counters (RAPL), where they may be read",
  tags: { "sys/cpu/energy": "J", "sys/cpu/power": "W" },
  open({ procRoot }) {
    const root = join(sysRoot(procRoot), "class", "powercap");
    const zones = packages(root);
    if (zones.length === 0) return { absent: "no energy counter in /sys/class/powercap" };
    const counters = zones.flatMap((folder) => {
      const last = readNumber(join(folder, "energy_uj"));
      return last === null ? [] : [{ folder, last, range: readNumber(join(folder, "max_energy_range_uj")) }];
    });
    // Since 2020 only root may: the counter tells others too much about what is computed (CVE-2020-8694).
    if (counters.length < zones.length) return { absent: "the energy counters may be read by root only" };
    let joules = 0;
    return {
      sample(elapsedSeconds) {
        let grown = 0;
        for (const counter of counters) {
          const now = readNumber(join(counter.folder, "energy_uj"));
          if (now === null) throw new Error(`cannot read ${counter.folder}`);
          // It begins again at 0 when it is full.
          grown += now >= counter.last ? now - counter.last : now - counter.last + (counter.range ?? counter.last);
          counter.last = now;
        }
        joules += grown * MICRO;
        return {
          "sys/cpu/energy": joules,
          ...(elapsedSeconds ? { "sys/cpu/power": (grown * MICRO) / elapsedSeconds } : {}),
        };
      },
      close: () => {},
    };
  },
});

/** Whole packages: their parts (cores, graphics, memory) are counted in them or are not the processor. */
function packages(root: string): string[] {
  try {
    return readdirSync(root)
      .filter((name) => /^intel-rapl:\d+$/.test(name))
      .map((name) => join(root, name))
      .filter((folder) => readSmallFile(join(folder, "name"))?.startsWith("package-"));
  } catch {
    return [];
  }
}
