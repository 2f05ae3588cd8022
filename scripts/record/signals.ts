import { isatty } from "node:tty";
import type { Connection } from "./connect.ts";

/** Signals that somebody may send to the recorder and means for the command. */
const PASSED: readonly NodeJS.Signals[] = ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGUSR1", "SIGUSR2"];
/** Signals that a terminal gives to every process of the foreground by itself. */
const FROM_TERMINAL = new Set<NodeJS.Signals>(["SIGINT", "SIGQUIT", "SIGHUP"]);

/**
 * Which signals are sent on to the command. The recorder itself outlives all of them, to write down how it ended.
 *
 * At a terminal the kernel gives the command its own Ctrl-C; sent on, it would come twice. Slurm signals every process
 * of a step itself, and TERM to a batch job's processes as well.
 */
export function forwardedSignals(stdinIsTerminal: boolean, env: NodeJS.ProcessEnv): NodeJS.Signals[] {
  if (env.SLURM_STEP_ID !== undefined) return [];
  return PASSED.filter((signal) => {
    if (stdinIsTerminal && FROM_TERMINAL.has(signal)) return false;
    return !(signal === "SIGTERM" && env.SLURM_JOB_ID !== undefined);
  });
}

/** Sends signals on from now until the returned function is called; then they have their usual effect on us again. */
export function passSignals(
  send: (signal: NodeJS.Signals) => void,
  env: NodeJS.ProcessEnv,
  stdinIsTerminal = isatty(0),
): () => void {
  const forwarded = new Set(forwardedSignals(stdinIsTerminal, env));
  const handle = (signal: NodeJS.Signals): void => {
    if (forwarded.has(signal)) send(signal);
  };
  for (const signal of PASSED) process.on(signal, handle);
  return () => {
    for (const signal of PASSED) process.off(signal, handle);
  };
}

/**
 * Gives the command's terminal the size of the real one whenever that changes, until the returned function is called.
 *
 * The kernel has told the whole foreground about the change, but some may have asked for the size before it was taken over: they
 * are told again. We are told too, and stop there, since nothing has changed by then.
 */
export function followSize(connection: Pick<Connection, "resize">): () => void {
  const handle = (): void => {
    if (connection.resize()) process.kill(0, "SIGWINCH");
  };
  if (process.platform !== "win32") process.on("SIGWINCH", handle);
  return () => void process.off("SIGWINCH", handle);
}
