/** A live view and a recorded program that prints what it is told: for the figure and the tests of the live view. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { guild } from "./project.ts";

export interface View {
  /** Ends with a slash. */
  url: string;
  /** All lines of stdout so far. */
  printed: string[];
  stop(): Promise<void>;
}

export interface ToldRun {
  /** Tells the program to print a line, the time of its writing put in for `{now}`. */
  tell(line: string): void;
  /** Tells the program to end with this code; resolves when the recorder has ended too, to its code. */
  end(code?: number): Promise<number | null>;
}

/** The program: prints each line that it reads, and ends with N when the line is `exit N`. */
const told = `
import { createInterface } from "node:readline";
for await (const line of createInterface({ input: process.stdin })) {
  const code = /^exit (\\d+)$/.exec(line);
  if (code) process.exit(Number(code[1]));
  console.log(line.replace("{now}", String(Date.now())));
}`;

/** Starts `guild view` in a project on a free port. Rejects when it ends before it says where it listens. */
export async function startView(folder: string, ...words: string[]): Promise<View> {
  const child = start(["view", "--no-open", "--port", "0", ...words], folder);
  const printed: string[] = [];
  const url = await lineWith(child, /^https?:\/\/\S+\/$/, printed);
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill("SIGTERM");
    await once(child, "exit");
  };
  return { url, printed, stop };
}

/** Starts a recorded program and waits until it has printed its first line, `ready`. */
export async function startToldRun(folder: string, ...options: string[]): Promise<ToldRun> {
  const program = ["--", process.execPath, "--input-type=module", "--eval", told];
  const child = start(["run", "--quiet", ...options, ...program], folder);
  const exited = once(child, "exit");
  const tell = (line: string) => child.stdin?.write(`${line}\n`);
  tell("ready");
  await lineWith(child, /^ready$/, []);
  return {
    tell,
    async end(code = 0) {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
      tell(`exit ${code}`);
      const [exitCode]: (number | null)[] = await exited;
      return exitCode ?? null;
    },
  };
}

function start(words: string[], cwd: string): ChildProcess {
  return spawn(guild[0] ?? "", [...guild.slice(1), ...words], { cwd, stdio: ["pipe", "pipe", "inherit"] });
}

/** The first line that the pattern fits; all lines go into `printed`, later ones too. Rejects when the process ends before. */
function lineWith(child: ChildProcess, pattern: RegExp, printed: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code) => reject(new Error(`ended with code ${code} before it printed ${pattern}`)));
    if (child.stdout === null) throw new Error("no output to read");
    createInterface({ input: child.stdout }).on("line", (line) => {
      printed.push(line);
      const found = pattern.exec(line);
      if (found !== null) resolve(found[0]);
    });
  });
}
