import { defineProbe } from "./_contract.ts";
import { noFile, openProcFile } from "./_proc-file.ts";

export default defineProbe({
  summary: "How much of the machine's memory is in use",
  tags: { "sys/mem/used": "B", "sys/mem/total": "B", "sys/swap/used": "B" },
  open({ procRoot }) {
    const file = openProcFile(`${procRoot}/meminfo`);
    if (file === null) return noFile(`${procRoot}/meminfo`);
    let told: number | null = null;
    return {
      sample() {
        const bytes = readMeminfo(file.read());
        const total = bytes("MemTotal");
        // What programs could still get, caches included: "free" alone looks like a full machine after an hour.
        const available = bytes("MemAvailable") ?? bytes("MemFree");
        const swap = bytes("SwapTotal");
        const news = total !== null && total !== told ? { "sys/mem/total": total } : {};
        told = total;
        return {
          ...news,
          ...(total === null || available === null ? {} : { "sys/mem/used": total - available }),
          ...(swap === null || swap === 0 ? {} : { "sys/swap/used": swap - (bytes("SwapFree") ?? swap) }),
        };
      },
      close: file.close,
    };
  },
});

/** A field in bytes, or null. The file says kB and means KiB. */
function readMeminfo(text: string): (name: string) => number | null {
  const fields = new Map([...text.matchAll(/^(\w+):\s+(\d+) kB$/gm)].map((match) => [match[1], Number(match[2]) * 1024]));
  return (name) => fields.get(name) ?? null;
}
