import { defineProbe } from "./_contract.ts";
import { openProcFile } from "./_proc-file.ts";

const RESOURCES = ["cpu", "memory", "io"] as const;

export default defineProbe({
  summary: "The share of the last ten seconds in which something waited for processor, memory or disk",
  tags: { "sys/psi/cpu": "ratio", "sys/psi/memory": "ratio", "sys/psi/io": "ratio" },
  open({ procRoot }) {
    const files = RESOURCES.flatMap((resource) => {
      const file = openProcFile(`${procRoot}/pressure/${resource}`);
      return file === null ? [] : [{ tag: `sys/psi/${resource}`, file }];
    });
    if (files.length === 0) return { absent: `no ${procRoot}/pressure: Linux 4.20 with PSI has it` };
    return {
      sample: () => Object.fromEntries(files.map(({ tag, file }) => [tag, readAverage(file.read())])),
      close() {
        for (const { file } of files) file.close();
      },
    };
  },
});

/** `some avg10=18.23 …` in percent, as a ratio. */
function readAverage(text: string): number {
  const percent = /^some avg10=([\d.]+)/.exec(text)?.[1];
  if (percent === undefined) throw new Error(`unexpected pressure: ${text.slice(0, 60)}`);
  return Number(percent) / 100;
}
