import { defineProbe } from "./_contract.ts";
import { noFile, openProcFile } from "./_proc-file.ts";
import { makeRates } from "./_rates.ts";

/** Sectors of this file are 512 bytes, whatever the disk says of its own. */
const SECTOR_BYTES = 512;
/** A storage server has hundreds; the busiest at the start are shown. */
const MOST_DISKS = 4;

export default defineProbe({
  summary: "What is read from and written to each disk",
  tags: { "sys/dev{}/read_bytes": "B/s", "sys/dev{}/write_bytes": "B/s" },
  open({ procRoot }) {
    const file = openProcFile(`${procRoot}/diskstats`);
    if (file === null) return noFile(`${procRoot}/diskstats`);
    const disks = busiest(readDiskstats(file.read()));
    if (disks.size === 0) {
      file.close();
      return { absent: `no disk in ${procRoot}/diskstats` };
    }
    const rates = makeRates();
    return {
      sample(elapsedSeconds) {
        const counters: Record<string, number> = {};
        for (const { name, read, written } of readDiskstats(file.read())) {
          if (!disks.has(name)) continue;
          counters[`sys/dev${name}/read_bytes`] = read;
          counters[`sys/dev${name}/write_bytes`] = written;
        }
        return rates.since(counters, elapsedSeconds);
      },
      close: file.close,
    };
  },
});

interface Disk {
  name: string;
  /** Bytes since the start of the machine. */
  read: number;
  written: number;
}

/** Whole physical disks that have ever been used: no partitions, and nothing that lies on another disk or in memory. */
function readDiskstats(text: string): Disk[] {
  const lines = text.split("\n").map((line) => line.trim().split(/\s+/));
  const disks = lines.map(([, , name = "", , , read, , , , written]): Disk => {
    return { name, read: Number(read) * SECTOR_BYTES, written: Number(written) * SECTOR_BYTES };
  });
  return disks.filter(({ name, read, written }) => isWholeDisk(name) && read + written > 0);
}

function isWholeDisk(name: string): boolean {
  return /^(?:(?:sd|vd|xvd|hd)[a-z]+|nvme\d+n\d+|mmcblk\d+)$/.test(name);
}

function busiest(disks: Disk[]): Set<string> {
  const sorted = [...disks].sort((a, b) => b.read + b.written - (a.read + a.written));
  return new Set(sorted.slice(0, MOST_DISKS).map(({ name }) => name));
}
