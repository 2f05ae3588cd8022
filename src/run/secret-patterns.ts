/** Secrets that give themselves away by their form, wherever they stand. */

export const SECRET = "[secret]";

/** One replacement in a text. All are linear in its length: no pattern looks again at what it has passed in vain. */
export type Rule = (text: string) => string;

export const replace =
  (pattern: RegExp, by: string): Rule =>
  (text) =>
    text.replace(pattern, by);

/**
 * A word that begins as a service's keys begin, with as many characters behind it as they have at least. The head must begin a
 * word: in `task-sk-…` and `half_` nothing begins.
 */
const word = (heads: string, rest: string): RegExp => new RegExp(`(?<![A-Za-z0-9])(?:${heads})${rest}`, "g");

/** Fixed beginnings. The length alone keeps `hf_model` and `sbp_x` out. */
const BY_BEGINNING: RegExp[] = [
  word("github_pat_", String.raw`\w{20,}`), // GitHub
  word("gh[pousr]_", "[A-Za-z0-9]{20,}"),
  word("gl[a-z]{2,6}-", String.raw`[\w.-]{16,}`), // GitLab: glpat, gldt, glrt, glcbt …
  word("hf_|api_org_", "[A-Za-z0-9]{20,}"), // Hugging Face
  word("(?:AKIA|ASIA|ABIA|ACCA)", "[0-9A-Z]{16}(?![A-Za-z0-9])"), // AWS
  word("AIza", String.raw`[\w-]{30,}`), // Google
  word("ya29\\.", String.raw`[\w.-]{20,}`),
  word("GOCSPX-", String.raw`[\w-]{20,}`),
  word("xox[abceoprs]-|xapp-", String.raw`[\w-]{10,}`), // Slack
  word("npm_", "[A-Za-z0-9]{30,}"),
  word("pypi-", String.raw`[\w-]{20,}`),
  word("nvapi-", String.raw`[\w-]{20,}`),
  word("wandb_v1_", String.raw`\w{20,}`),
  word("(?:sk|rk|pk)_(?:live|test)_", "[A-Za-z0-9]{10,}"), // Stripe
  word("whsec_", "[A-Za-z0-9+/=]{20,}"),
  word("(?:SK|key-)", "[0-9a-f]{32}(?![A-Za-z0-9])"), // Twilio, Mailgun
  word("SG\\.", String.raw`[\w-]{16,}\.[\w-]{16,}`), // SendGrid
  word("dapi", "[0-9a-f]{32}(?:-\\d)?"), // Databricks
  word("do[oprt]_v1_", "[0-9a-f]{32,}"), // DigitalOcean
  word("dckr_(?:pat|oat)_", String.raw`[\w-]{20,}`),
  word(
    "(?:r8|gsk|rpa|pcsk|sbp|nfp|figd|ntn|glc|glsa|tgp_v1|KGAT|dop|lin_api|pscale_(?:tkn|pw|oauth)|rubygems|sntry[su])_",
    String.raw`[\w.=+/-]{20,}`,
  ),
  word("(?:pplx|xai|tskey(?:-\\w{1,12})?|PMAK|NRAK|HRKU|sq0\\w{3}|lsv2)[-_]", String.raw`[\w-]{20,}`),
  word("shp(?:at|ca|pa|ss)_", "[0-9a-fA-F]{32}"), // Shopify
  word("hv[sbr]\\.", String.raw`[\w-]{20,}`), // Vault
  word("dp\\.[a-z]{2,6}\\.", String.raw`[\w.-]{30,}`), // Doppler
  word("(?:ATATT3x|ATCTT3x|ATBB)", String.raw`[\w=-]{20,}`), // Atlassian
  word("AGE-SECRET-KEY-1", "[0-9A-Z]{20,}"),
  word(String.raw`\d{8,10}:AA`, String.raw`[\w-]{33}`), // Telegram
  word("[MNO][A-Za-z0-9_-]{23,27}\\.[\\w-]{6}\\.", String.raw`[\w-]{27,}`), // Discord
  word(String.raw`[\w~.-]{3}8Q~`, String.raw`[\w~.-]{31,}`), // Azure's client secrets
  word("[0-9a-f]{32}-us", String.raw`\d{1,2}(?!\w)`), // Mailchimp
];

const PEM_WORDS = "[A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----";

/** In the order in which they are applied: whole blocks before what stands in them. */
export const SECRET_RULES: Rule[] = [
  // A key over many lines or with `\n` in one, also one that is cut off at either end.
  replace(new RegExp(`-----BEGIN ${PEM_WORDS}[\\s\\S]*?(?:-----END ${PEM_WORDS}|$)`, "g"), SECRET),
  hideKeyEnds,
  hideBase64Lines,
  ...BY_BEGINNING.map((pattern) => replace(pattern, SECRET)),
  // OpenAI, Anthropic and many others. A digit is asked for, so that `sk-learn-and-a-long-name` stays.
  replace(/(?<![A-Za-z0-9])sk-(?=[\w-]{0,100}\d)[\w-]{16,}/g, SECRET),
  // JSON Web Tokens, and other JSON in base64 (Neptune's tokens).
  replace(/(?<![\w-])eyJ[\w-]{5,}\.[\w-]{5,}(?:\.[\w-]*)*/g, SECRET),
  replace(/(?<![\w/+-])eyJ[\w+/-]{60,}={0,2}/g, SECRET),
  // 40 hexadecimal digits are a commit, unless somebody speaks of W&B before.
  replace(/(wandb[^\n]{0,80}?(?<![0-9a-zA-Z]))[0-9a-f]{40}(?![0-9a-zA-Z])/gi, `$1${SECRET}`),
  // Who knows such an address may write to it.
  replace(/(hooks\.slack\.com\/(?:services|workflows|triggers)\/)[\w/-]+/g, `$1${SECRET}`),
  replace(/(discord(?:app)?\.com\/api\/webhooks\/)[\w/-]+/g, `$1${SECRET}`),
  replace(/(\.webhook\.office\.com\/webhookb2\/)[\w@/-]+/g, `$1${SECRET}`),
  replace(/(api\.telegram\.org\/bot)[\w:-]+/g, `$1${SECRET}`),
  hideUserinfo,
  // The same without a scheme; `image:tag@sha256:…` is a digest.
  replace(
    /(?<![\w/:.-])([\w.-]{1,64}):(?=[^\s:@/]{0,64}[A-Za-z!])[^\s:@/]{3,64}@(?!sha\d)(?=[\w-]{1,63}(?:\.|:\d))/g,
    `$1:${SECRET}@`,
  ),
  replace(
    /([?&;](?:sig|signature|X-Amz-Signature|X-Amz-Credential|X-Amz-Security-Token|X-Goog-Signature|X-Goog-Credential|Policy|Key-Pair-Id|hdnts)=)[^&\s"']+/gi,
    `$1${SECRET}`,
  ),
  replace(/\b((?:Set-)?Cookie["']?[ \t]{0,3}[:=][ \t]{0,3}["']?)[^\n"']+/gi, `$1${SECRET}`),
  replace(
    /\b(Authorization["']?\s{0,3}[:=]\s{0,3}["']?(?:(?:Bearer|Basic|Token|Digest|ApiKey|Negotiate) )?)[^\s"'[][^\s"']*/gi,
    `$1${SECRET}`,
  ),
  replace(/\b(Bearer|Basic)\s{1,3}(?=[\w.~+/-]{0,200}\d)[\w.~+/-]{8,}=*/g, `$1 ${SECRET}`),
  replace(/(\bmachine \S{1,253}\s{1,9}login \S{1,200}\s{1,9}password )\S+/g, `$1${SECRET}`),
];

/**
 * `https://ada:hunter2@example.org`, `postgres://ada:p@ss/word@db`: up to the last `@` before the path, with databases up to the last
 * one at all, because passwords hold signs that they should not. The user of `ssh://git@…` is no secret.
 */
function hideUserinfo(text: string): string {
  return text.replace(/([a-z][a-z0-9+.-]{0,30}|):\/\/([^\s"'<>`]{1,400})/gi, (whole, scheme: string, rest: string) => {
    const authority = /^[^/?#]*/.exec(rest)?.[0] ?? "";
    const at = (DATABASES.test(scheme) && authority.includes(":") ? rest : authority).lastIndexOf("@");
    const user = rest.slice(0, Math.max(0, at));
    return user === "" || user === "git" || user === SECRET ? whole : `${scheme}://${SECRET}${rest.slice(at)}`;
  });
}

const DATABASES = /^(?:postgres|mysql|mariadb|mongodb|redis|amqp|mssql|oracle|clickhouse|cockroach|sqlserver|smtp|ftp)/i;

/** The end of a key whose head was cut off: its last line, and the lines of base64 before it. */
function hideKeyEnds(text: string): string {
  let shown = "";
  let from = 0;
  for (const end of text.matchAll(KEY_END)) {
    let start = end.index;
    let line = lineBefore(text, start);
    while (start > from && line >= from && isKeyLine(text.slice(line, start), start === end.index)) {
      start = line;
      line = lineBefore(text, start);
    }
    shown += `${text.slice(from, start)}${SECRET}`;
    from = end.index + end[0].length;
  }
  return shown + text.slice(from);
}

const KEY_END = new RegExp(`-----END ${PEM_WORDS}`, "g");

/** Only the last line of a key is short. */
function isKeyLine(line: string, isLast: boolean): boolean {
  return (isLast ? /^[A-Za-z0-9+/=]{1,76}\r?\n$/ : /^[A-Za-z0-9+/=]{48,76}\r?\n$/).test(line);
}

/** Where the line before the one that begins at `at` begins; no further back than a line of base64 is long. */
function lineBefore(text: string, at: number): number {
  const near = Math.max(0, at - 100);
  return near + text.slice(near, at - 1).lastIndexOf("\n") + 1;
}

/** The inside of a key, when its head is elsewhere: lines of exactly 64, 70 or 76 characters with all kinds of letters. */
function hideBase64Lines(text: string): string {
  return text.replace(/^[A-Za-z0-9+/]{64}(?:[A-Za-z0-9+/]{6}(?:[A-Za-z0-9+/]{6})?)?(?=\r?$)/gm, (line) =>
    /[a-z]/.test(line) && /[A-Z]/.test(line) && /\d/.test(line) ? SECRET : line,
  );
}
