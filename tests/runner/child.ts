/**
 * Runs one test file in this process and tells the runner what came of it: `node tests/runner/child.ts FILE`.
 *
 * uvu keeps its suites on a global queue that its own command line (`uvu/run`) fills the same way. Walking it here, not
 * through `exec()`, gives counts as data and closes three silent passes: a file that never calls `.run()`, a suite whose
 * `before` hook throws, and a process that ends before its last test.
 */
import { pathToFileURL } from "node:url";

/** What the runner is told over the IPC channel. */
export type Message = { kind: "counts"; passed: number; failed: number; skipped: number; suites: number } | SkipMessage;

export interface SkipMessage {
  kind: "skip";
  reason: string;
}

/** One suite of the queue, as uvu 0.5 binds it: error text (or true), tests passed, tests skipped, tests in all. */
type QueuedSuite = () => Promise<[string | true, number, number, number]>;

const queue: QueuedSuite[] = [];
Object.assign(globalThis, { UVU_DEFER: 1, UVU_INDEX: 0, UVU_QUEUE: [queue] });

await import(pathToFileURL(process.argv[2] ?? "").href);

const counts = { passed: 0, failed: 0, skipped: 0 };
for (const runSuite of queue) {
  const [errors, passed, skipped, total] = await runSuite();
  counts.passed += passed;
  counts.skipped += skipped;
  counts.failed += total - passed;
  if (typeof errors === "string") process.stdout.write(`\n${errors}\n`);
  else if (passed < total) process.stdout.write(`\n${total - passed} of ${total} tests never ran: a hook threw.\n`);
}
const message: Message = { kind: "counts", ...counts, suites: queue.length };
process.send?.(message);

// Not awaited: where something keeps the process alive, this says what, before the runner gives up on it.
setTimeout(() => console.log(`Still open: ${process.getActiveResourcesInfo().join(", ")}`), 4000).unref();
