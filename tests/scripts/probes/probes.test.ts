/** The probes against a /proc of text files with known numbers, and against the real one. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { Sampler } from "../../../scripts/probes/_contract.ts";
import { scanProbes } from "../../../scripts/probes/_scan.ts";
import cpu from "../../../scripts/probes/cpu.ts";
import disk from "../../../scripts/probes/disk.ts";
import memory from "../../../scripts/probes/memory.ts";
import network from "../../../scripts/probes/network.ts";
import pressure from "../../../scripts/probes/pressure.ts";
import processes from "../../../scripts/probes/process.ts";
import { systemUnit } from "../../../src/run/system-units.ts";

const test = suite("probes");
const folders: string[] = [];
test.after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

function fakeProc(files: Record<string, string>) {
  const procRoot = mkdtempSync(join(tmpdir(), "guild-proc-"));
  folders.push(procRoot);
  const write = (changed: Record<string, string>): void => {
    for (const [path, text] of Object.entries(changed)) {
      mkdirSync(dirname(join(procRoot, path)), { recursive: true });
      writeFileSync(join(procRoot, path), text);
    }
  };
  write(files);
  return { procRoot, write, context: { procRoot, runDir: procRoot, pids: () => [7, 8] } };
}

function opened(result: Sampler | { absent: string }): Sampler {
  if ("absent" in result) throw new Error(result.absent);
  return result;
}

test("cpu: the busy share of the time between two samples, waiting for disks not counted", () => {
  const { context, write } = fakeProc({ stat: "cpu  100 0 100 700 100 0 0 0 0 0\ncpu0 1 1\n" });
  const sampler = opened(cpu.open(context));
  assert.equal(sampler.sample(null), {});
  write({ stat: "cpu  150 0 125 750 125 0 0 0 0 0\ncpu0 1 1\n" });
  assert.equal(sampler.sample(1), { "sys/cpu/util": 0.5 });
  assert.equal(sampler.sample(1), {}, "no time has passed: nothing, not zero");
  write({ stat: "nonsense\n" });
  assert.throws(() => sampler.sample(1), /unexpected first line/);
  sampler.close();
});

test("memory: used is what programs could not get any more", () => {
  const meminfo = "MemTotal:       1000 kB\nMemFree:         100 kB\nMemAvailable:    400 kB\nSwapTotal:         0 kB\n";
  const { context, write } = fakeProc({ meminfo });
  const sampler = opened(memory.open(context));
  assert.equal(sampler.sample(null), { "sys/mem/total": 1_024_000, "sys/mem/used": 614_400 });
  write({ meminfo: `${meminfo.replace("SwapTotal:         0", "SwapTotal:       200")}SwapFree:   50 kB\n` });
  assert.is(sampler.sample(1)["sys/swap/used"], 153_600);
});

test("process: the whole tree, with what workers used before they ended", () => {
  const stat = (pid: number, ticks: [number, number, number, number], threads: number, pages: number): string =>
    `${pid} (a) b) S 1 1 1 0 -1 0 0 0 0 0 ${ticks.join(" ")} 20 0 ${threads} 0 5 0 ${pages} 0`;
  const { context, write } = fakeProc({
    "self/stat": "",
    "7/stat": stat(7, [100, 50, 0, 0], 3, 10),
    "8/stat": stat(8, [10, 0, 0, 0], 1, 5),
    "7/io": "rchar: 9\nread_bytes: 1000\nwrite_bytes: 0\n",
    "8/io": "rchar: 9\nread_bytes: 0\nwrite_bytes: 500\n",
  });
  const sampler = opened(processes.open(context));
  assert.equal(sampler.sample(null), { "op/mem/rss": 15 * 4096, "op/procs": 2, "op/threads": 4 });
  rmSync(join(context.procRoot, "8"), { recursive: true });
  // Process 8 had used 20 more ticks; its parent has waited for it.
  write({ "7/stat": stat(7, [200, 50, 30, 0], 3, 10), "7/io": "read_bytes: 3000\nwrite_bytes: 0\n" });
  const { "op/cpu/util": util, ...rest } = sampler.sample(2);
  assert.ok(Math.abs(util! - 120 / 100 / 2) < 1e-9, String(util));
  assert.equal(rest, {
    "op/mem/rss": 10 * 4096,
    "op/procs": 1,
    "op/threads": 3,
    "op/io/read_bytes": 1000,
    "op/io/write_bytes": 0,
  });
  rmSync(join(context.procRoot, "7"), { recursive: true });
  assert.equal(sampler.sample(1), {}, "all have ended: nothing, not zero");
});

test("disk: whole disks that are in use, no partitions, no loops", () => {
  const line = (name: string, read: number, written: number): string =>
    ` 254 0 ${name} 1 0 ${read} 5 1 0 ${written} 5 0 0 0 0 0 0\n`;
  const text =
    line("vda", 10, 20) +
    line("vda1", 10, 20) +
    line("loop0", 5, 5) +
    line("sdb", 0, 0) +
    line("nvme0n1", 1, 0) +
    line("dm-0", 9, 9);
  const { context, write } = fakeProc({ diskstats: text });
  const sampler = opened(disk.open(context));
  assert.equal(sampler.sample(null), {});
  write({ diskstats: text.replace(line("vda", 10, 20), line("vda", 14, 20)) });
  const rates = sampler.sample(2);
  assert.equal(Object.keys(rates).sort(), [
    "sys/devnvme0n1/read_bytes",
    "sys/devnvme0n1/write_bytes",
    "sys/devvda/read_bytes",
    "sys/devvda/write_bytes",
  ]);
  assert.is(rates["sys/devvda/read_bytes"], 1024);
  const none = disk.open(fakeProc({ diskstats: line("loop0", 5, 5) }).context);
  assert.match("absent" in none ? none.absent : "", "no disk in ");
});

test("network: what leads out of the machine; a counter that went back gives nothing", () => {
  const dev = (received: number): string =>
    `Inter-| Receive\n face |bytes\n    lo: 99 0 0 0 0 0 0 0 99 0\n  eth0: ${received} 1 0 0 0 0 0 0 50 1 0\nveth12: 7 0 0 0 0 0 0 0 7 0\n`;
  const { context, write } = fakeProc({ "net/dev": dev(100) });
  const sampler = opened(network.open(context));
  assert.equal(sampler.sample(null), {});
  write({ "net/dev": dev(300) });
  assert.equal(sampler.sample(2), { "sys/net/rx_bytes": 100, "sys/net/tx_bytes": 0 });
  write({ "net/dev": dev(10) });
  assert.equal(sampler.sample(1), { "sys/net/tx_bytes": 0 });
});

test("pressure: the exact share of the time between two samples; what is not there is left out", () => {
  const { context, write } = fakeProc({ "pressure/cpu": "some avg10=12.50 avg60=1 avg300=1 total=1000000\n" });
  const sampler = opened(pressure.open(context));
  assert.equal(sampler.sample(null), {});
  write({ "pressure/cpu": "some avg10=0.00 avg60=1 avg300=1 total=1500000\n" });
  assert.equal(sampler.sample(4), { "sys/psi/cpu": 0.125 });
});

test("where a source is missing it says so, and never zero", async () => {
  const { context } = fakeProc({});
  const { probes } = await scanProbes();
  for (const [name, probe] of Object.entries(probes)) {
    // These two need no source but RUN_DIR; a driver may really be here.
    if (["storage", "run-dir", "gpu"].includes(name)) continue;
    const result = probe.open(context);
    assert.ok("absent" in result && result.absent.length > 5, name);
  }
});

test("what is declared is what is sampled, with the units that everybody uses", async () => {
  const { probes } = await scanProbes();
  assert.equal(Object.keys(probes), [
    "cgroup",
    "cpu",
    "disk",
    "energy",
    "gpu-amd",
    "gpu",
    ...(process.platform === "darwin" ? ["mac"] : []),
    "main-thread",
    "memory",
    "network",
    "pressure",
    "process",
    "run-dir",
    "shared-memory",
    "storage",
    "temperature",
  ]);
  for (const [name, probe] of Object.entries(probes)) {
    assert.ok(probe.summary.length > 10, name);
    for (const [tag, unit] of Object.entries(probe.tags)) assert.is(systemUnit(tag.replace("{}", "0")), unit, tag);
    const result = probe.open({ procRoot: "/proc", runDir: ".", pids: () => [process.pid] });
    if ("absent" in result) continue;
    const patterns = Object.keys(probe.tags).map((tag) => new RegExp(`^${tag.replace("{}", ".+")}$`));
    for (const values of [result.sample(null), result.sample(1)]) {
      for (const [tag, value] of Object.entries(values)) {
        assert.ok(
          patterns.some((pattern) => pattern.test(tag)),
          `${tag} is not declared by ${name}`,
        );
        assert.ok(Number.isFinite(value) && value >= 0, `${tag} = ${value}`);
      }
    }
    result.close();
  }
});

test("a file that is no probe is named", async () => {
  const folder = mkdtempSync(join(tmpdir(), "guild-probes-"));
  folders.push(folder);
  writeFileSync(join(folder, "odd.js"), "export default 3");
  writeFileSync(join(folder, "_private.js"), "throw new Error('must not be loaded')");
  try {
    await scanProbes(folder);
    assert.unreachable();
  } catch (error) {
    assert.match((error as Error).message, /odd\.js must export defineProbe/);
  }
});

test.run();
