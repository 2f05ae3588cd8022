/** Secrets that are known by value: wherever they are printed, they are hidden. */
import { hideNamedSecrets, isSwitch } from "./named-secrets.ts";
import { redactWords } from "./redact-words.ts";
import { isSecretName } from "./secret-names.ts";
import { type Rule, SECRET } from "./secret-patterns.ts";

/** So many values are looked for; the longest first. */
const MOST = 200;

/**
 * The values of variables whose names tell that they are secret, of secret flags, and the passwords in addresses, such as
 * DATABASE_URL has one. Left out is what would be found in any text: short or plain words, numbers, places.
 */
export function secretValues(input: {
  env?: Readonly<Record<string, string | undefined>>;
  argv?: readonly string[];
  flags?: Readonly<Record<string, unknown>>;
}): string[] {
  const found: string[] = [];
  const look = (name: string, value: string): void => {
    if (isSecretName(name, value) || (/(?:^|_)KEY$/.test(name) && /^(?=.*\d)(?=.*[A-Za-z])[^\s/\\]{10,400}$/.test(value)))
      found.push(value, ...value.split(/\r?\n/));
    for (const match of value.slice(0, 4000).matchAll(/:\/\/[^\s/@:]{0,100}:([^\s"']{1,300})@/g)) found.push(match[1] ?? "");
  };
  for (const [name, value] of Object.entries(input.env ?? {})) look(name, value ?? "");
  for (const [name, value] of Object.entries(input.flags ?? {})) {
    for (const one of Array.isArray(value) ? value : [value]) if (typeof one === "string") look(name, one);
  }
  const words = input.argv ?? [];
  for (const [at, shown] of redactWords(words, (word) => word).entries()) {
    const word = words[at] ?? "";
    if (shown !== word) found.push(word.slice(shown.length - SECRET.length));
    look("", word);
    hideNamedSecrets(word, (value) => found.push(value));
  }
  return [...new Set(found.filter(isFindable))].sort((a, b) => b.length - a.length).slice(0, MOST);
}

/** Long enough, and nothing that a text would hold by itself. */
function isFindable(value: string): boolean {
  if (value.length < 6 || isSwitch(value)) return false;
  if (/^[A-Za-z]+$/.test(value)) return value.length >= 12;
  if (/^[-+\d.,:/ ]+$/.test(value)) return value.length >= 10;
  return !isPlace(value);
}

/** `/run/secrets/x` tells where; keys of AWS may begin with a slash too. */
function isPlace(value: string): boolean {
  if (!/^(?:~|\.{0,2}|[A-Za-z]:)[/\\]/.test(value)) return false;
  return !value.split(/[/\\]/).some((part) => part.length >= 12 && /[a-z]/.test(part) && /[A-Z]/.test(part) && /\d/.test(part));
}

/**
 * Hides each of the values as it is, as JSON and as an address writes it; those that were there are added to `met`, in the form in
 * which they were. Without values the text stays.
 */
export function hideValues(values: readonly string[], met: Set<string>): Rule {
  const forms = new Set(values.flatMap((value) => [value, JSON.stringify(value).slice(1, -1), encodeURIComponent(value)]));
  if (forms.size === 0) return (text) => text;
  const longestFirst = [...forms].sort((a, b) => b.length - a.length);
  const pattern = new RegExp(longestFirst.map((form) => form.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|"), "g");
  return (text) =>
    text.replace(pattern, (value) => {
      met.add(value);
      return SECRET;
    });
}
