import { readFileSync } from "node:fs";
import { isatty } from "node:tty";
import type { Connection } from "./connect.ts";

/** Signals that somebody may send to the recorder and means for the command. */
const PASSED: readonly NodeJS.Signals[] = ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGUSR1", "SIGUSR2", "SIGCONT"];
/** Signals that a terminal, or the shell at it (`fg`, a lost connection), gives to the whole process group by itself. */
const FROM_TERMINAL = new Set<NodeJS.Signals>(["SIGINT", "SIGQUIT", "SIGHUP", "SIGCONT"]);
/** What Slurm gives to every process of a batch job when the job is cancelled. */
const FROM_SLURM = new Set<NodeJS.Signals>(["SIGTERM", "SIGCONT"]);

/** Set by the launcher, for Node forgets it: the signals that were ignored when we were started. */
const IGNORED = "GUILD_SIGIGN";

/** What is around us, as far as it decides about signals. */
export interface Surroundings {
  stdinIsTerminal: boolean;
  /** Are we the first process of our session (`ssh -t host guild …`)? A hangup is told to that one alone. */
  leadsSession: boolean;
  /** Signals that were ignored when we were started (nohup). */
  ignored: readonly NodeJS.Signals[];
  env: NodeJS.ProcessEnv;
}

/**
 * Which signals are sent on to the command. The recorder itself outlives all of them, to write down how it ended.
 *
 * At a terminal the kernel gives the command its own Ctrl-C; sent on, it would come twice. Slurm signals every process of a step
 * itself, and TERM to a batch job's processes as well. What was to be ignored is ignored.
 */
export function forwardedSignals({ stdinIsTerminal, leadsSession, ignored, env }: Surroundings): NodeJS.Signals[] {
  if (env.SLURM_STEP_ID !== undefined) return [];
  return PASSED.filter((signal) => {
    if (ignored.includes(signal)) return false;
    if (signal === "SIGHUP" && leadsSession) return true;
    if (stdinIsTerminal && FROM_TERMINAL.has(signal)) return false;
    return !(env.SLURM_JOB_ID !== undefined && FROM_SLURM.has(signal));
  });
}

/** The signals that were ignored when we were started, as the launcher says. */
export function ignoredSignals(env: NodeJS.ProcessEnv): NodeJS.Signals[] {
  const names = (env[IGNORED] ?? "").split(" ");
  return PASSED.filter((signal) => names.includes(signal));
}

/** The environment without what the launcher told us: the command's own. */
export function withoutLaunchNotes(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { [IGNORED]: _, ...rest } = env;
  return rest;
}

/** Sends signals on from now until the returned function is called; then they have their usual effect on us again. */
export function passSignals(
  send: (signal: NodeJS.Signals) => void,
  env: NodeJS.ProcessEnv,
  stdinIsTerminal = isatty(0),
): () => void {
  const ignored = ignoredSignals(env);
  const leadsSession = processFacts()?.leadsSession ?? false;
  const forwarded = new Set(forwardedSignals({ stdinIsTerminal, leadsSession, ignored, env }));
  const hadTerminal = (processFacts()?.terminal ?? "none") !== "none";
  const handle = (signal: NodeJS.Signals): void => {
    if (forwarded.has(signal) && !(hadTerminal && wasForAll(signal, leadsSession))) send(signal);
  };
  for (const signal of PASSED) process.on(signal, handle);
  return () => {
    for (const signal of PASSED) process.off(signal, handle);
  };
}

/**
 * Has the terminal that we had given this signal to the command as well, although stdin is something else (`guild run -- train <
 * config`)? Ctrl-C reaches the whole foreground; a hangup takes the terminal away.
 */
function wasForAll(signal: NodeJS.Signals, leadsSession: boolean): boolean {
  if (!FROM_TERMINAL.has(signal)) return false;
  const terminal = processFacts()?.terminal;
  return signal === "SIGHUP" ? terminal === "none" && !leadsSession : terminal === "foreground";
}

interface ProcessFacts {
  /** Are we in the foreground of our terminal? */
  terminal: "none" | "foreground" | "background";
  leadsSession: boolean;
}

/** Null where the system does not tell. */
function processFacts(): ProcessFacts | null {
  try {
    const stat = readFileSync("/proc/self/stat", "utf8");
    const [, , group, session, terminal, foreground] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return {
      terminal: terminal === "0" ? "none" : foreground === group ? "foreground" : "background",
      leadsSession: session === String(process.pid),
    };
  } catch {
    return null;
  }
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
