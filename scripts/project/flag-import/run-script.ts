/** `--import-by-running`: the flags of a script as it says them itself when it is run. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runningProgram } from "./running-program.ts";
import { parseScriptFlags, type ScriptFlags } from "./script-flags.ts";

/** Libraries may take their time to be imported. */
const RUN_MS = 120_000;

/**
 * Runs the words behind `python` (`train.py fit`, `-m pkg.train`) in `cwd` up to where they look at their arguments. It is the user's own
 * code, with all that it does until then; what it prints goes nowhere. Null when it ended, or failed, before it looked at any.
 */
export function runScript(words: readonly string[], { cwd, python }: { cwd: string; python: string }): ScriptFlags | null {
  const folder = mkdtempSync(join(tmpdir(), "guild-flags-"));
  try {
    const out = join(folder, "flags.json");
    const stdio: ["pipe", "ignore", "ignore"] = ["pipe", "ignore", "ignore"];
    spawnSync(python, ["-B", "-", out, ...words], { cwd, input: runningProgram, timeout: RUN_MS, stdio });
    return parseScriptFlags(JSON.parse(readFileSync(out, "utf8")));
  } catch {
    return null; // it never looked at its arguments: nothing was written
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
