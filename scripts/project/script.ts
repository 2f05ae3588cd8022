/** `guild run train.py lr=0.1`: a script by itself, without guild.yml and without `--`. */
import { statSync } from "node:fs";
import { resolve } from "node:path";
import type { FlagSpec } from "../../src/load/flag-spec.ts";
import { type Operation, plainOperation } from "../../src/load/operation-spec.ts";
import { readCommand } from "../../src/run/command.ts";
import { type FlagWord, parseFlagWords } from "../../src/run/flags.ts";
import { starter } from "./command-words.ts";
import { importFlags } from "./flag-import/import-flags.ts";
import type { Intent } from "./intent.ts";
import type { Found } from "./operation.ts";
import { type FoundRequest, planFound } from "./plan.ts";
import { planCommand } from "./plan-command.ts";
import { quoteWords } from "./shell-words.ts";

/** Whether the word is a script that lies in `cwd`, with an extension that tells its interpreter. */
export function isScript(word: string, cwd: string): boolean {
  if (!/\.\w+$/.test(word) || !isFile(resolve(cwd, word))) return false;
  const [program] = starter(word);
  return program !== word && !starter(word).includes("-m");
}

export interface ScriptRequest extends Omit<FoundRequest, "flags" | "profile" | "parents"> {
  script: string;
  /** Everything that was typed behind it. */
  words: readonly string[];
}

/**
 * Plans a run of a script in the directory where it was typed. `name=value` words are its flags, and so are `--name value` where the
 * script is known to have them; all others are passed as they are. Throws as `planOperation`.
 */
export function planScript({ script, words, ...request }: ScriptRequest): Intent {
  const { flags, words: others } = parseFlagWords(words);
  const { root, cwd, importByRunning = false } = request;
  // What stands before the first option is a command of the script, or fills the places of its positional arguments.
  const firstOption = others.findIndex((word) => word.startsWith("-"));
  const heads = firstOption < 0 ? others : others.slice(0, firstOption);
  const imported = importFlags(scriptOperation(script, heads), { root, cwd, byRunning: importByRunning });
  if (Object.keys(imported.operation.flags).length === 0 && imported.operation.allowsOtherFlags) {
    // Nothing is known of it: words are passed in the order in which they were typed.
    const isHydra = imported.operation.flagsDest === "args:hydra";
    const intent = planCommand({ ...request, command: [...starter(script), ...(isHydra ? words : words.flatMap(optionWords))] });
    return { ...intent, warnings: [...imported.warnings, ...intent.warnings] };
  }
  const taken = takeFlags(others, imported.operation.flags);
  const operation = { ...imported.operation, main: quoteWords([script, ...taken.words]) };
  return planFound(scriptFound(operation), {
    ...request,
    flags: [...taken.flags, ...flags],
    profile: null,
    parents: {},
    imported: { ...imported, operation },
  });
}

function optionWords(word: string): string[] {
  const [flag] = parseFlagWords([word]).flags;
  return flag === undefined ? [word] : [`--${flag.name}`, flag.text];
}

/** The script as an operation that takes whatever flags it has; what cannot be read of it is passed on. */
export function scriptOperation(script: string, words: readonly string[]): Operation {
  const { operation: name } = readCommand([...starter(script)]);
  const place = { file: script, line: 1, column: 1, source: "" };
  return { ...plainOperation(name, place), main: quoteWords([script, ...words]), flagsImport: "all", allowsOtherFlags: true };
}

function scriptFound(operation: Operation): Found {
  const model = {
    name: null,
    description: null,
    isDefault: false,
    operations: { [operation.name]: operation },
    flags: {},
    profiles: {},
  };
  return { model, operation };
}

/** `--lr 0.1`, `--lr=0.1` and bare switches of flags that are known become flags; the other words stay, in their order. */
function takeFlags(words: readonly string[], known: Record<string, FlagSpec>): { flags: FlagWord[]; words: string[] } {
  const flags: FlagWord[] = [];
  const others: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    const [, name = "", attached] = /^--([A-Za-z_][\w.-]*)(?:=(.*))?$/s.exec(word) ?? [];
    const [flag, spec] = Object.entries(known).find(([one, { argName }]) => (argName ?? one) === name) ?? [];
    const next = words[at + 1];
    if (spec === undefined || flag === undefined || spec.argSplit !== null) others.push(word);
    else if (attached !== undefined) flags.push({ name: flag, text: attached });
    else if (spec.argSwitch !== undefined) flags.push({ name: flag, text: spec.argSwitch === false ? "no" : "yes" });
    else if (next === undefined || spec.type === "boolean") others.push(word);
    else {
      flags.push({ name: flag, text: next });
      at += 1;
    }
  }
  return { flags, words: others };
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}
