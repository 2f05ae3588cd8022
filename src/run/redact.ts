/**
 * Takes secrets, home paths and host names out of what becomes public.
 *
 * Applied to the command, the flags, environment variables and output when they are written into `content/`; the private
 * log stays byte-exact. A bare user name is never replaced: `train` and `data` are user names on many machines.
 */
import type { Flags, FlagValue } from "./types.ts";

export interface RedactorFacts {
  home: string | null;
  hostname: string | null;
  user: string | null;
  /** The project directory; becomes `.`. */
  root: string | null;
  /** The run's own directory; becomes `${RUN_DIR}`. */
  runDir: string | null;
}

export interface Redactor {
  /** Any text, one line or many. ANSI sequences are left alone. */
  text(text: string): string;
  /** The words of a command: also hides the value of a flag whose name says that it is secret. Same length, same order. */
  argv(words: readonly string[]): string[];
  /** Flags by name: secret names lose their value, strings are redacted like text. */
  flags(flags: Flags): Flags;
}

const SECRET = "[secret]";
const HOST = "[host]";
const USER = "[user]";
const RUN_DIR = "${RUN_DIR}";

/** What is known of the machine, as one function per kind of text. All rules are linear in the length of the text. */
export function makeRedactor(facts: RedactorFacts): Redactor {
  const rules = [...SECRET_RULES, ...namedSecrets(), ...pathRules(facts), ...peopleRules(facts), ...hostRules(facts)];
  const text = (input: string) => rules.reduce((sofar, rule) => rule(sofar), input);
  return {
    text,
    argv: (words) => redactWords(words, text),
    flags: (flags) => Object.fromEntries(Object.entries(flags).map(([name, value]) => [name, redactFlag(name, value, text)])),
  };
}

/**
 * Whether the value of a flag or key with this name is a secret, judged by whole words: `--api-key`, `DB_PASSWORD` and
 * `authToken` are, `--tokenizer`, `--max-tokens`, `--pad_token_id`, `--key-dim` and `--authors` are not.
 * `value` decides for names that are harmless as often as not, such as `--key`.
 */
export function isSecretName(name: string, value: string): boolean {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
  const last = words.at(-1) ?? "";
  const before = words.at(-2) ?? "";
  if (NOT_THE_THING_ITSELF.has(last)) return false;
  if (words.some((word) => ALWAYS_SECRET.has(word))) return true;
  if (last === "token") return !TOKENS_OF_TEXT.has(before);
  if (last === "key" && KEYS_THAT_OPEN.has(before)) return true;
  if (last === "auth" || last === "authorization") return true;
  return (last === "key" || last === "session" || last === "csrf") && looksRandom(value);
}

const ALWAYS_SECRET = new Set(
  "password passwd pwd passphrase secret secrets apikey privatekey credential credentials cookie cookies mysqlpwd".split(" "),
);
const KEYS_THAT_OPEN = new Set("api private access secret account encryption signing ssh deploy license auth".split(" "));
/** The `token` of language models. */
const TOKENS_OF_TEXT = new Set(
  (
    "pad eos bos unk mask cls sep per max min num n special image video audio first last end start stop begin prompt next new " +
    "class dist register system additional byte sub word text tool think each by"
  ).split(" "),
);
/** `--password-file x` tells where, not what. */
const NOT_THE_THING_ITSELF = new Set("file path dir length len policy id ids dim size type count name".split(" "));

function looksRandom(value: string): boolean {
  return /^[\w+/=-]{16,}$/.test(value) && /\d/.test(value) && /[A-Za-z]/.test(value);
}

type Rule = (text: string) => string;

const replace =
  (pattern: RegExp, by: string): Rule =>
  (text) =>
    text.replace(pattern, by);

/** Secrets that give themselves away by their form. */
const SECRET_RULES: Rule[] = [
  replace(/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, SECRET),
  replace(/\bgithub_pat_\w{20,}/g, SECRET),
  replace(/\bgh[pousr]_[A-Za-z0-9]{20,}/g, SECRET),
  replace(/\bglpat-[\w-]{16,}/g, SECRET),
  replace(/\bhf_[A-Za-z0-9]{20,}/g, SECRET),
  // A digit is asked for, so that `sk-learn-and-a-long-name` stays.
  replace(/\bsk-(?=[\w-]{0,100}\d)[\w-]{16,}/g, SECRET),
  replace(/\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/g, SECRET),
  replace(/\bAIza[\w-]{30,}/g, SECRET),
  replace(/\bxox[abeoprs]-[\w-]{10,}/g, SECRET),
  replace(/\bnpm_[A-Za-z0-9]{30,}/g, SECRET),
  replace(/\bpypi-[\w-]{20,}/g, SECRET),
  replace(/\bnvapi-[\w-]{20,}/g, SECRET),
  replace(/\bwandb_v1_\w{20,}/g, SECRET),
  replace(/\beyJ[\w-]{5,}\.[\w-]{5,}\.[\w-]*/g, SECRET),
  replace(/:\/\/[^\s/@:]*:[^\s/@]+@/g, `://${SECRET}@`),
  replace(
    /([?&](?:sig|signature|X-Amz-Signature|X-Amz-Credential|X-Amz-Security-Token|X-Goog-Signature)=)[^&\s"']+/gi,
    `$1${SECRET}`,
  ),
  replace(/\b(Authorization["']?\s{0,3}[:=]\s{0,3}["']?(?:(?:Bearer|Basic|Token) )?)[^\s"']+/gi, `$1${SECRET}`),
  replace(/\b(Bearer|Basic)\s+(?=[\w.~+/-]*\d)[\w.~+/-]{8,}=*/g, `$1 ${SECRET}`),
];

/** `password: hunter2`, `WANDB_API_KEY=…`, `"token": "…"`, `--api-key …`, `['--password', '…']` inside a line. */
function namedSecrets(): Rule[] {
  // The value follows after a sign, after a blank (`--name value`), or as the next item of a printed list (`'--name', 'value'`).
  const assignment =
    /(?<![\w-])(-{0,2}[A-Za-z][\w.-]{0,60}["']?\s{0,3}[:=]\s{0,3}|--[A-Za-z][\w.-]{0,60}(?: |["']\s{0,3},\s{0,3}))(["']?)([^\s"',;&]+)/g;
  return [
    (text) =>
      text.replace(assignment, (whole, head: string, quote: string, value: string) => {
        const name = head.replace(/^-+|["'\s:=,]+$/g, "");
        if (
          value.startsWith("[") ||
          /^(?:Bearer|Basic|Token)$/i.test(value) ||
          isHarmless(name, value) ||
          !isSecretName(name, value)
        )
          return whole;
        return `${head}${quote}${SECRET}`;
      }),
  ];
}

/** Switches and nothing are no secrets; nor is a number, unless the name leaves no doubt: `token: 0.31` is a metric. */
function isHarmless(name: string, value: string): boolean {
  if (value.startsWith("-") || isSwitch(value)) return true;
  return /^(?:nan|[-+]?[\d.]+(?:e[-+]?\d+)?%?)$/i.test(value) && !/pass|pwd|secret|api.?key/i.test(name);
}

/** Longest first: the run directory lies in the project, the project often in the home directory. */
function pathRules(facts: RedactorFacts): Rule[] {
  const known: [string | null, string][] = [
    [facts.runDir, RUN_DIR],
    [facts.root, "."],
    [facts.home, "~"],
  ];
  const rules = known.flatMap(([path, by]) => (path !== null && path.length > 1 ? [replacePath(path, by)] : []));
  // Other people's homes, and ours when the process runs as someone else. Web addresses are not paths.
  rules.push((text) =>
    text.replace(/(?:\/[\w.-]{1,80}){0,3}\/(?:home|Users)\/[^/\s:"'`,;()[\]<>]+/g, (path: string, at: number) =>
      /https?:\/\/[^\s]{0,200}$/.test(text.slice(Math.max(0, at - 210), at + 1)) ? path : "~",
    ),
  );
  rules.push(replace(/[A-Za-z]:(?:\\{1,2}|\/)Users(?:\\{1,2}|\/)[^\\/\s:"']+/g, "~"));
  rules.push(replace(/(?<![\w.~/-])\/root(?=\/|[\s:"',;)]|$)/g, "~"));
  const user = facts.user;
  if (user !== null && user.length > 1 && user !== "root") rules.push(userInPaths(user));
  return rules;
}

function replacePath(path: string, by: string): Rule {
  const clean = path.replace(/[\\/]+$/, "");
  const pattern = new RegExp(`${escapeRegExp(clean)}(?![\\w-]|\\.\\w)`, "g");
  // A function, because `$` is special in a replacement string.
  return (text) => text.replace(pattern, () => by);
}

/** `/scratch/ada/data` → `/scratch/$USER/data`. Only whole components of absolute paths. */
function userInPaths(user: string): Rule {
  return (text) =>
    text.replace(/(^|[\s"'=:,([])(\/(?!\/)[^\s"':,()[\]]+)/g, (_whole, head: string, path: string) => {
      const parts = path.split("/").map((part) => (part === user ? "$USER" : part));
      return head + parts.join("/");
    });
}

/**
 * `ada@gpu07`, `ada@lab.example.org`, and ssh targets such as `bob@gpu07:/data`. Metrics are written alike
 * (`recall@10`, `mAP@0.5`, `acc@top5`), so the right side must be a known host, a domain, or be followed by a path.
 */
function peopleRules(facts: RedactorFacts): Rule[] {
  const hosts = hostNames(facts.hostname);
  return [
    (text) =>
      text.replace(
        /\b([A-Za-z_][\w.+-]{0,63})@([A-Za-z][\w.-]{0,252}|\d{1,3}(?:\.\d{1,3}){3})(:[~/A-Za-z])?/g,
        (whole, ...groups) => {
          const [user = "", host = "", path] = groups as [string, string, string | undefined];
          if (user === "git") return whole;
          const bare = host.replace(/[.-]+$/, "");
          const tail = host.slice(bare.length);
          const isHost =
            hosts.includes(bare.toLowerCase()) ||
            /\.[A-Za-z]{2,}$/.test(bare) ||
            /^\d+(?:\.\d+){3}$/.test(bare) ||
            path !== undefined;
          return isHost || user === facts.user ? `${USER}@${HOST}${tail}${path ?? ""}` : whole;
        },
      ),
  ];
}

/** The machine's own name, alone or with its domain, as a whole word. */
function hostRules(facts: RedactorFacts): Rule[] {
  return hostNames(facts.hostname).map((name): Rule => {
    const pattern = new RegExp(`(?<![\\w.-])${escapeRegExp(name)}((?:\\.[A-Za-z0-9-]+)*)(?![\\w-])`, "gi");
    return (text) =>
      text.replace(pattern, (whole, domain: string) =>
        /\.(?:py|js|ts|sh|json|jsonl|csv|txt|log|ya?ml|md|pt|npz)$/.test(domain) ? whole : HOST,
      );
  });
}

/** Longest first. `localhost` names nobody. */
function hostNames(hostname: string | null): string[] {
  if (hostname === null) return [];
  const full = hostname.toLowerCase();
  const short = full.split(".")[0] ?? "";
  return [...new Set([full, short])].filter((name) => name !== "" && name !== "localhost" && !/^\d+$/.test(name));
}

function redactWords(words: readonly string[], text: (input: string) => string): string[] {
  let flagBefore: string | null = null;
  return words.map((word) => {
    const name = flagBefore;
    flagBefore = null;
    if (name !== null && !word.startsWith("-") && isSecretName(name, word) && !isSwitch(word)) return SECRET;
    const assignment = /^(-{0,2}[A-Za-z_][\w.-]*)=(.*)$/s.exec(word);
    if (assignment !== null) {
      const [, head = "", value = ""] = assignment;
      if (value !== "" && !isSwitch(value) && isSecretName(head, value)) return `${head}=${SECRET}`;
    } else if (/^--?[A-Za-z]/.test(word)) flagBefore = word;
    return text(word);
  });
}

function isSwitch(word: string): boolean {
  return /^(?:true|false|yes|no|none|null|)$/i.test(word);
}

function redactFlag(name: string, value: FlagValue, text: (input: string) => string): FlagValue {
  if (Array.isArray(value)) return value.map((item) => redactFlag(name, item, text));
  if (value === null || typeof value === "boolean") return value;
  if (isSecretName(name, String(value)) && !isSwitch(String(value))) return SECRET;
  return typeof value === "string" ? text(value) : value;
}

function escapeRegExp(literal: string): string {
  return literal.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
