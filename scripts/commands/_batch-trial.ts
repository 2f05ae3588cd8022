/** One trial of a batch: recorded as any run is, without a terminal of its own. */
import { Writable } from "node:stream";
import type { Intent } from "../project/intent.ts";
import { realEffects } from "../record/effects.ts";
import { record } from "../record/record.ts";
import type { Shell } from "./_contract.ts";
import { completePlan } from "./_record.ts";
import { withSources } from "./_sources.ts";

export interface TrialSetting {
  sweep: string;
  trial: number;
  verbose: boolean;
  shell: Shell;
  /** Prints whole lines without disturbing the line of progress. */
  say(text: string): void;
}

/**
 * Records the trial to its end; `started` is told the run's id when its command runs. It is recorded in this process: 45 ms of work a
 * trial, where a recorder of its own would begin with 100 ms of starting.
 *
 * Throws ToolError (exit codes 125 to 127) when it cannot start; no other trial could then.
 */
export async function recordTrial(
  intent: Intent,
  { sweep, trial, verbose, shell, say }: TrialSetting,
  started: (id: string) => void,
): Promise<void> {
  const output = verbose ? linesWith(`[${trial}] `, say) : nowhere();
  const completed = await completePlan(intent, shell.env, (line) => verbose && say(`[${trial}] ${line}`));
  const plan = { ...completed, quiet: true, sweep, withoutInput: true };
  await record(withSources(plan), { ...shell, stdout: output, stderr: output }, realEffects(), started);
  output.end();
}

function nowhere(): Writable {
  return new Writable({ write: (_chunk, _encoding, done) => done() });
}

/** Only whole lines are printed, so that those of several trials stay apart; what has no end yet is printed at the end. */
function linesWith(prefix: string, say: (text: string) => void): Writable {
  const decoder = new TextDecoder();
  let rest = "";
  return new Writable({
    write(chunk: Uint8Array, _encoding, done) {
      const lines = (rest + decoder.decode(chunk, { stream: true })).split(/\r?\n/);
      rest = lines.pop() ?? "";
      for (const line of lines) say(`${prefix}${line.split("\r").at(-1)}`);
      done();
    },
    final(done) {
      if (rest !== "") say(`${prefix}${rest.split("\r").at(-1)}`);
      done();
    },
  });
}
