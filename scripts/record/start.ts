import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, isAbsolute, join, resolve } from "node:path";
import { ToolError } from "../../src/run/error.ts";
import type { Connection } from "./connect.ts";

/** How a process ended; one of the two is null. */
export interface End {
  exitCode: number | null;
  signal: NodeJS.Signals | null;
}

export interface Started {
  child: ChildProcess;
  pid: number;
  ended: Promise<End>;
}

/**
 * Starts the command. Throws ToolError with the exit codes of `env` and `timeout`: 127 when there is no such command, 126 when it
 * is not executable, and 125 when the directory to run in is missing.
 */
export async function start(argv: string[], cwd: string, env: NodeJS.ProcessEnv, connection: Connection): Promise<Started> {
  const [command = "", ...args] = argv;
  if (!existsSync(cwd)) {
    throw new ToolError("missing-directory", `The directory to run in is not there: ${cwd}`, { exitCode: 125 });
  }
  const child = spawn(command, args, { cwd, env, stdio: connection.stdio });
  // Listened to at once: a short command may have ended before anybody asks.
  const ended = new Promise<End>((done) => {
    child.once("exit", (exitCode, signal) => done({ exitCode, signal }));
  });
  if (child.pid !== undefined) return { child, pid: child.pid, ended };
  const error = await new Promise<NodeJS.ErrnoException>((failed) => {
    child.once("error", failed);
  });
  throw cannotStart(command, cwd, env, error);
}

/** `$RUN_DIR`, `${RUN_DIR}`, `$RUNDIR` and `${RUNDIR}` inside a word become the run's own directory. */
export function expandRunDir(word: string, runDir: string): string {
  return word.replaceAll(/\$(?:RUN_?DIR\b|\{RUN_?DIR\})/g, () => runDir);
}

function cannotStart(command: string, cwd: string, env: NodeJS.ProcessEnv, error: NodeJS.ErrnoException): ToolError {
  const found = placeOf(command, cwd, env);
  if (error.code === "ENOENT" && found !== null) {
    const hint = "Its first line (#!…) names a program that is not here.";
    return new ToolError("command-not-found", `Cannot run ${found}: its interpreter is missing`, {
      hint,
      exitCode: 127,
      cause: error,
    });
  }
  if (error.code === "ENOENT") {
    const hint = command.includes("/") ? `It was looked for in ${cwd}.` : "Check its spelling and your PATH, or give its path.";
    return new ToolError("command-not-found", `Command not found: ${command}`, { hint, exitCode: 127, cause: error });
  }
  const hint = error.code === "EACCES" ? `Make it executable: chmod +x ${found ?? command}` : "Nothing was started.";
  return new ToolError("not-executable", `Cannot execute ${command}: ${error.code ?? error.message}`, {
    hint,
    exitCode: 126,
    cause: error,
  });
}

function placeOf(command: string, cwd: string, env: NodeJS.ProcessEnv): string | null {
  const folders = command.includes("/") ? [cwd] : (env.PATH ?? "").split(delimiter);
  const places = folders.map((folder) => (isAbsolute(command) ? command : join(resolve(cwd, folder), command)));
  return places.find((place) => existsSync(place)) ?? null;
}
