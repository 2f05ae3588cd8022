import { suite } from "uvu";
import * as assert from "uvu/assert";
import { known, unknown } from "../../../src/run/derive/figure.ts";
import type { Derived } from "../../../src/run/types.ts";
import { derivedFacts } from "../../../src/views/derived-facts.ts";

const test = suite("derivedFacts");

const derived: Derived = {
  stepsPerSecond: known(12.34, "steps/s", "steps of loss, without 10 of warm-up", { range: [11, 13] }),
  examplesPerSecond: unknown("examples/s", "its steps are epochs"),
  dataWait: known(0.4, "ratio", "main thread waiting, after warm-up"),
  gpuBusy: unknown("ratio", "no GPU was seen"),
  peakMemory: known(2e9, "B", "resident memory of its processes", { limit: 8e9, method: "measured" }),
  gpuEnergy: known(3.6e6, "J", "sampled power times time", { method: "estimated" }),
  cpuEnergy: unknown("J", "no energy counter of the processor can be read here"),
  outOfMemory: [],
};

test("figures with their units, what they are of, how they were got", () => {
  assert.equal(
    derivedFacts(derived).map(({ name, value, note }) => `${name}: ${value} (${note})`),
    [
      "Speed: 12.3 steps/s (mostly 11 steps/s to 13 steps/s; steps of loss, without 10 of warm-up)",
      "Examples: unknown (its steps are epochs)",
      "Waiting for data: 40 % (main thread waiting, after warm-up)",
      "GPU busy: unknown (no GPU was seen)",
      "Peak memory: 2 GB of 8 GB (25 %) (resident memory of its processes)",
      "Energy of the GPUs: 3.6 MJ (sampled power times time; estimated)",
      "Energy of the processors: unknown (no energy counter of the processor can be read here)",
    ],
  );
  assert.equal(
    derivedFacts(derived).map((fact) => fact.known),
    [true, false, true, false, true, true, false],
  );
});

test("a record without derived figures has none; zero is a figure", () => {
  assert.equal(derivedFacts(null), []);
  const still = derivedFacts({ ...derived, dataWait: known(0, "ratio", "") });
  assert.is(still[2]?.value, "0 %");
});

test.run();
