import { isAlive } from "../../src/load/processes.ts";
import { ToolError } from "../../src/run/error.ts";
import type { Manifest } from "../../src/run/manifest.ts";
import { defineCommand } from "./_contract.ts";
import { isElsewhere, type LocalRun, localRun } from "./_local-run.ts";

/** How long a command gets for its last checkpoint before we stop looking. */
const PATIENCE_MS = 10_000;
const BEGINNING_MS = 3000;
const LOOK_MS = 100;

export default defineCommand({
  group: "record",
  summary: "Stop a run: ask its command to end",
  usage: ["stop [--kill] RUN"],
  examples: ["guild stop 7f3a", "guild stop --kill 7f3a"],
  options: {
    kill: { type: "boolean", description: "end its command and all it has started at once; nothing more can be saved" },
  },
  async run({ options, words, rest }, shell) {
    const run = await localRun([...words, ...(rest ?? [])], "stop", shell);
    await begun(run);
    const command = commandOf(run);
    const kill = options.kill === true;
    const { makeProcessTree } = await import("../record/process-tree.ts");
    const tree = makeProcessTree(command.pid, run.id, "/proc");
    tree.refresh();
    const told = (kill ? tree.pids() : [command.pid]).filter((pid) => send(pid, kill ? "SIGKILL" : "SIGTERM"));
    const processes = told.length === 1 ? `process ${command.pid}` : `${told.length} processes`;
    shell.stdout.write(`${run.id}: sent ${kill ? "KILL" : "TERM"} to ${processes}\n`);
    if (await hasEnded(run)) {
      shell.stdout.write(`${run.id} has ended: ${run.look()?.status ?? "its record is gone"}\n`);
      return 0;
    }
    shell.stdout.write(`${run.id} goes on after ${PATIENCE_MS / 1000} s; it may be saving something\n`);
    if (!kill) shell.stdout.write(`To end it at once: guild stop --kill ${run.id}\n`);
    return 1;
  },
});

/** A run that was started a moment ago has a manifest in a moment. */
async function begun(run: LocalRun): Promise<void> {
  for (const end = Date.now() + BEGINNING_MS; run.look() === null && Date.now() < end; ) {
    await new Promise((done) => setTimeout(done, LOOK_MS));
  }
}

/** The process that the run's command is. Throws ToolError where there is none to be stopped. */
function commandOf(run: LocalRun): NonNullable<Manifest["child"]> {
  const { manifest, status } = run.look() ?? {};
  if (manifest === undefined || status === undefined || manifest.child === null) {
    throw new ToolError("not-running", `${run.id} is only just beginning, or was never started`, {
      hint: "Try again in a second.",
    });
  }
  const { child, host } = manifest;
  if (status === "running" && isElsewhere(manifest)) {
    throw new ToolError("elsewhere", `${run.id} runs on ${host}`, { hint: `Type it there: guild stop ${run.id}` });
  }
  if (isAlive(child.pid, child.start)) return child;
  throw new ToolError(
    "not-running",
    `${run.id} is not running: ${status === "running" ? "it is just ending" : `it has ended (${status})`}`,
    {
      hint: 'Type "guild runs" for a list.',
    },
  );
}

/** False when it is gone already. Throws what the system says about other people's processes. */
function send(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ESRCH") return false;
    throw new ToolError(
      "cannot-stop",
      `Cannot send ${signal} to process ${pid}: ${error instanceof Error ? error.message : error}`,
      {
        hint: "It belongs to another user.",
        cause: error,
      },
    );
  }
}

/** Looks until the run is closed, or for so long. */
async function hasEnded(run: LocalRun): Promise<boolean> {
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end; ) {
    if (run.look()?.status !== "running") return true;
    await new Promise((done) => setTimeout(done, LOOK_MS));
  }
  return false;
}
