/** `guild …`: finds the command file, runs it, and ends as it ended. The only catch and the only exit of the command line. */
import { constants } from "node:os";
import { ToolError } from "../src/run/error.ts";
import { parseArguments } from "./commands/_arguments.ts";
import { commandNames, loadCommand } from "./commands/_catalog.ts";
import type { Shell } from "./commands/_contract.ts";
import { packageVersion } from "./record/package-version.ts";
import { ignoredSignals } from "./record/signals.ts";

type Outcome = number | { signal: NodeJS.Signals };

// A reader that has seen enough (`guild runs | head`) is no failure of ours; the recorder decides for itself what to do then.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
// Node has forgotten what nohup, or a script's "guild … &", had us ignore.
for (const signal of ignoredSignals(process.env)) process.on(signal, () => {});

end(await outcomeOf(process.argv.slice(2)));

async function outcomeOf(argv: string[]): Promise<Outcome> {
  try {
    const shell: Shell = { cwd: currentFolder(), env: process.env, stdout: process.stdout, stderr: process.stderr };
    return await dispatch(argv, shell);
  } catch (error) {
    process.stderr.write(describeError(error, argv));
    return error instanceof ToolError ? error.exitCode : 1;
  }
}

function currentFolder(): string {
  try {
    return process.cwd();
  } catch (cause) {
    throw new ToolError("missing-directory", "The directory that this shell stands in is gone", {
      hint: "Type: cd ..",
      exitCode: 125,
      cause,
    });
  }
}

async function dispatch(argv: string[], shell: Shell): Promise<Outcome> {
  const [name = "help", ...words] = argv;
  if (name === "--version" || name === "-V") {
    shell.stdout.write(`guildhall ${packageVersion()}\n`);
    return 0;
  }
  if (name === "help" || name === "--help" || name === "-h") return help(words, shell);
  if (asksForHelp(words)) return help([name, ...words], shell);
  if (name.startsWith("-")) {
    throw new ToolError("unknown-option", `guild has no option ${name}`, {
      hint: 'Type "guild help" for the commands.',
      exitCode: 2,
    });
  }
  const command = await loadCommand(name);
  const [verb] = words;
  if (verb !== undefined && command.verbs?.includes(verb)) return dispatch(words, shell);
  return command.run(parseArguments(name, command, words), shell);
}

/** `--help` counts as ours only before `--`: behind it stands somebody else's command. */
function asksForHelp(words: readonly string[]): boolean {
  const split = words.indexOf("--");
  return words.slice(0, split < 0 ? words.length : split).some((word) => word === "--help" || word === "-h");
}

/** The help of a command, or of the one that is typed behind it (`guild runs label`); without words the list of all. */
async function help([name, verb]: readonly string[], shell: Shell): Promise<number> {
  const { commandHelp, generalHelp } = await import("./commands/_help.ts");
  if (name !== undefined) {
    const command = await loadCommand(name);
    const behind = verb !== undefined && command.verbs?.includes(verb) ? await loadCommand(verb) : command;
    shell.stdout.write(commandHelp(behind));
    return 0;
  }
  // The commands that tend runs are listed by name alone, so they need not be loaded.
  const { verbs = [] } = await loadCommand("runs");
  const names = commandNames().filter((each) => !verbs.includes(each));
  const commands = await Promise.all(names.map(loadCommand));
  shell.stdout.write(generalHelp(Object.fromEntries(names.map((each, at) => [each, commands[at]!])), verbs));
  return 0;
}

/** One sentence and what to type next; for anything else the whole stack, and what to report. */
function describeError(error: unknown, argv: readonly string[]): string {
  if (error instanceof ToolError) {
    const hint = error.hint === null ? "" : `${error.hint}\n`;
    return `guild: ${error.message}\n${hint}`;
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return [
    "guild: this is a bug in Guildhall, not in your program.",
    stack,
    "Please report the lines above together with:",
    `  guildhall ${packageVersion()}, Node ${process.versions.node}, ${process.platform} ${process.arch}, command "guild ${argv[0] ?? ""}"`,
    "",
  ].join("\n");
}

/** Ends the process as the command ended: by its code, or by the very signal, so that a shell sees what it would have seen. */
function end(outcome: Outcome): void {
  // What was written last may still be under way when stdout is a pipe.
  process.stdout.write("", () => {
    if (typeof outcome === "number") process.exit(outcome);
    const { signal } = outcome;
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
    // Signals that Node ignores or that cannot kill (PIPE, CHLD): the number that a shell would give.
    setTimeout(() => process.exit(128 + signalNumber(signal)), 50);
  });
}

function signalNumber(signal: NodeJS.Signals): number {
  return constants.signals[signal];
}
