/** Facts about what a command has loaded, where its data lies, and which GPUs it had. */
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import cpu from "../../../scripts/probes/cpu-facts.ts";
import gpu from "../../../scripts/probes/gpu-facts.ts";
import loaded, { importedPackages, librariesAmong } from "../../../scripts/probes/loaded-facts.ts";
import storage from "../../../scripts/probes/storage-facts.ts";
import variables from "../../../scripts/probes/variables-facts.ts";
import { type Machine, makeMachine } from "./_machine.ts";

async function on(files: Record<string, string>, look: (machine: Machine) => Promise<void> | void): Promise<void> {
  const machine = makeMachine(files);
  try {
    await look(machine);
  } finally {
    machine.remove();
  }
}

const maps = `7f00-7f01 r-xp 00000000 08:01 11  /usr/lib/x86_64-linux-gnu/libc.so.6
7f02-7f03 r-xp 00000000 08:01 12  /venv/lib/python3.11/site-packages/nvidia/cuda_runtime/lib/libcudart.so.12
7f04-7f05 r-xp 00000000 08:01 13  /usr/local/cuda-12.4/lib64/libcudart.so.12.4.127 (deleted)
7f06-7f07 r-xp 00000000 08:01 14  /usr/lib/x86_64-linux-gnu/libcuda.so.550.54.15
7f08-7f09 r--p 00000000 08:01 15  /venv/lib/python3.11/site-packages/torch/lib/libtorch_cpu.so
7f0a-7f0b r--p 00000000 08:01 16  /venv/lib/python3.11/site-packages/numpy.libs/libopenblas64_p-r0-0cf96a72.3.23.dev.so
7f0c-7f0d r--p 00000000 08:01 17  /venv/lib/python3.11/site-packages/regex/_regex.cpython-311-x86_64-linux-gnu.so
7f0e-7f0f r--p 00000000 08:01 18  /venv/lib/python3.11/site-packages/fastrlock.cpython-311-x86_64-linux-gnu.so
7f10-7f11 rw-p 00000000 00:00 0
7f12-7f13 rw-p 00000000 00:00 0  [heap]
`;

test("libraries and packages by what is in memory", () =>
  on({ "proc/42/maps": maps, "proc/43/maps": "" }, async (machine) => {
    const facts = await loaded.read(machine.context({ pids: [42, 43, 44] }));
    assert.equal(facts.libraries, { cuda: "12.4.127", "cuda-driver": "550.54.15" });
    assert.equal(facts.imported, ["fastrlock", "nvidia", "regex", "torch"]);
  }));

test("nothing loaded is nothing told", () => {
  assert.equal([librariesAmong([]), importedPackages(["/usr/lib/libc.so.6"])], [{}, []]);
});

const mountinfo = `22 1 8:1 / / rw - ext4 /dev/sda1 rw
30 22 0:40 / /mnt/my\\040data rw - nfs4 files.lab.example.org:/export rw
31 22 0:41 / /scratch rw - tmpfs tmpfs rw
32 31 0:42 / /scratch rw - xfs /dev/sdb rw
`;

test("kinds of file systems of the project and the data, and never from where", () =>
  on({ "proc/self/mountinfo": mountinfo }, async (machine) => {
    const read = (cwd: string, command: string[]) => storage.read(machine.context({ cwd, command }));
    assert.equal(await read("/scratch/digits", ["python", "x.py"]), { storage: { project: "xfs" } });
    assert.equal(await read("/home/ada", ["python", "x.py", "--data", "/", `--more=${machine.root}`, "/no/such/place"]), {
      storage: { project: "ext4", data: "ext4" },
    });
    const text = JSON.stringify(await read("/mnt/my data/x", []));
    assert.match(text, "nfs4");
    assert.not.match(text, "example");
  }));

test("without a list of mounts that is said", () =>
  on({}, async (machine) => assert.match((await storage.read(machine.context())).absent?.storage ?? "", "mounts")));

test("a first thread that is pinned to one core does not make a machine of one core", () =>
  on(
    {
      "proc/42/status": "Cpus_allowed_list:\t0\n",
      "proc/42/task/42/status": "Cpus_allowed_list:\t0\n",
      "proc/42/task/43/status": "Cpus_allowed_list:\t1\n",
      "proc/42/task/44/status": "Cpus_allowed_list:\t2-3\n",
      "proc/cpuinfo":
        "processor : 0\nphysical id : 0\ncore id : 0\nflags : fpu avx2 avx512f hypervisor sse\n\nprocessor : 1\nphysical id : 0\ncore id : 0\n\nprocessor : 2\nphysical id : 0\ncore id : 1\n",
    },
    async (machine) => {
      const facts = await cpu.read(machine.context({ pids: [42] }));
      assert.is(facts.cpu?.availableCores, 4);
      assert.is(facts.cpu?.physicalCores, 2);
      assert.equal(facts.cpu?.features, ["avx2", "avx512f", "hypervisor"]);
    },
  ));

test("what is given to each job or process anew makes no environment", () =>
  on({}, async (machine) => {
    const env = {
      RANK: "3",
      LOCAL_RANK: "1",
      CUDA_VISIBLE_DEVICES: "2",
      SLURM_CPU_BIND: "quiet,mask_cpu:0x1",
      SLURM_JOB_GPUS: "2",
      TORCHELASTIC_RUN_ID: "abc",
      PYTHONUNBUFFERED: "1",
      WORLD_SIZE: "8",
    };
    assert.equal(await variables.read(machine.context({ env })), { variables: { WORLD_SIZE: "8" } });
  }));

test("AMD's cards by the files of their driver", () =>
  on(
    {
      "sys/class/drm/card0/device/vendor": "0x8086\n",
      "sys/class/drm/card1/device/vendor": "0x1002\n",
      "sys/class/drm/card1/device/product_name": "AMD Instinct MI250X\n",
      "sys/class/drm/card1/device/mem_info_vram_total": "68702699520\n",
      "sys/class/drm/card1-DP-1/status": "connected\n",
      "sys/module/amdgpu/version": "6.3.6\n",
    },
    async (machine) => {
      const facts = await gpu.read(machine.context({ env: { PATH: "/nowhere" } }));
      assert.equal(facts.gpus, [{ name: "AMD Instinct MI250X", memoryBytes: 68702699520, driver: "6.3.6" }]);
    },
  ));

const stub = join(import.meta.dirname, "../../fixtures/nvml/stub.c");
const hasCompiler = spawnSync("cc", ["--version"]).status === 0;
if (!hasCompiler) console.error("SKIPPED: GPUs by the driver's library need a C compiler (cc), and there is none");

(hasCompiler ? test : test.skip)("without nvidia-smi the driver's library tells", () =>
  on(
    {
      "proc/driver/nvidia/version":
        "NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  550.54.15  Release Build  (dvs-builder)\nGCC version: 12\n",
    },
    async (machine) => {
      const folder = join(machine.root, "lib");
      mkdirSync(folder);
      assert.is(spawnSync("cc", ["-shared", "-fPIC", "-o", join(folder, "libnvidia-ml.so.1"), stub]).status, 0);
      const read = (more: Record<string, string>) =>
        gpu.read(machine.context({ env: { PATH: "/nowhere", LD_LIBRARY_PATH: folder, ...more } }));
      const { gpus } = await read({});
      assert.equal(gpus?.[0], { name: "Stub H100", memoryBytes: 80 * 2 ** 30, driver: "550.54.15" });
      assert.is((await read({ CUDA_VISIBLE_DEVICES: "0" })).gpus?.length, 1);
      assert.match((await read({ CUDA_VISIBLE_DEVICES: "-1" })).absent?.gpu ?? "", "hidden");
      // A library that is none is a reason, no crash.
      mkdirSync(join(machine.root, "broken"));
      writeFileSync(join(machine.root, "broken", "libnvidia-ml.so.1"), "x");
      assert.match((await read({ LD_LIBRARY_PATH: join(machine.root, "broken") })).absent?.gpu ?? "", "no nvidia-smi; ");
    },
  ),
);

test.run();
