import { defineProbe } from "./_contract.ts";
import { noFile, openProcFile } from "./_proc-file.ts";

export default defineProbe({
  summary: "How busy the machine's processors are",
  tags: { "sys/cpu/util": "ratio" },
  open({ procRoot }) {
    const file = openProcFile(`${procRoot}/stat`);
    if (file === null) return noFile(`${procRoot}/stat`);
    let before: Times | null = null;
    return {
      sample() {
        const now = readTimes(file.read());
        const spent = before === null ? null : { busy: now.busy - before.busy, all: now.all - before.all };
        before = now;
        return spent === null || spent.all <= 0 ? {} : { "sys/cpu/util": Math.min(1, Math.max(0, spent.busy / spent.all)) };
      },
      close: file.close,
    };
  },
});

/** Clock ticks of all processors since the start of the machine. */
interface Times {
  busy: number;
  all: number;
}

/** The first line: user nice system idle iowait irq softirq steal; guest times are in user and nice already. */
function readTimes(stat: string): Times {
  const ticks = stat.slice(0, stat.indexOf("\n")).split(/\s+/).slice(1, 9).map(Number);
  if (ticks.length < 4 || ticks.some(Number.isNaN)) throw new Error(`unexpected first line: ${stat.slice(0, 60)}`);
  const all = ticks.reduce((sum, tick) => sum + tick, 0);
  const [, , , idle = 0, waiting = 0] = ticks;
  return { busy: all - idle - waiting, all };
}
