/** Values that stand beside a name which tells that they are secrets: `password: hunter2`, `"token": "…"`, `--api-key …`. */
import { isPassword, isSecretName } from "./secret-names.ts";
import { SECRET } from "./secret-patterns.ts";

/** So much of a value is looked at to judge it. */
const PEEK = 300;

/**
 * A name and what leads from it to its value: a sign, a blank after `--name`, the next item of a printed list
 * (`'--name', 'value'`), a cell of a table (`| name | value`), a tag (`<name>value`), or `ENV NAME value` of a Dockerfile.
 */
const HEAD =
  /(?<![\w-])(?:([-+]{0,2}[A-Za-z_][\w.-]{0,80})(?:\\{0,3}["']?[ \t]{0,3}(?::=|=>|->|[:=](?!=))[ \t]{0,3}|["']?[ \t]{1,30}[│|┃][ \t]{1,3}|\t[ \t]{0,8})|(--?[A-Za-z][\w.-]{1,80})(?:[ \t]{1,3}|\\{0,3}["']\s{0,3},\s{0,40})|(?<=<)([A-Za-z][\w.-]{0,80})>|(?<=\bENV )([A-Za-z_]\w{0,80}) )(?:\\{1,3}(?=["']))?/g;

/** Hides the values in a text of one line or many; names, signs and quotes stay. Each value is given to `take`. */
export function hideNamedSecrets(text: string, take: (value: string) => void = () => {}): string {
  let shown = "";
  let from = 0;
  HEAD.lastIndex = 0;
  for (let head = HEAD.exec(text); head !== null; head = HEAD.exec(text)) {
    const start = head.index + head[0].length;
    const name = head.slice(1).find((part) => part !== undefined) ?? "";
    const end = secretEnd(text, name, head, start);
    if (end === null) continue;
    const begin = /["']/.test(text[start] ?? "") ? start + 1 : start;
    take(text.slice(begin, end));
    shown += `${text.slice(from, begin)}${SECRET}`;
    from = end;
    HEAD.lastIndex = end;
  }
  return from === 0 ? text : shown + text.slice(from);
}

/** Where the secret behind a name ends, a closing quote not counted; null when there is none. */
function secretEnd(text: string, name: string, head: RegExpExecArray, start: number): number | null {
  const ahead = text.slice(start, start + PEEK);
  const quoted = /^(["'])((?:\\.|(?!\1)[^\\\n])*)\1/.exec(ahead);
  const value = quoted?.[2] ?? /^["']?([^\s"',;&]*)/.exec(ahead)?.[1] ?? "";
  if (value === "" || value.startsWith("[") || isHarmless(name, value) || !isSecretName(name, value)) return null;
  // `/etc/passwd: no such file` is about a file.
  if (text[head.index - 1] === "/" && /\s/.test(text[start - 1] ?? "")) return null;
  if (/^(?:Bearer|Basic|Token)$/i.test(value)) return null; // the kind of what comes next, which is hidden by its own rule
  if (isWordOfText(name, value)) return null;
  if (quoted !== null) return start + 1 + value.length;
  // `export DB_PASSWORD=a;b&c`: the whole word. `password: correct horse`: the sentence up to a comma.
  if (head[0].endsWith("=") && beginsLine(text, head.index)) {
    const word = endOf(/[^\s"']+(?=[ \t]*(?:\r?\n|$))/y, text, start);
    if (word !== null) return word;
  }
  const sentence = isPassword(name) && /:\s+$/.test(head[0]) ? endOf(/["']?[^\n,;"'}\])]+/y, text, start) : null;
  return sentence ?? endOf(/["']?[^\s"',;&]+/y, text, start);
}

/** Where a match that begins at `start` ends, without blanks at its end; null when there is none. */
function endOf(sticky: RegExp, text: string, start: number): number | null {
  sticky.lastIndex = start;
  const match = sticky.exec(text);
  // The backslash of a closing `\\"` is no part of it.
  return match === null ? null : start + match[0].trimEnd().replace(/\\+$/, "").length;
}

/** One variable on a line of its own, as `env`, `set` and shell scripts print it. */
function beginsLine(text: string, at: number): boolean {
  return /(?:^|\n)[ \t]*(?:export |set |declare -x |env )?$/.test(text.slice(Math.max(0, at - 20), at));
}

/** Switches and nothing are no secrets; nor is a number, unless the name leaves no doubt: `token: 0.31` is a metric. */
function isHarmless(name: string, value: string): boolean {
  if (/^--?[A-Za-z]/.test(value) || isSwitch(value)) return true;
  return /^(?:nan|[-+]?[\d.]+(?:e[-+]?\d+)?%?)$/i.test(value) && !/pass|pwd|secret|api.?key/i.test(name);
}

/**
 * `token: hello`, `token='<s>'` and `next_token = token.lower()`: a language model's tokens are words, and programs speak of them.
 * What opens something has a digit, or is long, or is named in capitals.
 */
function isWordOfText(name: string, value: string): boolean {
  if (!/(?:^|[a-z_])token$/.test(name)) return false;
  if (/^[<[{(]/.test(value) || /^[a-z_][\w.]{0,60}[([]/.test(value)) return true;
  return /^[^\d]{1,12}$/.test(value) || /^[a-z]+(?:[._][a-z]+){1,8}$/.test(value);
}

/** Words that switch something on or off, or say that nothing is given. */
export function isSwitch(word: string): boolean {
  return /^(?:true|false|yes|no|on|off|none|null|nil|undefined|unset|auto|\*+|)$/i.test(word);
}
