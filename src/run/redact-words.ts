/** The words of a command: where a name and its value may be two words. */
import { isSwitch } from "./named-secrets.ts";
import { isSecretName, looksRandom } from "./secret-names.ts";
import { SECRET } from "./secret-patterns.ts";

/** Programs whose short options hold a secret: the word behind the option, or the rest of it. */
const SHORT_OPTIONS: Record<string, RegExp> = {
  mysql: /^-p(.+)$/s,
  mysqldump: /^-p(.+)$/s,
  mysqladmin: /^-p(.+)$/s,
  mariadb: /^-p(.+)$/s,
  sshpass: /^-p(.*)$/s,
  curl: /^(?:-u|--user|-U|--proxy-user)(.*)$/s,
  wget: /^--(?:http-|ftp-|proxy-)?password(.*)$/s,
  "redis-cli": /^-a(.*)$/s,
  docker: /^-p(.*)$/s,
  podman: /^-p(.*)$/s,
  ldapsearch: /^-w(.*)$/s,
};

/**
 * Hides the values of secret flags: `--api-key abc`, `--api-key=abc`, `-token abc`, `password=abc`, `+db.password=abc`,
 * `password:abc`, and `-k` followed by something that looks like a key. All other words go through `text`. Same length, same order.
 */
export function redactWords(words: readonly string[], text: (input: string) => string): string[] {
  let program: RegExp | undefined;
  let login = false;
  let before: string | null = null;
  return words.map((word) => {
    const flag = before;
    before = null;
    if (flag !== null && isValueOf(flag, word, program)) return SECRET;
    const name = word.slice(word.lastIndexOf("/") + 1);
    // `wandb login KEY`
    if (login && !word.startsWith("-") && looksRandom(word)) return SECRET;
    login ||= word === "login";
    if (Object.hasOwn(SHORT_OPTIONS, name)) program = SHORT_OPTIONS[name];
    const assignment = /^((?:[-+~]{0,2}|\/)[A-Za-z_][\w./@-]{0,200})([=:])(?!\/\/)(.*)$/s.exec(word);
    if (assignment !== null) {
      const [, head = "", sign = "", value = ""] = assignment;
      if (value !== "" && !isSwitch(value) && isSecretName(head, value)) return `${head}${sign}${SECRET}`;
    } else if (/^--?[A-Za-z]/.test(word)) {
      const joined = program?.exec(word)?.[1];
      if (joined) return `${word.slice(0, word.length - joined.length)}${SECRET}`;
      before = word;
    }
    return text(word);
  });
}

/** Is the word behind a flag a secret? A value may begin with a dash when a machine made it. */
function isValueOf(flag: string, word: string, program: RegExp | undefined): boolean {
  if (isSwitch(word)) return false;
  if (program?.exec(flag)?.[1] === "") return true;
  // `--user ada:hunter2`; `--user 1000:1000` are numbers.
  if (/^--?(?:user|login|userpwd|proxy-user|http-user)$/.test(flag) && /^[^:\s]+:(?!\d+$|\/).{3,}$/.test(word)) return true;
  if (word.startsWith("-") && !looksRandom(word.replace(/^-+/, ""))) return false;
  return isSecretName(flag, word) || (/^-[A-Za-z]$/.test(flag) && looksTyped(flag, word));
}

/** As good passwords look, and keys behind `-k`, `-p` or `-t`: hardly any other value of a flag does. No path, no name, no number. */
function looksTyped(flag: string, word: string): boolean {
  if (/[/\\\s:]/.test(word) || /\.\w{1,5}$/.test(word)) return false;
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[!@#$%^&*?]/].filter((kind) => kind.test(word)).length;
  if (kinds < 3) return false;
  if (/[!@#$%^&*?]/.test(word)) return word.length >= 8;
  return /^-[akpst]$/i.test(flag) && looksRandom(word) && !/[-_]/.test(word) && /\d.*\d/.test(word);
}
