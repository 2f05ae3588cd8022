/** Which names tell that their value is a secret. */

/**
 * Whether the value of a flag, variable or key with this name is a secret, judged by whole words: `--api-key`, `DB_PASSWORD` and
 * `authToken` are, `--tokenizer`, `--max-tokens`, `--pad_token_id`, `--key-dim` and `--authors` are not.
 * `value` decides for names that are harmless as often as not, such as `--key`. The empty name is none.
 */
export function isSecretName(name: string, value: string): boolean {
  const words = wordsOf(name);
  const last = words.at(-1) ?? "";
  const before = words.at(-2) ?? "";
  if (NOT_THE_THING_ITSELF.has(last)) return false;
  // `PWD` and `OLDPWD` are where a shell stands; `passwd: /etc/passwd` is a place, too.
  if ((last === "pwd" || last === "oldpwd") && /^[/~.]/.test(value)) return false;
  if (words.some((word) => ALWAYS_SECRET.has(word))) return true;
  if (last === "token" || last === "pat") return !TOKENS_OF_TEXT.has(before) && (last === "token" || words.length > 1);
  if (last === "key" && (KEYS_THAT_OPEN.has(before) || KEYS_OF_SERVICES.has(words[0] ?? ""))) return true;
  if (last === "pass") return LOGINS.has(before) || (words.length === 1 && /\d/.test(value) && /[A-Za-z]/.test(value));
  if (last === "auth" || last === "authorization" || last === "authtoken") return true;
  return MAYBE_SECRET.has(last) && looksRandom(value);
}

/** Names whose value may hold blanks, because it is a sentence: all after `password: ` is meant. */
export function isPassword(name: string): boolean {
  return wordsOf(name).some((word) => PASSWORDS.has(word));
}

/** As machines make them: sixteen characters or more of letters and digits mixed. */
export function looksRandom(value: string): boolean {
  return /^[\w+/=.~-]{16,}$/.test(value) && /\d/.test(value) && /[A-Za-z]/.test(value);
}

/** `dbPassword`, `--db-password` and `DB.PASSWORD` are two words each. */
function wordsOf(name: string): string[] {
  return (
    name
      .slice(-80)
      // Java's `-Dpassword=…`.
      .replace(/^-D(?=[a-z])/, "")
      .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
      .toLowerCase()
      .split(/[^a-z0-9]+/)
      .filter((word) => word !== "")
  );
}

const PASSWORDS = new Set("password passwd passphrase passcode".split(" "));
const ALWAYS_SECRET = new Set(
  (
    "password passwd pwd passphrase passcode pw secret secrets apikey accesskey secretkey privatekey accountkey authtoken " +
    "accesstoken refreshtoken apitoken bearer jwt cred creds credential credentials cookie cookies mysqlpwd pgpassword dbpass"
  ).split(" "),
);
const KEYS_THAT_OPEN = new Set(
  "api app private access secret account encryption signing signature ssh deploy license auth master service subscription webhook consumer session shared storage client tls rsa hmac aes fernet vault cosmos".split(
    " ",
  ),
);
/** `WANDB_KEY`, `OPENAI_KEY`: a service's key is no sorting key. */
const KEYS_OF_SERVICES = new Set(
  "wandb openai anthropic azure aws gcp google hf huggingface comet neptune clearml mlflow stripe twilio sendgrid datadog sentry github gitlab slack ngc nvidia".split(
    " ",
  ),
);
/** `DB_PASS` lets somebody in; `first_pass` is a turn. */
const LOGINS = new Set(
  "db database mail smtp imap user admin root ftp ssh http proxy redis mysql pg postgres mongo rabbitmq amqp sudo wifi login auth service es elastic".split(
    " ",
  ),
);
const MAYBE_SECRET = new Set("key keys session csrf xsrf nonce salt pin otp sas dsn webhook signature sig".split(" "));
/** The `token` of language models. */
const TOKENS_OF_TEXT = new Set(
  (
    "pad eos bos unk mask cls sep per max min num n special image video audio first last end start stop begin prompt next new " +
    "class dist register system additional byte sub word text tool think each by patch query sentence doc document avg mean total " +
    "target source input output label current prev previous this that of to from top best most bad decoder encoder forced suppress " +
    "user assistant role language lang timestamp blank newline space the a an one single every nth positional learnable generated sampled"
  ).split(" "),
);
/** `--password-file x` tells where, not what. */
const NOT_THE_THING_ITSELF = new Set(
  (
    "file files path paths dir folder length len policy id ids dim dims size type types count name names num number index ttl expiry " +
    "expires lifetime rotation manager store provider hash rounds prompt required enabled env url uri endpoint host port class mode " +
    "format regex pattern limit budget embedding embeddings"
  ).split(" "),
);
