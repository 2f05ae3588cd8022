import { constants } from "node:os";
import type { Manifest } from "../../src/run/manifest.ts";
import type { Status } from "../../src/run/types.ts";
import { formatDuration } from "../../src/run/units.ts";
import { defineCommand } from "./_contract.ts";
import { localRun } from "./_local-run.ts";
import { followOutput } from "./_output-tail.ts";

export default defineCommand({
  group: "look",
  summary: "Follow a run's output until it ends, and end as it ended",
  usage: ["watch [--all] RUN"],
  examples: ["guild watch 7f3a"],
  options: {
    all: { type: "boolean", short: "a", description: "the whole output, however long, not only its end" },
  },
  async run({ options, words, rest }, shell) {
    const run = await localRun([...words, ...(rest ?? [])], "watch", shell);
    const last = await followOutput({ run, whole: options.all === true, shell });
    const seconds = last.manifest.durationSeconds;
    const took = seconds === null ? "" : ` after ${formatDuration(seconds)}`;
    shell.stderr.write(`guild: ${run.id} ${last.status}${how(last.manifest)}${took}\n`);
    return exitCodeOf(last);
  },
});

function how({ exitCode, signal }: Manifest): string {
  if (signal !== null) return ` (${signal})`;
  return exitCode === 0 || exitCode === null ? "" : ` (exit code ${exitCode})`;
}

/** The run's own code; 128 and the signal's number as a shell has it; 1 where nobody saw the end. */
function exitCodeOf({ manifest, status }: { manifest: Manifest; status: Status }): number {
  const { exitCode, signal } = manifest;
  if (exitCode !== null) return exitCode;
  // What `manifest` holds is a text: a name that this system does not know has no number.
  const number = signal === null ? undefined : Object.entries(constants.signals).find(([name]) => name === signal)?.[1];
  return number === undefined ? (status === "completed" ? 0 : 1) : 128 + number;
}
