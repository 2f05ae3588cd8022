import { suite } from "uvu";
import * as assert from "uvu/assert";
import {
  type EnvironmentParts,
  environmentDigest,
  environmentKey,
  formatEnvironment,
  makeEnvironment,
  parseEnvironment,
} from "../../../src/run/environment-file.ts";

const test = suite("environment-file");

const parts: EnvironmentParts = {
  os: { name: "Debian GNU/Linux 12", kernel: "6.18.5", libc: "glibc 2.36", container: null },
  cpu: { model: "AMD EPYC 9B45 64-Core Processor", logicalCores: 2, availableCores: 2, caches: { L3: 33554432 } },
  memory: { totalBytes: 25_000_000_000, limitBytes: null },
  gpus: [],
  runtime: { name: "python", version: "3.11.7" },
  packages: { torch: "2.13.0+cpu", click: "8.1" },
  variables: { OMP_NUM_THREADS: "1" },
  absent: { gpu: "no nvidia-smi" },
};

test("an environment survives writing and reading", () => {
  const environment = makeEnvironment(parts);
  assert.equal(parseEnvironment(JSON.parse(formatEnvironment(environment))), {
    ...environment,
    packages: { click: "8.1", torch: "2.13.0+cpu" },
  });
});

test("the digest does not depend on the order of keys nor on what was absent", () => {
  const turned = {
    absent: {},
    ...Object.fromEntries(Object.entries(parts).reverse()),
    packages: { click: "8.1", torch: "2.13.0+cpu" },
  };
  assert.is(environmentDigest(turned), environmentDigest(parts));
  assert.is(environmentDigest({ ...parts, absent: {} }), environmentDigest(parts));
  assert.is.not(environmentDigest({ ...parts, packages: {} }), environmentDigest(parts));
  assert.match(environmentDigest(parts), /^[0-9a-f]{16}$/);
});

test("the key names what decides about speed, to major.minor", () => {
  assert.is(environmentKey(parts), "linux|AMD EPYC 9B45 64-Core Processor|2 cores|23 GB|no gpu|python 3.11|torch 2.13");
  const patched = { ...parts, packages: { torch: "2.13.1", click: "9" }, os: { ...parts.os!, kernel: "6.19" } };
  assert.is(environmentKey(patched), environmentKey(parts));
});

test("the title is for people; GPUs are counted; a memory limit counts when it is smaller", () => {
  assert.is(makeEnvironment(parts).title, "AMD EPYC 9B45, 2 cores, 23 GB, Debian GNU/Linux 12");
  const gpu = { name: "NVIDIA A100", memoryBytes: 8e10, driver: "550" };
  const title = makeEnvironment({ ...parts, gpus: [gpu, gpu], memory: { totalBytes: 25e9, limitBytes: 4 * 2 ** 30 } }).title;
  assert.is(title, "AMD EPYC 9B45, 2 × NVIDIA A100, 2 cores, 4 GB, Debian GNU/Linux 12");
});

test("nothing known still makes an environment", () => {
  const empty = makeEnvironment({});
  assert.is(empty.title, "Unknown environment");
  assert.equal(parseEnvironment(JSON.parse(formatEnvironment(empty))), empty);
});

test("unknown keys are kept, wrong values named", () => {
  const raw = JSON.parse(formatEnvironment(makeEnvironment(parts)));
  assert.match(formatEnvironment(parseEnvironment({ ...raw, bios: "x" })), '"bios": "x"');
  assert.throws(() => parseEnvironment({ ...raw, cpu: { logicalCores: "two" } }), /cpu.logicalCores: "two"/);
  assert.throws(() => parseEnvironment({ ...raw, schema: 3 }), /schema 3/);
});

test.run();
