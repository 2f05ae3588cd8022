/**
 * The recorder of `guild run --background`: gets its plan from the command line that started it, tells it the run's id or what is
 * wrong, and goes on alone.
 */
import { enableCompileCache } from "node:module";
import { ToolError } from "../src/run/error.ts";
import type { BackgroundAnswer, BackgroundPlan } from "./commands/_background.ts";
import { withSources } from "./commands/_sources.ts";
import { realEffects } from "./record/effects.ts";
import { record } from "./record/record.ts";

enableCompileCache();
// What comes over the channel is what `_background.ts` sends: the same version of the same package.
process.once("message", (plan: BackgroundPlan) => void recordAlone(plan));

async function recordAlone(plan: BackgroundPlan): Promise<void> {
  const { env, stdout, stderr } = process;
  try {
    await record(withSources({ ...plan, quiet: true }), { cwd: plan.cwd, env, stdout, stderr }, realEffects(), (id) =>
      answer({ id }),
    );
  } catch (error) {
    const { name, message, hint, exitCode } = error instanceof ToolError ? error : unexpected(error);
    answer({ error: { name, message, hint, exitCode } });
  }
  // Nobody waits for our exit code, and nothing that is still open may keep us.
  process.exit(0);
}

/** Once; whoever asked may have gone meanwhile. */
function answer(words: BackgroundAnswer): void {
  if (!process.connected) return;
  process.send?.(words);
  process.disconnect();
}

function unexpected(error: unknown): ToolError {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return new ToolError("background-failed", `The recorder failed before the command was started: ${text}`, { exitCode: 125 });
}
