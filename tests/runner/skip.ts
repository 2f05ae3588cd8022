/** Tests that need something which this machine lacks. */
import type { SkipMessage } from "./child.ts";

/** Tells the runner (or, where a test file is run alone, the terminal) why tests are skipped. */
export function announceSkip(reason: string): void {
  const message: SkipMessage = { kind: "skip", reason };
  if (process.send) process.send(message);
  else console.error(`SKIPPED: ${reason}`);
}
