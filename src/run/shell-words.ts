/** Command lines as words, and words as a command line, by the rules of a POSIX shell. No expansion of any kind. */
import { ToolError } from "./error.ts";

/**
 * Splits like Python's `shlex.split`: blanks separate, `'…'` is literal, in `"…"` a backslash quotes `"` `\` `$` and a
 * backtick, elsewhere it quotes anything. `''` is an empty word. Throws ToolError `invalid-command` for an open quote.
 */
export function splitWords(line: string): string[] {
  const words: string[] = [];
  let word: string | null = null;
  let quote = "";
  for (let at = 0; at < line.length; at++) {
    const char = line[at] ?? "";
    const next = line[at + 1];
    if (quote === "'") {
      if (char === "'") quote = "";
      else word += char;
    } else if (quote === '"') {
      if (char === '"') quote = "";
      else if (char === "\\" && next !== undefined && '"\\$`'.includes(next)) {
        word += next;
        at += 1;
      } else word += char;
    } else if (char === "'" || char === '"') {
      quote = char;
      word ??= "";
    } else if (char === "\\" && next !== undefined) {
      word = (word ?? "") + next;
      at += 1;
    } else if (/\s/.test(char)) {
      if (word !== null) words.push(word);
      word = null;
    } else word = (word ?? "") + char;
  }
  if (quote !== "")
    throw new ToolError("invalid-command", `Expected a closing ${quote} in the command: ${line}`, { exitCode: 2 });
  return word === null ? words : [...words, word];
}

/** Words as one line that a shell reads back as the same words. References such as `${RUN_DIR}` stay as they are. */
export function quoteWords(words: readonly string[]): string {
  return words.map(quoteWord).join(" ");
}

function quoteWord(word: string): string {
  if (/^[\w@%+=:,./${}-]+$/.test(word)) return word;
  return `'${word.replaceAll("'", "'\\''")}'`;
}
