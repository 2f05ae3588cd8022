/** What is made of output as it comes, in bounded time. */
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { type OutputReadingOptions, readOutput } from "../../../scripts/record/output-reading.ts";
import type { Ledger } from "../../../scripts/record/sources/_contract.ts";
import { makeStepClock } from "../../../scripts/record/step-clock.ts";
import type { ScalarLine } from "../../../src/run/log-lines.ts";
import type { RunEvent } from "../../../src/run/types.ts";

const test = suite("output-reading");

function reading(options: Partial<OutputReadingOptions> = {}) {
  const [scalars, events, warnings]: [ScalarLine[], RunEvent[], string[]] = [[], [], []];
  const ledger: Pick<Ledger, "scalars" | "event" | "steps" | "warn"> = {
    scalars: (lines) => {
      for (const line of lines) if ("step" in line) scalars.push(line);
    },
    event: (event) => void events.push(event),
    steps: makeStepClock(),
    warn: (message) => void warnings.push(message),
  };
  const output = readOutput({ flagNames: [], ...options }, ledger);
  return {
    output,
    print: (text: string, t: number, stream: "o" | "e" = "o") => output.push(stream, Buffer.from(text), t),
    shown: () => scalars.map(({ k, step, v }) => `${k}@${step}=${v}`),
    scalars,
    events,
    warnings,
  };
}

test("streams are put together apart, and share the step", () => {
  const { print, output, shown } = reading();
  print("step 3 lo", 0, "o");
  print("val loss: 0.25\n", 1, "e");
  print("ss 0.5\n", 2, "o");
  print("acc: 0.75\n", 3, "e");
  output.end(4);
  assert.equal(shown(), ["val loss@0=0.25", "loss@3=0.5", "acc@3=0.75"]);
});

test("tables of two streams do not mix, and a table at the very end is read", () => {
  const { print, output, shown } = reading();
  print("| loss | 0.5 |\n", 0, "o");
  print("| acc | 0.9 |\n", 1, "e");
  print("| step | 7 |\n", 2, "o");
  output.end(3);
  assert.equal(shown(), ["loss@7=0.5", "acc@7=0.9"]);
});

test("a bar is read once a second, and when it begins anew", () => {
  const bar = (epoch: number, at: number) => `\rEpoch ${epoch}/2:  60%|###   | ${at}/100 [00:00<00:00, 99it/s, loss=${at}.5]`;
  const { print, output, shown } = reading();
  for (let at = 1; at <= 30; at += 1) print(bar(1, at), at * 100_000);
  assert.equal(shown(), ["loss@10=10.5", "loss@20=20.5"]);
  for (let at = 1; at <= 5; at += 1) print(bar(2, at), 3_000_000 + at * 1000);
  print("\n", 3_100_000);
  output.end(3_200_000);
  assert.equal(shown(), ["loss@10=10.5", "loss@20=20.5", "loss@30=30.5", "loss@105=5.5"]);
});

test("lines that are slow to read are paid for with those after them, and are counted", () => {
  const { print, output, warnings } = reading();
  const adversary = `${`acc ('`.repeat(700).slice(0, 3990)}\n`;
  const timed = (work: () => void): number => {
    const before = performance.now();
    work();
    return performance.now() - before;
  };
  const all = reading({ bounded: false });
  const eachLine = timed(() => all.print(adversary.repeat(64), 0)) / 64;
  const spent = timed(() => {
    for (let i = 0; i < 400; i += 1) print(adversary.repeat(16), i * 1000);
  });
  print("loss: 0.5\n", 100_000_000);
  output.end(100_000_001);
  assert.ok(spent < 0.6 * 6400 * eachLine, `${spent} ms, of ${6400 * eachLine} for all`);
  assert.ok(output.passedOver > 1000, `${output.passedOver} of 6,400`);
  assert.is(warnings.length, 1);
  assert.match(warnings[0] ?? "", /lines came faster than they are searched/);
});

test("a large piece is read in turns, in order, and to its end", async () => {
  const { print, output, shown } = reading({ inTurns: true });
  const lines = Array.from({ length: 2000 }, (_, at) => `step ${at} loss ${at}.5`);
  print(`${lines.join("\n")}\n`, 1);
  const atOnce = shown().length;
  assert.ok(atOnce > 0 && atOnce < 1000, `${atOnce}`);
  print("step 2000 loss 2000.5\n", 2);
  await new Promise((done) => setImmediate(done));
  assert.ok(shown().length > atOnce);
  output.end(3);
  assert.equal(
    shown(),
    Array.from({ length: 2001 }, (_, at) => `loss@${at}=${at}.5`),
  );
});

test("evaluations and epochs are events", () => {
  const { print, events } = reading();
  print("epoch 1 loss 0.5\nval loss: 0.4\n", 2_000_000);
  assert.equal(events, [
    { step: 1, t: 2, kind: "epoch", detail: "1" },
    { step: 1, t: 2, kind: "eval", detail: "val loss" },
  ]);
});

test.run();
