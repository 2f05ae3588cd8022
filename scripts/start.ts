/**
 * `npm start`: records the demo once in this clone, through the command line that everybody uses, then opens the live view.
 *
 * What is typed is shown. Words after `npm start --` go to `guild view`. Ends as the last command ends.
 */
import { spawn } from "node:child_process";
import { dirname, join } from "node:path";
import { latestCompleted } from "./project/parent.ts";

const root = dirname(import.meta.dirname);

type End = { code: number | null; signal: NodeJS.Signals | null };

// The gallery that the repository ships is not a run of this clone: `runs/` tells.
const recorded = latestCompleted(root, "train") !== null;
const demo = recorded ? [] : [["prepare"], ["train", "-p", "quick"], ["evaluate"]];
endAs(await typeAll([...demo, ["view", ...process.argv.slice(2)]]));

/** One after the other; the first that fails is the last. */
async function typeAll(commands: string[][]): Promise<End> {
  let end: End = { code: 0, signal: null };
  for (const words of commands) {
    process.stdout.write(`$ guild ${words.join(" ")}\n`);
    end = await guild(words);
    if (end.code !== 0) return end;
  }
  return end;
}

/** Runs one command. Ctrl-C reaches it by itself; what is sent to us alone (`kill`) is handed on. */
function guild(words: string[]): Promise<End> {
  const child = spawn(process.execPath, [join(root, "scripts", "launch.mjs"), ...words], { cwd: root, stdio: "inherit" });
  const handOn = (signal: NodeJS.Signals) => child.kill(signal);
  const wait = () => {};
  process.on("SIGTERM", handOn).on("SIGHUP", handOn).on("SIGINT", wait);
  return new Promise((resolve) => {
    child.once("exit", (code, signal) => {
      process.off("SIGTERM", handOn).off("SIGHUP", handOn).off("SIGINT", wait);
      resolve({ code, signal });
    });
  });
}

function endAs({ code, signal }: End): void {
  if (signal === null) process.exitCode = code ?? 1;
  else process.kill(process.pid, signal);
}
