/** Asking before something is taken away. */
import { createInterface } from "node:readline/promises";
import { ToolError } from "../../src/run/error.ts";
import type { Shell } from "./_contract.ts";

/**
 * Asks on a terminal and resolves to the answer; only yes is yes, and the end of the input is no. With `yes` nobody is asked. Without a
 * terminal nobody can answer: throws ToolError `missing-yes` (exit code 2) with the question, and nothing has been done.
 */
export async function confirm(
  question: string,
  { yes, command }: { yes: boolean; command: string },
  shell: Shell,
  input: NodeJS.ReadStream = process.stdin,
): Promise<boolean> {
  if (yes) return true;
  if (input.isTTY !== true || shell.stderr.isTTY !== true) {
    throw new ToolError("missing-yes", `${question} Nothing was done: there is no terminal to answer at`, {
      hint: `To do it without being asked: guild ${command} … --yes`,
      exitCode: 2,
    });
  }
  const lines = createInterface({ input, output: shell.stderr });
  try {
    // Ctrl-D closes the lines without an answer.
    const answer = await Promise.race([
      lines.question(`${question} [y/N] `),
      new Promise<string>((resolve) => lines.once("close", () => resolve(""))),
    ]);
    return /^y(?:es)?$/i.test(answer.trim());
  } finally {
    lines.close();
  }
}
