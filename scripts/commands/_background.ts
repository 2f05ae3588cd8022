/** `--background`: a recorder of its own, that no terminal reaches. */
import { spawn } from "node:child_process";
import { extname, join } from "node:path";
import { ToolError } from "../../src/run/error.ts";
import type { RunPlan } from "../record/plan.ts";
import type { Shell } from "./_contract.ts";

/** What can be sent to another process. */
export type BackgroundPlan = Omit<RunPlan, "probes" | "facts">;

/** What comes back, once: the run's id when its command has been started, or why it was not. */
export type BackgroundAnswer = { id: string } | { error: Pick<ToolError, "name" | "message" | "hint" | "exitCode"> };

/**
 * Starts the recorder in a session of its own (a closed terminal or a lost connection does not reach it), without input, and
 * prints the run's id on stdout; on stderr how to watch and stop it. Resolves to 0 when the command has been started.
 *
 * Throws the ToolError of a command that could not be started, as `guild run` would.
 */
export async function recordInBackground(plan: BackgroundPlan, shell: Shell): Promise<number> {
  const recorder = spawn(process.execPath, [join(import.meta.dirname, `../background${extname(import.meta.filename)}`)], {
    cwd: plan.root,
    env: shell.env,
    detached: true,
    stdio: ["ignore", "ignore", "ignore", "ipc"],
    // Flags may be NaN or Infinity, which JSON does not know.
    serialization: "advanced",
  });
  const answered = new Promise<BackgroundAnswer>((resolve, reject) => {
    recorder.once("message", (answer: BackgroundAnswer) => resolve(answer));
    recorder.once("error", reject);
    recorder.once("exit", (code, signal) => reject(endedEarly(signal ?? `exit code ${code}`)));
  });
  recorder.send(plan);
  const answer = await answered;
  recorder.unref();
  if ("error" in answer) {
    const { name, message, hint, exitCode } = answer.error;
    throw new ToolError(name, message, { exitCode, ...(hint === null ? {} : { hint }) });
  }
  shell.stdout.write(`${answer.id}\n`);
  if (!plan.quiet)
    shell.stderr.write(
      `guild: recording in the background\n  watch  guild watch ${answer.id}\n  stop   guild stop ${answer.id}\n`,
    );
  return 0;
}

function endedEarly(how: string): ToolError {
  return new ToolError("background-failed", `The recorder ended before the command was started (${how})`, {
    hint: "Without --background it says more.",
    exitCode: 125,
  });
}
