import { join } from "node:path";
import { ToolError } from "../../src/run/error.ts";
import type { FlagWord } from "../../src/run/flags.ts";
import { planCommand } from "../project/plan-command.ts";
import { asksForBatch, batchWords } from "./_batch-options.ts";
import { defineCommand, type OptionValues, type Shell } from "./_contract.ts";
import { openProject, operationOptions, recordOrPreview, wishesOf } from "./_record.ts";

export default defineCommand({
  group: "record",
  summary: "Record any command, or an operation of guild.yml",
  usage: [
    "run [options] -- COMMAND [ARGUMENT…]",
    "run [options] [MODEL:]OPERATION [FLAG=VALUE…]",
    "run [options] SCRIPT [FLAG=VALUE…]",
    "run --resume BATCH [options]",
  ],
  examples: [
    "guild run -- python3 train.py --lr 0.1",
    "guild run --label baseline --tag paper -- ./train.sh",
    "guild run train lr=0.1",
  ],
  options: operationOptions,
  passThrough: true,
  async run({ options, words, rest }, shell) {
    if (rest === null && words.length === 0 && options.resume !== undefined) return goOn(options, shell);
    if (rest === null) return runWords(words, options, shell);
    if (words.length > 0) throw mixedWords(words, rest);
    if (rest.length === 0) throw missingCommand();
    return runCommand(rest, options, shell);
  },
});

/** Without `--`: an operation of guild.yml, or a script that is there. */
async function runWords(words: readonly string[], options: OptionValues, shell: Shell) {
  const [first, ...others] = words;
  if (first === undefined) throw missingCommand();
  // A command behind -- waits for none of these.
  const [{ hasOperation, splitSpec }, { isScript, planScript }, { runOperation }] = await Promise.all([
    import("../project/operation.ts"),
    import("../project/script.ts"),
    import("./_operation.ts"),
  ]);
  const { root, file } = await openProject(shell);
  if (!hasOperation(file, first) && isScript(first, shell.cwd)) {
    refuseProfile(options);
    const wishes = { wishes: wishesOf(options), importByRunning: options["import-by-running"] === true };
    const typed = batchWords(others);
    const plan = (words: readonly string[]) => planScript({ root, cwd: shell.cwd, file, script: first, words, ...wishes });
    if (!asksForBatch(typed, options)) return recordOrPreview(plan(others), options, shell);
    const [{ runBatch }, { primaryOf }] = await Promise.all([import("./_batch.ts"), import("./_operation.ts")]);
    const planTrial = (flags: readonly FlagWord[]) =>
      plan([...typed.others, ...flags.map(({ name, text }) => `${name}=${text}`)]);
    const batch = { root, spec: first, words: typed, defaults: [], operation: null, primary: primaryOf(file), plan: planTrial };
    return runBatch(batch, options, shell);
  }
  if (!hasOperation(file, first) && /\.[A-Za-z]\w*$/.test(first)) throw missingScript(first, shell.cwd);
  const looksLikeCommand = others.some((word) => !word.includes("=") || word.startsWith("-"));
  if (!hasOperation(file, first) && looksLikeCommand) {
    throw new ToolError("missing-dashes", `"${first}" is no operation of guild.yml`, {
      hint: `To record a command, put -- before it: guild run -- ${words.join(" ")}`,
      exitCode: 2,
    });
  }
  return runOperation({ ...splitSpec(first), words: others }, options, shell);
}

/** `--resume`: what was typed then is typed again, and the plan of the batch is kept. */
async function goOn(options: OptionValues, shell: Shell) {
  const { readSweep } = await import("../project/batch/sweep.ts");
  const { root } = await openProject(shell);
  const { sweep } = readSweep(root, String(options.resume));
  // Our own file: the options are what this command took then.
  const given = { ...(sweep.options as OptionValues), ...options, resume: sweep.id };
  return runWords(sweep.words, given, { ...shell, cwd: join(root, sweep.cwd) });
}

async function runCommand(command: readonly string[], options: OptionValues, shell: Shell) {
  refuseProfile(options);
  const { root, file } = await openProject(shell);
  return recordOrPreview(planCommand({ root, cwd: shell.cwd, file, command, wishes: wishesOf(options) }), options, shell);
}

function refuseProfile(options: OptionValues): void {
  if (options.profile === undefined) return;
  throw new ToolError("unexpected-option", "A profile belongs to an operation of guild.yml, not to a command", { exitCode: 2 });
}

function missingScript(script: string, cwd: string): ToolError {
  return new ToolError("missing-script", `There is no script ${script} in ${cwd} that could be started by its extension`, {
    hint: `Any command is recorded with -- before it: guild run -- ${script}`,
    exitCode: 2,
  });
}

function missingCommand(): ToolError {
  return new ToolError("missing-command", "Expected a command or an operation after guild run", {
    hint: "For example: guild run -- python3 train.py",
    exitCode: 2,
  });
}

/** `guild run train -- …`: words on both sides mean two different things. */
function mixedWords(words: readonly string[], rest: readonly string[]): ToolError {
  return new ToolError("unexpected-word", `Expected only options before --, found ${JSON.stringify(words[0])}`, {
    hint: `Either "guild run -- ${rest.join(" ")}" or "guild run ${words.join(" ")}".`,
    exitCode: 2,
  });
}
