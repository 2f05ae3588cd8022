/**
 * Somebody who holds the command's output when the recorder is killed: without it the next line that the command prints would fail
 * it (a pipe without a reader, a terminal without a master), and what was still in the pipe would be gone.
 *
 * It is one `/bin/sh` (1.7 MB) that waits on a pipe from the recorder. At a normal end it is told to quit. When the pipe closes
 * without that word, the recorder is dead, and the shell becomes the salvage recorder (`scripts/salvage.ts`).
 */
import { type ChildProcess, spawn } from "node:child_process";
import { extname, join } from "node:path";
import type { ProcessMark } from "../../src/run/manifest.ts";
import { forgetPlan } from "./plan-file.ts";
import type { End } from "./start.ts";

/** The descriptors from which the guard, and the salvage recorder after it, hold the command's output: 3, and 4 where it is split. */
export const FIRST_HELD_FD = 3;

export interface Guard {
  /** The command runs. */
  started(command: ProcessMark): void;
  /** The command has ended so: whoever closes the record from now on need not guess. */
  ended(end: End): void;
  /** The record is closed. Nobody is needed any more. */
  dismiss(): void;
}

/**
 * Signals are ignored: whoever stops a job signals all of it, and this one has to outlive the recorder. `read` has no time limit
 * and no memory, so the shell sleeps for as long as the training takes.
 */
const SCRIPT = `trap '' HUP INT QUIT TERM USR1 USR2 PIPE
node=$1 salvage=$2 folder=$3 command= end=
while read -r word rest; do
  case $word in
    command) command=$rest ;;
    end) end=$rest ;;
    quit) exit 0 ;;
  esac
done
exec "$node" "$salvage" "$folder" "$command" "$end"`;

/**
 * Starts the guard of the run whose exact log is in `logDir`, before the command is started: a recorder may be killed at any moment.
 * `readEnds` are the descriptors that the recorder reads the command's output from.
 *
 * The guard has a session of its own (no terminal reaches it), no stdout, and nothing of the run in its environment, so it is not
 * taken for one of the command's processes. Without a shell there is no guard, and the recording goes on without.
 */
export function openGuard(logDir: string, readEnds: readonly number[], environment: NodeJS.ProcessEnv): Guard {
  const { GUILD_RUN_ID: _outer, ...env } = environment;
  const shell = spawnShell(["-c", SCRIPT, "guild-guard", process.execPath, salvageProgram(), logDir], env, readEnds);
  shell?.on("error", () => {});
  shell?.stdin?.on("error", () => {}); // it was killed: then there is no guard
  shell?.unref();
  const tell = (words: string): void => {
    shell?.stdin?.write(`${words}\n`);
  };
  return {
    started: ({ pid, start }) => tell(`command ${pid} ${start ?? ""}`),
    ended: ({ exitCode, signal }) => tell(`end ${exitCode ?? "-"} ${signal ?? "-"}`),
    dismiss() {
      forgetPlan(logDir);
      tell("quit");
      shell?.stdin?.end();
    },
  };
}

function spawnShell(args: string[], env: NodeJS.ProcessEnv, readEnds: readonly number[]): ChildProcess | null {
  try {
    const stdio: ("pipe" | "ignore" | number)[] = ["pipe", "ignore", "ignore", ...readEnds];
    // At home in "/": it must not keep a directory or a mounted disk busy.
    const shell = spawn("/bin/sh", args, { cwd: "/", env, stdio, detached: true });
    if (shell.stdin !== null && "unref" in shell.stdin && typeof shell.stdin.unref === "function") shell.stdin.unref();
    return shell;
  } catch {
    return null; // no processes left: the command may still get one
  }
}

/** Beside `guild.ts` in a checkout, beside `guild.js` in an installed package. */
function salvageProgram(): string {
  return join(import.meta.dirname, `../salvage${extname(import.meta.filename)}`);
}
