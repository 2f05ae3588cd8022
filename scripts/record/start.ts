import { type ChildProcess, spawn } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";
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

/** What the command is started with. */
export interface Beginning {
  argv: string[];
  cwd: string;
  env: NodeJS.ProcessEnv;
  stdio: Connection["stdio"];
  /** Signals that it is to ignore from the beginning, as `nohup` has it. */
  ignored: readonly NodeJS.Signals[];
}

/**
 * Starts the command. Throws ToolError with the exit codes of `env` and `timeout`: 127 when there is no such command, 126 when it
 * is not executable, and 125 when the directory to run in is missing.
 */
export async function start({ argv, cwd, env, stdio, ignored }: Beginning): Promise<Started> {
  const [command = ""] = argv;
  if (!existsSync(cwd)) {
    throw new ToolError("missing-directory", `The directory to run in is not there: ${cwd}`, { exitCode: 125 });
  }
  const [file = "", ...args] = ignored.length === 0 ? argv : ignoring(ignored, argv, cwd, env);
  const child = spawn(file, args, { cwd, env, stdio });
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

/**
 * Node starts everything with the default effect of every signal; a shell that becomes the command can leave some out.
 * Throws what `start` throws: the shell would only say it in its own way.
 */
function ignoring(ignored: readonly NodeJS.Signals[], argv: string[], cwd: string, env: NodeJS.ProcessEnv): string[] {
  const [command = ""] = argv;
  const place = placeOf(command, cwd, env);
  if (place === null) throw cannotStart(command, cwd, env, Object.assign(new Error("not found"), { code: "ENOENT" }));
  try {
    accessSync(place, constants.X_OK);
  } catch (error) {
    throw cannotStart(command, cwd, env, Object.assign(new Error("not executable", { cause: error }), { code: "EACCES" }));
  }
  const names = ignored.map((signal) => signal.replace("SIG", "")).join(" ");
  return ["/bin/sh", "-c", `trap "" ${names}; exec "$@"`, "sh", ...argv];
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
