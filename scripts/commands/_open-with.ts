import { spawn } from "node:child_process";
import { ToolError } from "../../src/run/error.ts";
import { splitWords } from "../project/shell-words.ts";
import type { Shell } from "./_contract.ts";

/** What opens a file or folder with the program that the person's desktop has for it. */
const SYSTEM: Partial<Record<NodeJS.Platform, string[]>> = {
  darwin: ["open"],
  win32: ["cmd", "/c", "start", ""],
};

/**
 * Opens `place` with `command`, words of a shell without its other magic, and resolves to its exit code; without one with what the
 * system has for it. Throws ToolError `missing-program` with the path when the program is not there.
 */
export function openWith(command: string | null, place: string, shell: Shell): Promise<number> {
  const system = SYSTEM[process.platform] ?? ["xdg-open"];
  const [program = "", ...words] = command === null ? system : splitWords(command);
  return new Promise((resolve, reject) => {
    const child = spawn(program, [...words, place], { cwd: shell.cwd, stdio: "inherit" });
    child.once("error", (cause) =>
      reject(
        new ToolError("missing-program", `Could not start ${JSON.stringify(program)}`, {
          hint: `It would have opened ${place}. Another program: guild open --cmd PROGRAM`,
          exitCode: command === null ? 1 : 2,
          cause,
        }),
      ),
    );
    child.once("exit", (code) => {
      if (code !== 0 && command === null) shell.stderr.write(`guild: ${program} could not open ${place}\n`);
      resolve(code ?? 1);
    });
  });
}
