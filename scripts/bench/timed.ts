/** Runs a command to its end and says what it cost. */
import { spawn } from "node:child_process";

export interface Cost {
  wallSeconds: number;
  /** User and system time of the command and of everything that it waited for. */
  cpuSeconds: number;
}

/**
 * Runs `command` in `cwd`, output discarded, and resolves to its cost.
 *
 * The time is taken from start to exit, as a person at a prompt feels it. A shell around it (the same for whatever is
 * compared) reports the processor time of its children. Rejects when the command fails, with what it printed on stderr.
 */
export function timed(command: readonly string[], cwd: string, env: NodeJS.ProcessEnv = process.env): Promise<Cost> {
  return new Promise((resolve, reject) => {
    const script = `"$@" >/dev/null; code=$?; times >&3; exit $code`;
    const started = performance.now();
    const child = spawn("/bin/sh", ["-c", script, "timed", ...command], {
      cwd,
      env,
      stdio: ["ignore", "ignore", "pipe", "pipe"],
    });
    let errors = "";
    let times = "";
    child.stderr?.setEncoding("utf8").on("data", (text: string) => (errors += text));
    child.stdio[3]?.on("data", (bytes: Buffer) => (times += bytes.toString()));
    let wallSeconds = 0;
    child.on("exit", () => {
      wallSeconds = (performance.now() - started) / 1000;
    });
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) resolve({ wallSeconds, cpuSeconds: childSeconds(times) });
      else reject(new Error(`${command.join(" ")} ended with code ${code}\n${errors}`));
    });
  });
}

/** The second line of `times`: user and system time of the shell's children, `0m1.230000s 0m0.450000s`. */
function childSeconds(times: string): number {
  const fields = times.trim().split("\n")[1] ?? "";
  return [...fields.matchAll(/(\d+)m([\d.]+)s/g)].reduce((sum, match) => sum + Number(match[1]) * 60 + Number(match[2]), 0);
}
