import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { cpuQuota, memoryLimit } from "../../../scripts/probes/_cgroup.ts";
import cpu, { countList } from "../../../scripts/probes/cpu-facts.ts";
import gpu, { parseGpus } from "../../../scripts/probes/gpu-facts.ts";
import memory from "../../../scripts/probes/memory-facts.ts";
import os from "../../../scripts/probes/os-facts.ts";
import runtime from "../../../scripts/probes/runtime-facts.ts";
import variables from "../../../scripts/probes/variables-facts.ts";
import { type Machine, makeMachine } from "./_machine.ts";

/** Brings a machine for one test and takes it away. */
async function on(files: Record<string, string>, look: (machine: Machine) => Promise<void> | void): Promise<void> {
  const machine = makeMachine(files);
  try {
    await look(machine);
  } finally {
    machine.remove();
  }
}

test("processor: model, cores that may be used, caches", () =>
  on(
    {
      "proc/cpuinfo": "processor\t: 0\nmodel name\t: AMD EPYC 7763   64-Core Processor\n\nprocessor\t: 1\n",
      "proc/42/status": "Name:\ttrain\nCpus_allowed_list:\t0-3,8\n",
      "proc/42/cgroup": "0::/job\n",
      "sys/fs/cgroup/job/cpu.max": "250000 100000\n",
      "sys/devices/system/cpu/cpu0/cache/index0/level": "1\n",
      "sys/devices/system/cpu/cpu0/cache/index0/type": "Data\n",
      "sys/devices/system/cpu/cpu0/cache/index0/size": "32K\n",
      "sys/devices/system/cpu/cpu0/cache/index3/level": "3\n",
      "sys/devices/system/cpu/cpu0/cache/index3/type": "Unified\n",
      "sys/devices/system/cpu/cpu0/cache/index3/size": "32M\n",
    },
    async (machine) => {
      const facts = await cpu.read(machine.context({ pids: [42] }));
      assert.is(facts.cpu?.model, "AMD EPYC 7763 64-Core Processor");
      assert.is(facts.cpu?.availableCores, 2.5, "the quota is less than the five allowed cores");
      assert.equal(facts.cpu?.caches, { L1d: 32768, L3: 33554432 });
    },
  ));

test("processor: without a quota the allowed cores count, without files nothing is made up", async () => {
  await on({ "proc/42/status": "Cpus_allowed_list:\t1\n" }, async (machine) => {
    assert.is((await cpu.read(machine.context({ pids: [42] }))).cpu?.availableCores, 1);
  });
  await on({}, async (machine) => assert.equal((await cpu.read(machine.context())).cpu?.caches, {}));
});

test("lists of cores are counted", () => {
  assert.equal(["0", "0-3", "0-3,8,10-11", "", "x"].map(countList), [1, 4, 7, null, null]);
  assert.is(countList(null), null);
});

test("memory: what is there and what may be used", async () => {
  const meminfo = "MemTotal:       16384 kB\nMemFree: 1 kB\n";
  const total = 16384 * 1024;
  const limitOf = async (files: Record<string, string>) => {
    let limit: number | null | undefined;
    await on({ "proc/meminfo": meminfo, ...files }, async (machine) => {
      const facts = await memory.read(machine.context({ pids: [42] }));
      assert.is(facts.memory?.totalBytes, total);
      limit = facts.memory?.limitBytes;
    });
    return limit;
  };
  assert.is(await limitOf({}), null);
  assert.is(await limitOf({ "proc/42/cgroup": "0::/a/b\n", "sys/fs/cgroup/a/b/memory.max": "max\n" }), null);
  assert.is(
    await limitOf({
      "proc/42/cgroup": "0::/a/b\n",
      "sys/fs/cgroup/a/memory.max": "8388608\n",
      "sys/fs/cgroup/a/b/memory.max": "max\n",
    }),
    8388608,
  );
  const v1 = "9:memory:/job\n8:cpu,cpuacct:/job\n";
  assert.is(
    await limitOf({ "proc/42/cgroup": v1, "sys/fs/cgroup/memory/job/memory.limit_in_bytes": "9223372036854771712\n" }),
    null,
    "2^63-4096 is none",
  );
  assert.is(await limitOf({ "proc/42/cgroup": v1, "sys/fs/cgroup/memory/job/memory.limit_in_bytes": "4194304\n" }), 4194304);
  assert.is(
    await limitOf({ "proc/42/cgroup": v1, "sys/fs/cgroup/memory/memory.limit_in_bytes": "4194304\n" }),
    4194304,
    "the mounted root of a container",
  );
  assert.is(
    await limitOf({ "proc/42/cgroup": v1, "sys/fs/cgroup/memory/job/memory.limit_in_bytes": "99999999999\n" }),
    null,
    "more than there is",
  );
});

test("a command that has ended is described by the groups of the recorder", () =>
  on(
    { "proc/meminfo": "MemTotal: 16384 kB", "proc/self/cgroup": "0::/job", "sys/fs/cgroup/job/memory.max": "1048576" },
    async (machine) => {
      assert.is((await memory.read(machine.context({ pids: [42] }))).memory?.limitBytes, 1048576);
    },
  ));

test("a limit of 2^63-4096 bytes is none", () =>
  on({ "sys/fs/cgroup/memory/memory.limit_in_bytes": "9223372036854771712" }, (machine) => {
    assert.is(memoryLimit(join(machine.root, "proc"), "self"), null);
  }));

test("quotas of both versions of control groups", async () => {
  await on(
    {
      "proc/7/cgroup": "8:cpu,cpuacct:/j\n",
      "sys/fs/cgroup/cpu/j/cpu.cfs_quota_us": "150000",
      "sys/fs/cgroup/cpu/j/cpu.cfs_period_us": "100000",
    },
    (machine) => {
      assert.is(cpuQuota(join(machine.root, "proc"), 7), 1.5);
      assert.is(memoryLimit(join(machine.root, "proc"), 7), null);
    },
  );
  await on({ "proc/7/cgroup": "0::/j\n", "sys/fs/cgroup/unified/j/cpu.max": "max 100000" }, (machine) => {
    assert.is(cpuQuota(join(machine.root, "proc"), 7), null);
  });
});

test("operating system and container", async () => {
  await on({ "etc/os-release": 'NAME="Debian"\nPRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\n' }, async (machine) => {
    const facts = await os.read(machine.context());
    assert.equal([facts.os?.name, facts.os?.container], ["Debian GNU/Linux 12 (bookworm)", null]);
    assert.type(facts.os?.kernel, "string");
  });
  const containers: [Record<string, string>, Record<string, string>, string][] = [
    [{ ".dockerenv": "" }, {}, "docker"],
    [{ "run/.containerenv": "" }, {}, "podman"],
    [{ "proc/1/cgroup": "0::/kubepods/burstable\n" }, {}, "kubernetes"],
    [{}, { APPTAINER_CONTAINER: "/home/ada/x.sif" }, "apptainer"],
    [{}, { container: "lxc" }, "lxc"],
  ];
  for (const [files, env, name] of containers) {
    await on(files, async (machine) => assert.is((await os.read(machine.context({ env }))).os?.container, name));
  }
});

const twoGpus = "0, GPU-aaaa-1, NVIDIA A100-SXM4-80GB, 81920, 550.54\n1, GPU-bbbb-2, NVIDIA A100-SXM4-80GB, [N/A], [N/A]\n";

test("graphics processors that the command could see", () => {
  const both = parseGpus(twoGpus, undefined);
  assert.equal(both[0], { name: "NVIDIA A100-SXM4-80GB", memoryBytes: 81920 * 1024 ** 2, driver: "550.54" });
  assert.equal(both[1], { name: "NVIDIA A100-SXM4-80GB", memoryBytes: null, driver: null });
  assert.is(parseGpus(twoGpus, "1").length, 1);
  assert.is(parseGpus(twoGpus, "GPU-aaaa").length, 1);
  assert.is(parseGpus(twoGpus, "1, 0").length, 2);
  for (const hidden of ["", "-1", "NoDevFiles"]) assert.equal(parseGpus(twoGpus, hidden), [], hidden);
  assert.equal(parseGpus("", undefined), []);
});

test("graphics processors by the tool on the PATH, or why not", async () => {
  await on(
    { "bin/nvidia-smi": `#!/bin/sh\nprintf '%s' '${twoGpus}'\n`, "broken/nvidia-smi": "#!/bin/sh\nexit 9\n" },
    async (machine) => {
      for (const folder of ["bin", "broken"]) chmodSync(join(machine.root, folder, "nvidia-smi"), 0o755);
      const withPath = (folder: string) =>
        gpu.read(machine.context({ env: { PATH: `${join(machine.root, folder)}:/bin:/usr/bin` } }));
      assert.is((await withPath("bin")).gpus?.length, 2);
      assert.equal(await withPath("broken"), { gpus: [], absent: { gpu: "nvidia-smi failed" } });
      const nowhere = await gpu.read(machine.context({ env: { PATH: join(machine.root, "nowhere") } }));
      assert.equal(nowhere, { gpus: [], absent: { gpu: "no nvidia-smi" } });
    },
  );
});

test("variables: those of the environment, not those of the job", async () => {
  await on({}, async (machine) => {
    const env = {
      OMP_NUM_THREADS: "4",
      SECRET: "x",
      SLURM_JOB_ID: "17",
      SLURM_STEP_ID: "0",
      SLURM_NNODES: "2",
      HOME: "/home/ada",
    };
    assert.equal(await variables.read(machine.context({ env })), { variables: { OMP_NUM_THREADS: "4", SLURM_NNODES: "2" } });
  });
});

const venv = {
  "venv/pyvenv.cfg": "home = /usr/bin\nversion = 3.11.7\ninclude-system-site-packages = false\n",
  "venv/lib/python3.11/site-packages/torch-2.13.0+cpu.dist-info/METADATA": "",
  "venv/lib/python3.11/site-packages/scikit_learn-1.9.0.dist-info/METADATA": "",
  "venv/lib/python3.11/site-packages/old-0.1-py3.11.egg-info": "",
  "venv/lib/python3.11/site-packages/torch/__init__.py": "",
  "base/bin/python3.11": "",
  "base/lib/python3.11/site-packages/pip-23.2.1.dist-info/METADATA": "",
};
const venvPackages = { torch: "2.13.0+cpu", "scikit-learn": "1.9.0", old: "0.1" };

test("Python of a virtual environment: version and packages from files", () =>
  on({ ...venv, "proc/43/cmdline": "python\0train.py\0" }, async (machine) => {
    machine.link("venv/bin/python", join(machine.root, "base/bin/python3.11"));
    machine.link("proc/42/exe", "/bin/dash");
    machine.link("proc/43/exe", join(machine.root, "base/bin/python3.11"));
    writeFileSync(join(machine.root, "proc/43/environ"), `A=1\0PATH=${join(machine.root, "venv/bin")}\0`);
    const facts = await runtime.read(machine.context({ pids: [42, 43], command: ["sh", "-c", "x"] }));
    assert.equal(facts.runtime, { name: "python", version: "3.11.7" });
    assert.equal(facts.packages, venvPackages);
  }));

test("Python of a command that has ended: by its words and the PATH", () =>
  on(venv, async (machine) => {
    machine.link("venv/bin/python", join(machine.root, "base/bin/python3.11"));
    const facts = await runtime.read(
      machine.context({ command: ["env", "python", "x.py"], env: { PATH: join(machine.root, "venv/bin") } }),
    );
    assert.equal([facts.runtime, facts.packages], [{ name: "python", version: "3.11.7" }, venvPackages]);
  }));

test("Python without a virtual environment: the version stands in its headers", () =>
  on({ ...venv, "base/include/python3.11/patchlevel.h": '#define PY_VERSION      "3.11.4"\n' }, async (machine) => {
    const facts = await runtime.read(machine.context({ command: [join(machine.root, "base/bin/python3.11"), "x.py"] }));
    assert.equal([facts.runtime, facts.packages], [{ name: "python", version: "3.11.4" }, { pip: "23.2.1" }]);
  }));

test("Python behind a shim is asked where it is", () =>
  on({ ...venv, "shims/python3": "" }, async (machine) => {
    machine.link("venv/bin/python", join(machine.root, "base/bin/python3.11"));
    const shim = join(machine.root, "shims/python3");
    writeFileSync(shim, `#!/bin/sh\necho ${join(machine.root, "venv/bin/python")}\n`);
    chmodSync(shim, 0o755);
    const facts = await runtime.read(
      machine.context({ command: ["python3", "x.py"], env: { PATH: join(machine.root, "shims") } }),
    );
    assert.equal(facts.packages, venvPackages);
  }));

test("Node, and neither", async () => {
  await on({}, async (machine) => {
    const node = await runtime.read(machine.context({ command: [process.execPath, "x.ts"] }));
    assert.equal(node.runtime, { name: "node", version: process.versions.node });
    const neither = await runtime.read(machine.context({ command: ["./train", "x"] }));
    assert.is(neither.runtime, null);
    assert.match(neither.absent?.runtime ?? "", /no Python or Node/);
  });
});

test.run();
