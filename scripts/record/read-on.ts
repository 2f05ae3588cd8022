import { spawn } from "node:child_process";

/**
 * Somebody goes on reading what a command has left running when we stop listening: without a reader its next line would fail it
 * (SIGPIPE), where without us it would have had the terminal or file that it was started with. What it prints is not kept.
 * The reader ends when the last writer does.
 */
export function readOn(readEnd: number): void {
  // In a session of its own; as its stdin the descriptor becomes blocking, which cat needs.
  const reader = spawn("cat", [], {
    cwd: "/",
    stdio: [readEnd, "ignore", "ignore"],
    detached: true,
    env: { PATH: process.env.PATH },
  });
  reader.on("error", () => {}); // no cat here: then it ends as at a closed terminal
  reader.unref();
}
