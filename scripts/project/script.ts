/** `guild run train.py lr=0.1`: a script by itself, without guild.yml and without `--`. */
import { statSync } from "node:fs";
import { resolve } from "node:path";
import { starter } from "./command-words.ts";

/**
 * The command for a script that lies in `cwd`, or null when the first word is no file with an extension that tells its
 * interpreter. `name=value` words become `--name value`; all others are passed as they are.
 */
export function bareScript(script: string, words: readonly string[], cwd: string): string[] | null {
  if (!/\.\w+$/.test(script) || !isFile(resolve(cwd, script))) return null;
  const command = starter(script);
  if (command[0] === script || command.includes("-m")) return null;
  const args = words.flatMap((word) => {
    const match = /^([A-Za-z_][\w.-]*)=(.*)$/s.exec(word);
    return match === null ? [word] : [`--${match[1]}`, match[2] ?? ""];
  });
  return [...command, ...args];
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}
