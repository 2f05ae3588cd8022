import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { Probe } from "../../../scripts/probes/_contract.ts";
import { type Sampling, sampleEveryMs, startSampling } from "../../../scripts/record/sampling.ts";
import type { SystemLine } from "../../../src/run/log-lines.ts";

const test = suite("sampling");

function probe(sample: (elapsed: number | null) => Record<string, number>, close = () => {}): Probe {
  return { summary: "", tags: {}, open: () => ({ sample, close }) };
}

/** Samples until `count` lines have come. */
async function samples(
  probes: Record<string, Probe>,
  count: number,
): Promise<{ lines: SystemLine[]; warnings: string[]; sampling: Sampling }> {
  const lines: SystemLine[] = [];
  const warnings: string[] = [];
  const begin = process.hrtime.bigint();
  let sampling: Sampling | undefined;
  await new Promise<void>((done) => {
    sampling = startSampling(probes, {
      procRoot: "/proc",
      runDir: ".",
      pids: () => [],
      micros: () => Number((process.hrtime.bigint() - begin) / 1000n),
      beforeSample: () => {},
      onSample(line) {
        lines.push(line);
        if (lines.length === count) done();
      },
      warn: (message) => warnings.push(message),
    });
  });
  sampling!.stop();
  return { lines, warnings, sampling: sampling! };
}

test("samples at once and after a quarter of a second, and tells the time between", async () => {
  const asked: (number | null)[] = [];
  const one = probe((elapsed) => {
    asked.push(elapsed);
    return { "op/procs": asked.length };
  });
  const { lines } = await samples({ one }, 2);
  assert.equal(
    lines.map(({ v }) => v),
    [{ "op/procs": 1 }, { "op/procs": 2 }],
  );
  assert.is(asked[0], null);
  assert.ok(asked[1]! > 0.2 && asked[1]! < 2, String(asked[1]));
});

test("samples grow rarer: each second, every five after ten minutes, every fifteen after six hours", () => {
  assert.equal([0, 599, 600, 21_599, 21_600, 1e6].map(sampleEveryMs), [1000, 1000, 5000, 5000, 15_000, 15_000]);
});

test("what is known only at the end stands in a last line", async () => {
  const told: Probe = {
    summary: "",
    tags: {},
    open: () => ({ sample: () => ({}), last: () => ({ kills: 1 }), close: () => {} }),
  };
  const { lines } = await samples({ told }, 1);
  assert.equal(
    lines.map(({ v }) => v),
    [{}, { kills: 1 }],
  );
});

test("a probe that throws is switched off with one warning, the others go on", async () => {
  let calls = 0;
  const broken = probe(() => {
    calls += 1;
    throw new Error("no such sensor");
  });
  const { lines, warnings, sampling } = await samples({ broken, fine: probe(() => ({ a: 1 })) }, 2);
  assert.equal(warnings, ['The probe "broken" was switched off: no such sensor']);
  assert.is(calls, 1);
  assert.is(sampling.absent.broken, "no such sensor");
  assert.equal(lines[1]!.v, { a: 1 });
});

test("a probe that cannot be opened is named with its reason; throwing while opening or closing is a warning", async () => {
  const absent: Probe = { summary: "", tags: {}, open: () => ({ absent: "no GPU here" }) };
  const throwing: Probe = {
    summary: "",
    tags: {},
    open() {
      throw new Error("not today");
    },
  };
  const closing = probe(
    () => ({}),
    () => {
      throw new Error("stuck");
    },
  );
  const { sampling, warnings, lines } = await samples({ absent, throwing, closing }, 1);
  assert.equal(sampling.absent, { absent: "no GPU here", throwing: "not today", closing: "stuck" });
  assert.is(warnings.length, 2);
  assert.equal(lines[0]!.v, {}, "an empty sample is still a heartbeat");
});

test.run();
