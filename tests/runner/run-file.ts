/** Runs one test file as a process of its own and waits for the truth about it. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import type { Message } from "./child.ts";
import type { TestFile } from "./files.ts";

export interface FileResult {
  path: string;
  passed: number;
  failed: number;
  skipped: number;
  seconds: number;
  /** Why tests were skipped, in their own words. */
  skipReasons: string[];
  /** What is wrong with the file as a whole: it hung, crashed, or ran nothing. Already counted in `failed`. */
  trouble: string | null;
  /** All that it printed, stdout and stderr as they came. */
  output: string;
}

/** How long a process may live on after its last test: closing a browser takes a moment, a forgotten server takes for ever. */
const graceSeconds = 10;

/** Processes that are under way, so that an interrupted runner leaves none behind. */
const living = new Set<number>();

/**
 * Runs `file` under this Node, in a session of its own without a terminal, stdin closed.
 *
 * Never throws. When the time is up, or when the file has ended, every process that it left in its group is killed.
 */
export async function runFile(root: string, file: TestFile): Promise<FileResult> {
  const started = performance.now();
  const child = spawn(process.execPath, [join(import.meta.dirname, "child.ts"), join(root, file.path)], {
    cwd: root,
    detached: true,
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  const pid = child.pid;
  if (pid !== undefined) living.add(pid);

  let output = "";
  let counts: Extract<Message, { kind: "counts" }> | null = null;
  let killedBecause: string | null = null;
  const skipReasons: string[] = [];
  const kill = (reason: string) => {
    killedBecause = reason;
    killGroup(pid);
  };
  let timer = setTimeout(() => kill(`took longer than ${file.timeoutSeconds} s and was killed`), file.timeoutSeconds * 1000);

  child.stdout?.setEncoding("utf8").on("data", (text: string) => (output += text));
  child.stderr?.setEncoding("utf8").on("data", (text: string) => (output += text));
  // What comes over the channel is what child.ts and skip.ts send.
  child.on("message", (message: Message) => {
    if (message.kind === "skip") skipReasons.push(message.reason);
    else {
      counts = message;
      clearTimeout(timer);
      timer = setTimeout(() => kill(`its tests ended but the process did not within ${graceSeconds} s`), graceSeconds * 1000);
    }
  });
  const ending = await new Promise<string>((resolve) => {
    child.on("error", (error) => resolve(`could not be started: ${error.message}`));
    child.on("exit", (code, signal) => resolve(signal ? `died of ${signal}` : code === 0 ? "" : `ended with code ${code}`));
  });
  clearTimeout(timer);
  killGroup(pid);
  if (pid !== undefined) living.delete(pid);
  return sum(file.path, counts, killedBecause ?? ending, { output, skipReasons, seconds: (performance.now() - started) / 1000 });
}

/** Ends what is still running: for a runner that is interrupted. */
export function killLiving(): void {
  for (const pid of living) killGroup(pid);
}

function sum(
  path: string,
  counts: Extract<Message, { kind: "counts" }> | null,
  ending: string,
  rest: Pick<FileResult, "output" | "skipReasons" | "seconds">,
): FileResult {
  const trouble =
    counts === null
      ? `never finished: ${ending || "it called process.exit before its last test"}`
      : counts.suites === 0
        ? "ran nothing: it never calls .run()"
        : counts.passed + counts.failed + counts.skipped === 0
          ? "ran nothing: it holds no test"
          : ending || null;
  const { passed, failed, skipped } = counts ?? { passed: 0, failed: 0, skipped: 0 };
  return { path, passed, failed: failed + (trouble === null ? 0 : 1), skipped, trouble, ...rest };
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // The group is gone already, which is what was wanted.
  }
}
