/** What macOS's own programs print, parsed. Written from their manuals (ps(1), vm_stat(1)); not tried on a Mac. */

export interface MacProcess {
  pid: number;
  parent: number;
  /** Processor time since its start. */
  cpuSeconds: number;
  rssBytes: number;
}

/** Lines of `ps -axo pid=,ppid=,time=,rss=`: resident memory in KiB, time as `[hours:]minutes:seconds.hundredths`. Other lines are skipped. */
export function parsePs(text: string): MacProcess[] {
  return text.split("\n").flatMap((line): MacProcess[] => {
    const found = /^\s*(\d{1,9})\s+(\d{1,9})\s+(?:(\d+)-)?((?:\d+:)*\d+(?:\.\d+)?)\s+(\d+)\s*$/.exec(line.slice(0, 200));
    if (found === null) return [];
    const [, pid, parent, days = "0", clock = "", kibibytes] = found;
    const seconds = clock.split(":").reduce((sum, part) => sum * 60 + Number(part), 0);
    return [
      {
        pid: Number(pid),
        parent: Number(parent),
        cpuSeconds: Number(days) * 86_400 + seconds,
        rssBytes: Number(kibibytes) * 1024,
      },
    ];
  });
}

/** A process and all its descendants; empty when it is not there. */
export function macTree(all: readonly MacProcess[], root: number): MacProcess[] {
  const members = new Set([root]);
  for (let before = 0; before !== members.size; ) {
    before = members.size;
    for (const { pid, parent } of all) if (members.has(parent)) members.add(pid);
  }
  return all.filter(({ pid }) => members.has(pid));
}

/** Bytes that programs could still get, by `vm_stat`: free, inactive and speculative pages. Null when it says no page size. */
export function parseVmStat(text: string): number | null {
  const pageBytes = Number(/page size of (\d+) bytes/.exec(text)?.[1] ?? Number.NaN);
  if (!(pageBytes > 0)) return null;
  const pages = ["free", "inactive", "speculative"].map((kind) =>
    Number(new RegExp(`^Pages ${kind}:\\s+(\\d+)\\.`, "m").exec(text)?.[1] ?? 0),
  );
  return pages.reduce((sum, count) => sum + count, 0) * pageBytes;
}
