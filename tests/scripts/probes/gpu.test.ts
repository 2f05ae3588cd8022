/** GPUs without a GPU: the driver's library is a stub compiled here, nvidia-smi a script that prints what it prints. */
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { Sampler } from "../../../scripts/probes/_contract.ts";
import { makeGpuValues } from "../../../scripts/probes/_gpu.ts";
import { openNvidiaSmi, parseNvidiaSmi } from "../../../scripts/probes/_nvidia-smi.ts";
import { findNvml, openNvml } from "../../../scripts/probes/_nvml.ts";
import { visibleGpus } from "../../../scripts/probes/_visible-gpus.ts";
import gpu from "../../../scripts/probes/gpu.ts";
import amd from "../../../scripts/probes/gpu-amd.ts";
import { until } from "../record/_wrapped.ts";

const test = suite("gpu");
const folder = mkdtempSync(join(tmpdir(), "guild-gpu-"));
test.after(() => rmSync(folder, { recursive: true }));

const FIXTURES = join(import.meta.dirname, "../../fixtures/nvml");
const library = join(folder, "libnvidia-ml.so.1");
const compiled = spawnSync("cc", ["-shared", "-fPIC", "-o", library, join(FIXTURES, "stub.c")]).status === 0;
if (!compiled) console.error("SKIPPED: the tests of NVML need a C compiler (cc), and there is none");
const withStub = compiled ? test : test.skip;

withStub("NVML: every value in SI units, what the driver does not have is null", async () => {
  process.env.STUB_NVML_PID = "77";
  const source = await openNvml(library);
  const [first, second] = await source.read();
  assert.equal(
    { ...first, energy: null },
    {
      index: 0,
      uuid: "GPU-aaaaaaaa-0000",
      name: "Stub H100",
      util: 0.8,
      memoryUtil: 0.4,
      memoryUsed: 10 * 2 ** 30,
      memoryTotal: 80 * 2 ** 30,
      temperature: 60,
      power: 350.25,
      energy: null,
      clock: 1.98e9,
      performanceState: 0,
      processes: new Map([
        [77, 3 * 2 ** 30],
        [1, 2 ** 30],
      ]),
    },
  );
  assert.ok(first!.energy! >= 5000);
  assert.is(second!.energy, null, "no counter: not supported");
  assert.equal(second!.processes, new Map());
  source.close();
});

withStub("NVML: a driver that does not answer is a reason, and no library is none", async () => {
  // The stub reads the environment of the process; Node's own table is not the one that C sees.
  const code = `process.env.STUB_NVML_BROKEN = "1";
    const { openNvml } = await import(${JSON.stringify(join(import.meta.dirname, "../../../scripts/probes/_nvml.ts"))});
    await openNvml(${JSON.stringify(library)}).catch((error) => console.log(error.message));`;
  const { stdout } = spawnSync(process.execPath, ["--input-type=module", "-e", code], { encoding: "utf8" });
  assert.is(stdout.trim(), "the NVIDIA driver does not answer (NVML status 9)");
  assert.is(findNvml({ LD_LIBRARY_PATH: folder }), library);
});

/** Samples until the probe tells something of a GPU. */
async function firstValues(sampler: Sampler): Promise<Record<string, number>> {
  let values: Record<string, number> = {};
  await until(() => {
    values = sampler.sample(0.01);
    return Object.keys(values).length > 0;
  }, "a reading of a GPU");
  return values;
}

function fakeMachine(files: Record<string, string>): string {
  const root = mkdtempSync(join(folder, "machine-"));
  for (const [path, text] of Object.entries({ "proc/7/environ": "", ...files })) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return join(root, "proc");
}

withStub("the probe takes the GPUs that CUDA_VISIBLE_DEVICES leaves, and memory of the run's own processes", async () => {
  process.env.LD_LIBRARY_PATH = folder;
  process.env.STUB_NVML_PID = "7";
  const sampled = async (files: Record<string, string>, pid = 7): Promise<Record<string, number>> => {
    const opened = gpu.open({ procRoot: fakeMachine(files), runDir: folder, pids: () => [pid] });
    if ("absent" in opened) throw new Error(opened.absent);
    const values = await firstValues(opened);
    opened.close();
    return values;
  };
  const one = await sampled({ "proc/7/environ": "HOME=/\0CUDA_VISIBLE_DEVICES=0\0" });
  assert.equal(
    Object.keys(one).filter((tag) => tag.includes("gpu1")),
    [],
  );
  assert.is(one["sys/gpu0/util"], 0.8);
  assert.is(one["op/gpu0/mem/used"], 3 * 2 ** 30);
  assert.is(one["sys/gpu0/energy"], 0, "from the start of the run on");
  // In a container the driver's process numbers are the host's: none of ours is no zero.
  const strangers = await sampled({ "proc/8/environ": "CUDA_VISIBLE_DEVICES=GPU-aaaa\0" }, 8);
  assert.is(strangers["sys/gpu0/util"], 0.8);
  assert.is(strangers["op/gpu0/mem/used"], undefined);
  const host = await sampled({ "proc/8/environ": "CUDA_VISIBLE_DEVICES=GPU-aaaa\0", "proc/2/comm": "kthreadd\n" }, 8);
  assert.is(host["op/gpu0/mem/used"], 0);
  // All hidden: said, not zero.
  const hidden = gpu.open({
    procRoot: fakeMachine({ "proc/7/environ": "CUDA_VISIBLE_DEVICES=-1\0" }),
    runDir: folder,
    pids: () => [7],
  });
  if ("absent" in hidden) throw new Error(hidden.absent);
  let message = "";
  await until(() => {
    try {
      hidden.sample(0.01);
    } catch (error) {
      message = (error as Error).message;
    }
    return message !== "";
  }, "the reason");
  assert.is(message, "hidden by CUDA_VISIBLE_DEVICES");
  hidden.close();
  delete process.env.LD_LIBRARY_PATH;
});

test("CUDA_VISIBLE_DEVICES: numbers, UUIDs, the end at the first that is none; all where nobody can know", () => {
  const gpus = ["a", "b", "c"].map((letter, index) => ({ index, uuid: `GPU-${letter}1`, name: "H100" }));
  const seen = (words: string | undefined, more = {}): number[] =>
    visibleGpus(gpus, { CUDA_VISIBLE_DEVICES: words, ...more }).map(({ index }) => index);
  assert.equal(seen(undefined), [0, 1, 2]);
  assert.equal(seen("2,0"), [0, 2]);
  assert.equal(seen("GPU-b"), [1]);
  assert.equal(seen("1,7,0"), [1]);
  assert.equal(seen(""), []);
  assert.equal(seen("-1"), []);
  assert.equal(seen("MIG-x"), [0, 1, 2]);
  const mixed = [{ ...gpus[0]!, name: "T4" }, ...gpus.slice(1)];
  const of = (env: Record<string, string>): number[] => visibleGpus(mixed, env).map(({ index }) => index);
  assert.equal(of({ CUDA_VISIBLE_DEVICES: "0" }), [0, 1, 2], "CUDA counts the fastest first");
  assert.equal(of({ CUDA_VISIBLE_DEVICES: "0", CUDA_DEVICE_ORDER: "PCI_BUS_ID" }), [0]);
});

test("nvidia-smi: numbers are numbers, words in brackets are unknown, other lines are nothing", () => {
  const lines = readFileSync(join(FIXTURES, "nvidia-smi.csv"), "utf8").split("\n");
  const readings = lines.map(parseNvidiaSmi);
  assert.equal(readings[0], {
    index: 0,
    uuid: "GPU-5d1f9a4e-7a44-3a2b-9c0e-3f6f1c2b8d10",
    name: "NVIDIA A100-SXM4-40GB",
    util: 0.97,
    memoryUtil: 0.54,
    memoryUsed: 31245 * 1024 ** 2,
    memoryTotal: 40960 * 1024 ** 2,
    temperature: 61,
    power: 342.17,
    energy: null,
    clock: 1.41e9,
    performanceState: 0,
    processes: null,
  });
  assert.equal(
    [readings[2]?.util, readings[2]?.memoryUtil, readings[2]?.power, readings[2]?.memoryUsed],
    [null, null, null, 11 * 1024 ** 2],
  );
  assert.equal(readings.slice(3), [null, null, null, null]);
  const values = makeGpuValues();
  const tags = Object.keys(values([readings[2]!]));
  assert.equal(tags, ["sys/gpu2/mem/used", "sys/gpu2/temp", "sys/gpu2/clock", "sys/gpu2/pstate", "sys/gpu2/mem/total"]);
  assert.ok(!("sys/gpu2/mem/total" in values([readings[2]!])), "the total is told once");
});

const onUnix = process.platform === "win32" ? test.skip : test;

onUnix("nvidia-smi in a loop: torn lines, a flood without newlines, and its end", async () => {
  const program = join(folder, "nvidia-smi");
  const line = readFileSync(join(FIXTURES, "nvidia-smi.csv"), "utf8").split("\n")[0]!;
  writeFileSync(
    program,
    `#!/bin/sh\nprintf '%s' '${line.slice(0, 30)}'\nhead -c 100000 /dev/zero | tr '\\0' x\necho\nprintf '%s' '${line.slice(0, 30)}'\nsleep 0.05\necho '${line.slice(30)}'\nread -r go < ${folder}/go\nexit 9\n`,
  );
  chmodSync(program, 0o755);
  assert.is(spawnSync("mkfifo", [join(folder, "go")]).status, 0);
  const source = openNvidiaSmi(program, process.env);
  let seen: number | null | undefined;
  const look = async (): Promise<void> => {
    seen = (await source.read())[0]?.util;
  };
  await until(() => {
    void look();
    return seen === 0.97;
  }, "the torn line, joined");
  writeFileSync(join(folder, "go"), "\n");
  let reason = "";
  await until(() => {
    source.read().catch((error: Error) => {
      reason = error.message;
    });
    return reason !== "";
  }, "its end");
  assert.is(reason, "nvidia-smi ended with exit code 9");
  source.close();
});

test("AMD: the files of the kernel driver, in SI units; other makers' cards are not looked at", () => {
  const card = "sys/class/drm/card1/device";
  const procRoot = fakeMachine({
    "sys/class/drm/card0/device/vendor": "0x8086\n",
    "sys/class/drm/card1-DP-1/device/vendor": "0x1002\n",
    [`${card}/vendor`]: "0x1002\n",
    [`${card}/gpu_busy_percent`]: "42\n",
    [`${card}/mem_info_vram_used`]: "1073741824\n",
    [`${card}/mem_info_vram_total`]: "17163091968\n",
    [`${card}/hwmon/hwmon3/power1_average`]: "203000000\n",
    [`${card}/hwmon/hwmon3/temp1_input`]: "56000\n",
    [`${card}/hwmon/hwmon3/freq1_input`]: "2105000000\n",
  });
  const opened = amd.open({ procRoot, runDir: folder, pids: () => [] });
  if ("absent" in opened) throw new Error(opened.absent);
  assert.equal(opened.sample(null), {
    "sys/gpu0/util": 0.42,
    "sys/gpu0/mem/used": 1073741824,
    "sys/gpu0/temp": 56,
    "sys/gpu0/power": 203,
    "sys/gpu0/clock": 2.105e9,
    "sys/gpu0/mem/total": 17163091968,
  });
  const none = amd.open({
    procRoot: fakeMachine({ "sys/class/drm/card0/device/vendor": "0x10de\n" }),
    runDir: "",
    pids: () => [],
  });
  assert.equal(none, { absent: "no AMD GPU" });
});

test.run();
