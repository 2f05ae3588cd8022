import { suite } from "uvu";
import * as assert from "uvu/assert";
import { accumulate } from "../../../src/run/accumulate.ts";
import { derive, type Recorded } from "../../../src/run/derive.ts";
import { parseDerived } from "../../../src/run/derived-file.ts";
import type { Derived, Flags, Run } from "../../../src/run/types.ts";

const test = suite("derive");

interface Course {
  /** Seconds → step, of the scalar `loss`. */
  steps?: readonly (readonly [seconds: number, step: number])[];
  scalars?: Record<string, readonly (readonly [seconds: number, value: number])[]>;
  /** One sample a second, the first at 0. */
  samples?: readonly Record<string, number>[];
  flags?: Flags;
  end?: Partial<Pick<Run, "status" | "exitCode" | "signal">>;
  epochs?: readonly number[];
  output?: string;
}

function derived({ steps = [], scalars = {}, samples = [], flags = {}, end = {}, epochs = [], output = "" }: Course): Derived {
  const log = accumulate();
  for (const [t, step] of steps) log.scalar({ t: t * 1e6, k: "loss", v: 1 / (step + 1), step, src: "out" });
  for (const [k, points] of Object.entries(scalars))
    for (const [step, [t, v]] of points.entries()) log.scalar({ t: t * 1e6, k, v, step, src: "out" });
  for (const [second, v] of samples.entries()) log.sample({ t: second * 1e6, v });
  const recorded: Recorded = {
    run: { flags, status: "completed", exitCode: 0, signal: null, ...end },
    series: log.series(),
    system: log.system(),
    events: epochs.map((step) => ({ step, t: step, kind: "epoch", detail: String(step) })),
    output,
  };
  return derive(recorded);
}

/** `count` steps, so many a second, from `start` seconds on. */
function steady(count: number, perSecond: number, start = 0): [number, number][] {
  return Array.from({ length: count }, (_, step) => [start + step / perSecond, step]);
}

function seconds(count: number, values: Record<string, number>): Record<string, number>[] {
  return Array.from({ length: count }, () => values);
}

test("steps a second: without warm-up, and a pause for an evaluation does not count", () => {
  const slowStart: [number, number][] = Array.from({ length: 10 }, (_, step) => [step * 2, step]);
  const fast = steady(191, 10, 20).map(([t, step]): [number, number] => [t + (step > 90 ? 3 : 0), step + 10]);
  const { stepsPerSecond } = derived({ steps: [...slowStart, ...fast] });
  assert.ok(Math.abs(stepsPerSecond.value! - 10) < 0.01, String(stepsPerSecond.value));
  assert.is(stepsPerSecond.unit, "steps/s");
  assert.ok(stepsPerSecond.range![0] <= stepsPerSecond.value! && stepsPerSecond.range![1] >= stepsPerSecond.value!);
  assert.match(stepsPerSecond.note, "steps of loss, without 10 of warm-up");
});

test("steps a second: logged every hundredth step, begun again, a hundred thousand steps", () => {
  const sparse = steady(50, 0.5).map(([t, step]): [number, number] => [t, step * 100]);
  assert.is(derived({ steps: sparse }).stepsPerSecond.value, 50);
  const again = [...steady(60, 4), ...steady(60, 4, 100)];
  assert.is(derived({ steps: again }).stepsPerSecond.value, 4, "the gap is nobody's step");
  const long = derived({ steps: steady(100_000, 250) }).stepsPerSecond.value!;
  assert.ok(Math.abs(long - 250) < 1, String(long));
});

test("steps a second: unknown without two steps, and when all lines came at once", () => {
  assert.is(derived({}).stepsPerSecond.value, null);
  assert.match(derived({ steps: [[1, 5]] }).stepsPerSecond.note, "no scalar was told at two steps");
  const block = steady(40, 10).map(([, step]): [number, number] => [7, step]);
  assert.match(derived({ steps: block }).stepsPerSecond.note, "all at once");
  // Blocks every 4 s of 40 steps: ten a second, not thousands.
  const blocks = steady(400, 10).map(([t, step]): [number, number] => [Math.ceil((t + 0.01) / 4) * 4 + (step % 40) * 1e-5, step]);
  const { value } = derived({ steps: blocks }).stepsPerSecond;
  assert.ok(Math.abs(value! - 10) < 0.5, String(value));
});

test("examples a second: told, or by the batch size; epochs, shared batch sizes and no flag are unknown", () => {
  const steps = steady(100, 5);
  const told = derived({ steps, scalars: { samples_per_second: steps.map(([t]) => [t, 320]) } });
  assert.is(told.examplesPerSecond.value, 320);
  const byFlag = derived({ steps, flags: { "batch-size": 32 } }).examplesPerSecond;
  assert.is(byFlag.value, 160);
  assert.is(byFlag.note, "steps a second times batch-size");
  assert.is(derived({ steps }).examplesPerSecond.note, "the program tells none, and no flag names a batch size");
  assert.is(derived({ steps, flags: { batch_size: 32, epochs: 200 } }).examplesPerSecond.note, "its steps are epochs");
  const marked = derived({ steps, flags: { batch_size: 32 }, epochs: [1, 2, 3] });
  assert.is(marked.examplesPerSecond.note, "its steps are epochs");
  assert.match(derived({ steps, flags: { per_device_train_batch_size: 8 } }).examplesPerSecond.note, "for each device");
});

test("data wait: what the main thread did not run, after warm-up", () => {
  const busy = { "op/main/busy": 0.6, "op/main/helped": 0 };
  const start = seconds(10, { "op/main/busy": 1, "op/main/helped": 0 });
  const { dataWait } = derived({ steps: steady(200, 4, 9), samples: [...start, ...seconds(60, busy)] });
  assert.ok(Math.abs(dataWait.value! - 0.4) < 0.005, String(dataWait.value));
});

test("data wait: unknown where it cannot be told, with who worked meanwhile", () => {
  const why = (values: Record<string, number>, count = 30): string => {
    const { dataWait } = derived({ samples: [{ "op/main/ranks": values.ranks ?? 1 }, ...seconds(count, values)] });
    assert.is(dataWait.value, null, JSON.stringify(dataWait));
    return dataWait.note;
  };
  assert.match(why({ "op/main/busy": 0.3, "op/main/helped": 0.5 }), "waited 70 % of the time, while other threads or processes");
  assert.match(why({ "op/main/busy": 0.3, "op/main/helped": 0, "sys/gpu0/util": 0.6 }), "while a GPU worked");
  assert.match(why({ "op/main/busy": 0.001, "op/main/helped": 0 }), "hardly used a processor");
  assert.match(why({ "op/main/busy": 0.5, "op/main/helped": 0, ranks: 4 }), "one of 4 ranks");
  assert.match(why({ "op/main/busy": 0.5, "op/main/helped": 0 }, 2), "fewer than 3 s");
  assert.match(why({ "op/cpu/util": 1 }), "could not be watched");
});

test("data wait: a little help beside is within five points; a busy main thread beside a busy GPU is told", () => {
  const little = derived({ samples: seconds(30, { "op/main/busy": 0.6, "op/main/helped": 0.08 }) });
  assert.is(little.dataWait.value, 0.36);
  const spinning = derived({ samples: seconds(30, { "op/main/busy": 0.97, "op/main/helped": 0, "sys/gpu0/util": 0.9 }) });
  assert.ok(spinning.dataWait.value! <= 0.03);
});

test("GPU busy: the mean over the steady part and over the GPUs", () => {
  const idle = seconds(10, { "sys/gpu0/util": 0, "sys/gpu1/util": 0 });
  const working = seconds(50, { "sys/gpu0/util": 0.9, "sys/gpu1/util": 0.7, "sys/gpu0/mem/util": 0.1 });
  const { gpuBusy } = derived({ steps: steady(200, 5, 9), samples: [...idle, ...working] });
  assert.ok(Math.abs(gpuBusy.value! - 0.8) < 0.01, String(gpuBusy.value));
  assert.match(gpuBusy.note, "mean of 2 GPUs");
  assert.is(derived({ samples: idle.map(() => ({})) }).gpuBusy.note, "no GPU was seen");
});

test("peak memory: against the group's limit or the machine's; shared pages once", () => {
  const alone = derived({ samples: [{ "op/mem/rss": 1e9, "sys/mem/total": 8e9 }, { "op/mem/rss": 3e9 }] }).peakMemory;
  assert.equal([alone.value, alone.limit, alone.method], [3e9, 8e9, "measured"]);
  const limited = derived({ samples: [{ "op/mem/rss": 1e9, "sys/mem/total": 8e9, "op/cgroup/mem/limit": 2e9 }] });
  assert.is(limited.peakMemory.limit, 2e9);
  const shared = derived({
    samples: [{ "op/mem/rss": 4e9 }, { "op/mem/rss": 4e9, "op/mem/pss": 1e9 }, { "op/mem/rss": 8e9 }],
  }).peakMemory;
  assert.equal([shared.value, shared.method], [2e9, "estimated"]);
});

test("energy: by the counter, else power times time, and which of them is said", () => {
  const counted = derived({ samples: [0, 100, 250].map((energy) => ({ "sys/gpu0/energy": energy, "sys/gpu0/power": 100 })) });
  assert.equal([counted.gpuEnergy.value, counted.gpuEnergy.method], [250, "measured"]);
  const summed = derived({ samples: seconds(11, { "sys/gpu0/power": 300, "sys/gpu1/power": 50 }) });
  assert.equal([summed.gpuEnergy.value, summed.gpuEnergy.method], [3500, "estimated"]);
  const both = derived({ samples: seconds(3, { "sys/gpu0/energy": 7, "sys/gpu0/power": 1, "sys/gpu1/power": 50 }) });
  assert.equal([both.gpuEnergy.value, both.gpuEnergy.method], [107, "estimated"]);
  assert.is(derived({ samples: seconds(3, { "sys/cpu/energy": 42 }) }).cpuEnergy.value, 42);
  assert.is(derived({}).cpuEnergy.value, null);
});

test("out of memory: only with evidence, and only of a run that failed", () => {
  const killed = { status: "error", exitCode: null, signal: "SIGKILL" } as const;
  const full = [{ "op/mem/rss": 7.9e9, "sys/mem/total": 8e9 }];
  assert.equal(derived({ end: killed }).outOfMemory, [], "killed alone is no evidence");
  assert.equal(derived({ end: killed, samples: full }).outOfMemory, [
    "It was ended by SIGKILL.",
    "It held 7.9 GB of 8 GB when last seen.",
  ]);
  const counted = derived({
    end: { status: "error", exitCode: 137 },
    samples: [{ "op/cgroup/oom_kills": 2 }, { "op/cgroup/oom_kills": 3 }],
  });
  assert.equal(counted.outOfMemory, [
    "It ended with exit code 137: killed.",
    "The kernel's out-of-memory killer ended 1 process of its control group.",
  ]);
  assert.equal(derived({ end: killed, samples: [{ "op/cgroup/oom_kills": 2 }] }).outOfMemory, [], "an old count is not ours");
  assert.equal(derived({ samples: full, output: "MemoryError" }).outOfMemory, [], "it completed");
});

for (const [line, sign] of [
  ["torch.cuda.OutOfMemoryError: CUDA out of memory. Tried to allocate 2.00 GiB", true],
  ["RuntimeError: CUDA error: out of memory", true],
  ["numpy._core._exceptions._ArrayMemoryError: Unable to allocate 74.5 GiB for an array", true],
  ["MemoryError", true],
  ["OSError: [Errno 12] Cannot allocate memory", true],
  ["terminate called after throwing an instance of 'std::bad_alloc'", true],
  ["jaxlib.XlaRuntimeError: RESOURCE_EXHAUSTED: Out of memory while trying to allocate", true],
  ["memory: 12 GB free", false],
  ["ValueError: out of range", false],
] as const) {
  test(`out of memory: ${line} → ${sign}`, () => {
    const { outOfMemory } = derived({ end: { status: "error", exitCode: 1 }, output: `step 1\n${line}\n` });
    assert.equal(outOfMemory, sign ? [`Its output says: ${line}`] : []);
  });
}

test("nothing recorded makes everything unknown, with a reason; and it survives its file", () => {
  const empty = derived({});
  for (const [name, figure] of Object.entries(empty)) {
    if (Array.isArray(figure)) continue;
    assert.is(figure.value, null, name);
    assert.ok(figure.note.length > 5, name);
  }
  const full = derived({ steps: steady(100, 5), samples: seconds(20, { "op/mem/rss": 5, "op/main/busy": 0.5 }) });
  assert.equal(parseDerived(JSON.parse(JSON.stringify(full)), "derived"), full);
  assert.is(parseDerived({}, "derived").dataWait.value, null);
  assert.throws(() => parseDerived({ dataWait: { value: "much" } }, "derived"), /derived\.dataWait\.value/);
});

test.run();
