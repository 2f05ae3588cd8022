/** Probes of hardware and limits that most machines lack: files under a temporary root, with known numbers. */
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { Probe, Sampler } from "../../../scripts/probes/_contract.ts";
import { macTree, parsePs, parseVmStat } from "../../../scripts/probes/_mac-text.ts";
import cgroup from "../../../scripts/probes/cgroup.ts";
import energy from "../../../scripts/probes/energy.ts";
import mac from "../../../scripts/probes/mac.ts";
import runDirectory from "../../../scripts/probes/run-dir.ts";
import storage from "../../../scripts/probes/storage.ts";
import temperature from "../../../scripts/probes/temperature.ts";
import { until } from "../record/_wrapped.ts";

const test = suite("machine");
const folders: string[] = [];
test.after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

function machine(files: Record<string, string>) {
  const root = mkdtempSync(join(tmpdir(), "guild-machine-"));
  folders.push(root);
  const write = (changed: Record<string, string>): void => {
    for (const [path, text] of Object.entries(changed)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
  };
  write({ "proc/7/stat": "", ...files });
  const open = (probe: Probe, runDir = root): Sampler => {
    const opened = probe.open({ procRoot: join(root, "proc"), runDir, pids: () => [7] });
    if ("absent" in opened) throw new Error(opened.absent);
    return opened;
  };
  return { root, write, open };
}

test("control groups, version 2: use without what the kernel can give back, limits, time lost, kills", () => {
  const group = "sys/fs/cgroup/jobs/17";
  const { write, open } = machine({
    "proc/7/cgroup": "0::/jobs/17\n",
    [`${group}/memory.current`]: "5000\n",
    [`${group}/memory.stat`]: "anon 10\ninactive_file 1500\nactive_file 9\n",
    [`${group}/memory.max`]: "max\n",
    "sys/fs/cgroup/jobs/memory.max": "8000000\n",
    [`${group}/cpu.max`]: "150000 100000\n",
    [`${group}/cpu.stat`]: "usage_usec 9\nnr_throttled 3\nthrottled_usec 1000000\n",
    [`${group}/memory.events`]: "low 0\noom 0\noom_kill 0\noom_group_kill 0\n",
  });
  const sampler = open(cgroup);
  assert.equal(sampler.sample(null), {
    "op/cgroup/mem/used": 3500,
    "op/cgroup/mem/limit": 8_000_000,
    "op/cgroup/cpu/limit": 1.5,
    "op/cgroup/oom_kills": 0,
  });
  write({ [`${group}/cpu.stat`]: "usage_usec 9\nthrottled_usec 1500000\n" });
  assert.equal(sampler.sample(2), { "op/cgroup/mem/used": 3500, "op/cgroup/cpu/throttled": 0.25 });
  write({ [`${group}/memory.events`]: "oom 1\noom_kill 1\n" });
  assert.equal(sampler.last?.(), { "op/cgroup/oom_kills": 1 }, "the kill that ended the command is told at the end");
  sampler.close();
});

test("control groups, version 1 beside 2: the memory of the one, no limit where the number is huge", () => {
  const group = "sys/fs/cgroup/memory/box";
  const { open } = machine({
    "proc/7/cgroup": "4:memory:/box\n1:cpu,cpuacct:/\n0::/\n",
    [`${group}/memory.usage_in_bytes`]: "900\n",
    [`${group}/memory.stat`]: "cache 5\ninactive_file 1\ntotal_inactive_file 100\n",
    [`${group}/memory.limit_in_bytes`]: "9223372036854771712\n",
    [`${group}/memory.oom_control`]: "oom_kill_disable 0\nunder_oom 0\noom_kill 4\n",
    "sys/fs/cgroup/unified/cgroup.procs": "7\n",
  });
  const values = open(cgroup).sample(null);
  assert.equal(values, { "op/cgroup/mem/used": 899, "op/cgroup/oom_kills": 4 });
});

test("control groups: none is said, and a group that goes away is no error", () => {
  assert.throws(() => machine({}).open(cgroup), /no control group/);
  const { root, open } = machine({ "proc/7/cgroup": "0::/g\n", "sys/fs/cgroup/g/memory.current": "1\n" });
  const sampler = open(cgroup);
  rmSync(join(root, "sys"), { recursive: true });
  assert.type(sampler.sample(1), "object");
});

test("temperatures: the hottest sensor of each chip, processors first, two of a name apart", () => {
  const at = (chip: number, name: string, degrees: Record<string, string>): Record<string, string> =>
    Object.fromEntries([
      [`sys/class/hwmon/hwmon${chip}/name`, `${name}\n`],
      ...Object.entries(degrees).map(([file, text]) => [`sys/class/hwmon/hwmon${chip}/${file}`, text]),
    ]);
  const { open } = machine({
    ...at(0, "nvme", { temp1_input: "38850\n" }),
    ...at(1, "coretemp", {
      temp1_input: "61000\n",
      temp2_input: "67000\n",
      temp1_label: "Package id 0\n",
      temp3_input: "-128000\n",
    }),
    ...at(2, "coretemp", { temp1_input: "55000\n" }),
    ...at(3, "acpi fan", { fan1_input: "1200\n" }),
    ...at(4, "broken", { temp1_input: "not a number\n" }),
  });
  assert.equal(open(temperature).sample(1), {
    "sys/hwmoncoretemp/temp": 67,
    "sys/hwmoncoretemp1/temp": 55,
    "sys/hwmonnvme/temp": 38.85,
  });
});

test("energy of the processors: whole packages, and a counter that begins again", () => {
  const zone = (name: string, title: string, micros: number): Record<string, string> => ({
    [`sys/class/powercap/${name}/name`]: `${title}\n`,
    [`sys/class/powercap/${name}/energy_uj`]: `${micros}\n`,
    [`sys/class/powercap/${name}/max_energy_range_uj`]: "1000000000\n",
  });
  const { write, open } = machine({
    ...zone("intel-rapl:0", "package-0", 999_000_000),
    ...zone("intel-rapl:1", "package-1", 5),
    ...zone("intel-rapl:2", "psys", 5),
    ...zone("intel-rapl:0:0", "core", 5),
  });
  const sampler = open(energy);
  assert.equal(sampler.sample(null), { "sys/cpu/energy": 0 });
  write({ ...zone("intel-rapl:0", "package-0", 9_000_000), ...zone("intel-rapl:1", "package-1", 10_000_005) });
  const values = sampler.sample(2);
  assert.ok(
    Math.abs(values["sys/cpu/energy"]! - 20) < 1e-6 && Math.abs(values["sys/cpu/power"]! - 10) < 1e-6,
    JSON.stringify(values),
  );
  assert.throws(() => machine({ "sys/class/powercap/intel-rapl:0/name": "package-0\n" }).open(energy), /root only/);
});

test("disks: the file systems in use by their mounts, in bytes", async () => {
  const { root, open } = machine({});
  const sampler = open(storage);
  let values: Record<string, number> = {};
  await until(() => {
    values = sampler.sample(1);
    return Object.keys(values).length > 0;
  }, "a first look");
  for (const [tag, bytes] of Object.entries(values)) {
    assert.match(tag, /^sys\/disk.*\/(used|free)$/);
    assert.ok(Number.isInteger(bytes) && bytes >= 0);
  }
  assert.ok(!JSON.stringify(values).includes(root), "the mount is named, not the directory");
});

test("RUN_DIR: its files to the byte, the recorder's own and links aside, told when it has changed", async () => {
  const { root, write, open } = machine({});
  const runDir = join(root, "run");
  write({ "run/a.bin": "x".repeat(1000), "run/sub/deep/b.bin": "x".repeat(24), "run/.guild/output.log": "x".repeat(5000) });
  symlinkSync("/etc", join(runDir, "link"));
  const sampler = open(runDirectory, runDir);
  const told: number[] = [];
  const look = (bytes: number): Promise<void> =>
    until(() => {
      const value = sampler.sample(1)["op/disk/run_dir_bytes"];
      if (value !== undefined) told.push(value);
      return told.at(-1) === bytes;
    }, `${bytes} bytes`);
  await look(1024);
  assert.equal(told, [1024]);
  for (let i = 0; i < 200; i += 1) write({ [`run/many/${i}`]: "12345" });
  assert.equal(sampler.last?.(), { "op/disk/run_dir_bytes": 2024 });
  assert.equal(sampler.last?.(), {}, "nothing new");
  rmSync(runDir, { recursive: true });
  assert.equal(sampler.last?.(), {}, "gone is not zero");
  sampler.close();
});

const withPs = existsSync("/bin/ps") ? test : test.skip;

withPs("macOS: the probe by the ps that is here, which is not Apple's", async () => {
  const opened = mac.open({ procRoot: "", runDir: "", pids: () => [process.pid] });
  if ("absent" in opened) throw new Error(opened.absent);
  let values: Record<string, number> = {};
  await until(() => {
    values = { ...values, ...opened.sample(5) };
    return values["op/cpu/util"] !== undefined;
  }, "two looks");
  assert.ok(values["op/procs"]! >= 1 && values["op/mem/rss"]! > 1e6 && values["sys/cpu/util"]! <= 1, JSON.stringify(values));
  opened.close();
});

test("macOS: what ps and vm_stat print (written from their manuals)", () => {
  const all = parsePs(
    "  501     1   0:01.50   2048\n  502   501   1:02:03.25 4096\n  503   502  1-00:00:10 8\n 9 1 garbage\n\n  600 1 0:00.01 16\n",
  );
  assert.equal(all[1], { pid: 502, parent: 501, cpuSeconds: 3723.25, rssBytes: 4096 * 1024 });
  assert.is(all[2]!.cpuSeconds, 86_410);
  assert.equal(
    macTree(all, 501).map(({ pid }) => pid),
    [501, 502, 503],
  );
  const vm =
    "Mach Virtual Memory Statistics: (page size of 16384 bytes)\nPages free:      100.\nPages active:    50.\nPages inactive:  30.\nPages speculative: 20.\n";
  assert.is(parseVmStat(vm), 150 * 16_384);
  assert.is(parseVmStat("nonsense"), null);
});

test.run();
