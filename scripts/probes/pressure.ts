import { defineProbe } from "./_contract.ts";
import { openProcFile } from "./_proc-file.ts";

const RESOURCES = ["cpu", "memory", "io"] as const;

export default defineProbe({
  summary: "The share of the time in which something waited for processor, memory or disk",
  tags: { "sys/psi/cpu": "ratio", "sys/psi/memory": "ratio", "sys/psi/io": "ratio" },
  open({ procRoot }) {
    const files = RESOURCES.flatMap((resource) => {
      const file = openProcFile(`${procRoot}/pressure/${resource}`);
      return file === null ? [] : [{ tag: `sys/psi/${resource}`, file, before: null as number | null }];
    });
    if (files.length === 0) return { absent: `no ${procRoot}/pressure: Linux 4.20 with PSI has it` };
    return {
      sample(elapsedSeconds) {
        const values: Record<string, number> = {};
        for (const one of files) {
          const total = readTotal(one.file.read());
          // The kernel's own averages reach back ten seconds and more; its total is exact for any interval.
          if (one.before !== null && elapsedSeconds !== null && elapsedSeconds > 0)
            values[one.tag] = Math.min(1, Math.max(0, (total - one.before) / 1e6 / elapsedSeconds));
          one.before = total;
        }
        return values;
      },
      close() {
        for (const { file } of files) file.close();
      },
    };
  },
});

/** `some avg10=18.23 avg60=… avg300=… total=3304747258`: microseconds in which at least one task waited. */
function readTotal(text: string): number {
  const total = /^some [^\n]*\btotal=(\d+)/.exec(text)?.[1];
  if (total === undefined) throw new Error(`unexpected pressure: ${text.slice(0, 60)}`);
  return Number(total);
}
