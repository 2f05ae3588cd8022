import { defineProbe } from "./_contract.ts";
import { noFile, openProcFile } from "./_proc-file.ts";
import { makeRates } from "./_rates.ts";

export default defineProbe({
  summary: "What the machine receives and sends",
  tags: { "sys/net/rx_bytes": "B/s", "sys/net/tx_bytes": "B/s" },
  open({ procRoot }) {
    const file = openProcFile(`${procRoot}/net/dev`);
    if (file === null) return noFile(`${procRoot}/net/dev`);
    if (readTraffic(file.read()) === null) {
      file.close();
      return { absent: "no network interface" };
    }
    const rates = makeRates();
    return {
      sample(elapsedSeconds) {
        const traffic = readTraffic(file.read());
        return traffic === null
          ? {}
          : rates.since({ "sys/net/rx_bytes": traffic.received, "sys/net/tx_bytes": traffic.sent }, elapsedSeconds);
      },
      close: file.close,
    };
  },
});

/** Bytes since the start, over all interfaces that lead out of the machine; null when there is none. */
function readTraffic(text: string): { received: number; sent: number } | null {
  const interfaces = [...text.matchAll(/^\s*([^\s:]+):\s*(.*)$/gm)].filter(([, name = ""]) => !INNER.test(name));
  if (interfaces.length === 0) return null;
  const columns = interfaces.map(([, , numbers = ""]) => numbers.trim().split(/\s+/).map(Number));
  const sum = (column: number): number => columns.reduce((total, row) => total + (row[column] ?? 0), 0);
  return { received: sum(0), sent: sum(8) };
}

/** Interfaces between parts of this machine, and those whose traffic is counted at another one too. */
const INNER = /^(?:lo|ifb\d|veth|docker|br-|virbr|cni|flannel|cali|dummy|tun|tap|wg|bond|team|sit\d|ip6tnl|gre|erspan)/;
