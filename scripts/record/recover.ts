import { rmSync } from "node:fs";
import { isAlive } from "../../src/load/processes.ts";
import type { Manifest } from "../../src/run/manifest.ts";
import { openExactLog } from "./exact-log.ts";
import { takeUnlogged } from "./journal.ts";
import { openLedger } from "./ledger.ts";
import { readOutput } from "./output-reading.ts";
import { readPast, replayOutput } from "./past.ts";
import { forgetPlan, readPlan } from "./plan-file.ts";
import { reservesOf } from "./reserve.ts";
import { makeStepClock } from "./step-clock.ts";

/**
 * Completes the exact log of a run whose recorders were all killed: what was printed last is searched for the scalars that nobody
 * came to write down, and what was kept for the run's end is given back. Does nothing while somebody records it, or has closed it.
 */
export async function recover(root: string, logDir: string, manifest: Manifest, warn: (message: string) => void): Promise<void> {
  const { recorder, id } = manifest;
  if (manifest.stopped !== null || isAlive(recorder.pid, recorder.start)) return;
  let kept: ReturnType<typeof readPlan>;
  try {
    kept = readPlan(logDir);
  } catch {
    return; // recovered before, or recorded by another version
  }
  const log = openExactLog(logDir, warn);
  const past = await readPast(logDir);
  const nothing = (): void => {};
  const ledger = openLedger({
    ...past.sift(log),
    steps: makeStepClock(),
    warn,
    onFlags: nothing,
    onOutside: nothing,
    onNotRead: nothing,
  });
  const output = readOutput({ flagNames: kept.plan.flagNames, rules: kept.plan.outputRules, bounded: false }, ledger);
  let last = 0;
  await replayOutput(logDir, ({ stream, chunk, t }) => {
    last = Math.max(last, t);
    output.push(stream, chunk, last);
  });
  const inHand = takeUnlogged(id, log.outputBytes);
  if (inHand !== null) {
    const stream = kept.streams[inHand.channel] ?? "t";
    log.output(stream, inHand.bytes, last);
    output.push(stream, inHand.bytes, last);
  }
  output.end(last);
  log.close();
  for (const path of reservesOf(root, { id, logDir })) rmSync(path, { force: true });
  forgetPlan(logDir);
}
