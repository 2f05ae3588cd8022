/** A project in which 200 secrets wait to be told: in variables, arguments, flags, the remote, the diff, and the output. All are made up. */
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

export interface Secret {
  where: "variable" | "argument" | "flag" | "label" | "remote" | "diff" | "output";
  /** How it is written there, with `…` for the secret. */
  form: string;
  value: string;
}

export interface Planted {
  secrets: Secret[];
  /** Words that have to be there still: they only look like names of secrets. */
  innocent: string[];
  /** Variables of the shell. */
  env: Record<string, string>;
  /** Each a command line of `guild`, one run. */
  commands: string[][];
}

/** Writes the project into `root` (a git repository with a commit and changes after it). Same secrets at every call. Throws what git and the file system throw. */
export function plantSecrets(root: string): Planted {
  const secrets: Secret[] = [];
  const random = makeRandom(7);
  const make = (where: Secret["where"], form: string, value: string): string => {
    secrets.push({ where, form, value });
    return form.replace("…", () => value);
  };
  const plain = (length = 14): string => `q${random(length, PLAIN)}7`;
  const kinds = tokenKinds(random);
  const token = (at: number): string => kinds[at % kinds.length]!();

  const env: Record<string, string> = { OMP_NUM_THREADS: "2", TOKENIZERS_PARALLELISM: "false" };
  for (const name of SECRET_VARIABLES) env[name] = make("variable", "…", plain());
  env.HF_HOME = make("variable", "https://ada:…@cache.example.org/hf", plain());
  env.PYTHONPATH = make("variable", "/opt/lib:…", token(1));

  const words = ARGUMENTS.flatMap((forms, at) => {
    const value = at % 3 === 0 ? plain() : at % 3 === 1 ? `Hunter2-${random(8, PLAIN)}` : token(at);
    return make("argument", forms, value).split("\u0001");
  });
  const tokens = kinds.map((kind, at) => make("argument", at % 2 === 0 ? "…" : "note=see …, please", kind()));

  const flags = FLAGS.map((name) => `${name}=${make("flag", "…", plain())}`);
  const defaults = FLAGS_OF_FILE.map((name) => `    ${name}: ${make("flag", "…", plain())}`);
  const label = make("label", "baseline with token=…", plain());
  const tag = make("label", "…", token(0));

  const remotes = REMOTES.map((form) => make("remote", form, plain()));
  const changes = DIFF.map((form, at) => make("diff", form, at % 2 === 0 ? plain() : token(at)));

  const lines = OUTPUT.map((form) => make("output", form, plain()));
  const told = kinds.map((kind, at) => make("output", SENTENCES[at % SENTENCES.length]!, kind()));
  const keys = [0, 1].map((at) => make("output", PEM[at]!, random(64, BASE64)));

  const put = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  put("tell.mjs", TELL);
  put(
    "guild.yml",
    `train:\n  exec: ${process.execPath} tell.mjs \${flag_args}\n  flags:\n    lr: 0.1\n    tokenizer: gpt2\n${[...defaults, ...FLAGS.map((name) => `    ${name}: none`)].join("\n")}\n`,
  );
  put(".gitignore", "lines.json\n");
  put("settings.py", "lr = 0.1\n");
  const git = (...args: string[]): void => {
    const { status, stderr } = spawnSync("git", ["-c", "user.name=Ada", "-c", "user.email=ada@example.org", ...args], {
      cwd: root,
      encoding: "utf8",
    });
    if (status !== 0) throw new Error(`git ${args[0]}: ${stderr}`);
  };
  git("init", "--quiet");
  git("add", ".");
  git("commit", "--quiet", "-m", "begin");
  for (const [at, remote] of remotes.entries()) git("remote", "add", `r${at}`, remote);
  put("settings.py", `lr = 0.1\n${changes.slice(0, changes.length / 2).join("\n")}\n`);
  put("new_settings.py", `${changes.slice(changes.length / 2).join("\n")}\n`);
  put("lines.json", JSON.stringify([...INNOCENT, ...lines, ...told, ...keys]));

  const tell = ["run", "--label", label, "--tag", tag, "--", process.execPath, "tell.mjs"];
  return {
    secrets,
    innocent: [...INNOCENT, ...INNOCENT_WORDS],
    env,
    commands: [
      [...tell, ...INNOCENT_WORDS, ...words, ...tokens],
      ["train", "lr=0.2", ...flags],
    ],
  };
}

/** Each secret that stands in a file's content or name below the folders of `root`, with the file. */
export function leaks(root: string, folders: readonly string[], secrets: readonly Secret[]): string[] {
  const found: string[] = [];
  for (const folder of folders) {
    for (const path of readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })) {
      const whole = join(root, folder, path);
      const text = `${path}\n${statSync(whole).isFile() ? readFileSync(whole, "latin1") : ""}`;
      for (const { where, form, value } of secrets) {
        if (text.includes(value)) found.push(`${join(folder, path)}: ${where} ${form}`);
      }
    }
  }
  return found;
}

const PLAIN = "abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
const BASE64 = `${PLAIN}+/`;
const HEX = "0123456789abcdef";
const UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

type Random = (length: number, alphabet: string) => string;

/** Park and Miller's generator: the same letters everywhere. */
function makeRandom(seed: number): Random {
  let state = seed;
  return (length, alphabet) => {
    let text = "";
    for (let at = 0; at < length; at++) {
      state = (state * 48271) % 2147483647;
      text += alphabet[state % alphabet.length];
    }
    return text;
  };
}

/** Put together from halves, so that no scanner of repositories takes a line of this file for a secret. */
function tokenKinds(random: Random): (() => string)[] {
  const kind =
    (head: string, length: number, alphabet = PLAIN): (() => string) =>
    () =>
      `${head}${random(length - 1, alphabet)}7`;
  return [
    kind(["gh", "p_"].join(""), 36),
    kind(["github", "_pat_"].join(""), 60),
    kind(["gl", "pat-"].join(""), 20),
    kind(["h", "f_"].join(""), 34),
    kind(["s", "k-"].join(""), 48),
    kind(["s", "k-ant-api03-"].join(""), 80),
    kind(["s", "k-proj-"].join(""), 60),
    kind(["AK", "IA"].join(""), 16, UPPER),
    kind(["AI", "za"].join(""), 35),
    kind(["ya", "29."].join(""), 60),
    kind(["xo", "xb-12345678901-"].join(""), 24),
    kind(["np", "m_"].join(""), 36),
    kind(["py", "pi-AgEI"].join(""), 60),
    kind(["nv", "api-"].join(""), 60),
    kind(["wandb", "_v1_"].join(""), 40),
    kind(["sk", "_live_"].join(""), 24),
    kind(["S", "K"].join(""), 32, HEX),
    () => `${["S", "G."].join("")}${random(22, PLAIN)}.${random(43, PLAIN)}`,
    kind(["da", "pi"].join(""), 32, HEX),
    kind(["do", "p_v1_"].join(""), 64, HEX),
    () => `123456789:AA${random(33, PLAIN)}`,
    () => `${random(3, PLAIN)}8Q~${random(34, PLAIN)}`,
    () => `eyJhbGciOiJIUzI1NiJ9.eyJzdWIi${random(20, PLAIN)}.${random(43, PLAIN)}`,
    kind(["dckr", "_pat_"].join(""), 27),
    kind(["hv", "s."].join(""), 90),
  ];
}

const SECRET_VARIABLES = (
  "WANDB_API_KEY HF_TOKEN HUGGING_FACE_HUB_TOKEN OPENAI_API_KEY ANTHROPIC_API_KEY AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN " +
  "AZURE_CLIENT_SECRET AZURE_STORAGE_KEY GITHUB_TOKEN GITLAB_PRIVATE_TOKEN COMET_API_KEY NEPTUNE_API_TOKEN MLFLOW_TRACKING_PASSWORD " +
  "MLFLOW_TRACKING_TOKEN CLEARML_API_SECRET_KEY DB_PASSWORD PGPASSWORD MYSQL_PWD REDIS_PASSWORD SMTP_PASS SLACK_BOT_TOKEN " +
  "SENTRY_AUTH_TOKEN NPM_TOKEN PYPI_TOKEN DOCKER_PASSWORD TWILIO_AUTH_TOKEN KAGGLE_KEY NGC_API_KEY DATABRICKS_TOKEN " +
  "VAULT_TOKEN SSH_PASSPHRASE ENCRYPTION_KEY SECRET_KEY LABEL_STUDIO_API_KEY S3_SECRET"
).split(" ");

/** Words are parted by \u0001. */
const ARGUMENTS = [
  "--api-key\u0001…",
  "--api_key=…",
  "--apikey\u0001…",
  "--password\u0001…",
  "--password=…",
  "-password\u0001…",
  "--db.password=…",
  "--db-password\u0001…",
  "password=…",
  "+db.password=…",
  "++secret_key=…",
  "api_key:…",
  "--token\u0001…",
  "--token=…",
  "--hub-token\u0001…",
  "--hub_token=…",
  "--authToken=…",
  "--auth-token\u0001…",
  "--accessToken\u0001…",
  "--secret\u0001…",
  "--client-secret=…",
  "--aws-secret-access-key\u0001…",
  "--wandb.api_key=…",
  "--set=login.password=…",
  "--env\u0001HF_TOKEN=…",
  "--header\u0001Authorization: Bearer …",
  "--header=X-Api-Key: …",
  '--config\u0001{"api_key": "…", "lr": 0.1}',
  "--config={'password': '…'}",
  "--url\u0001https://ada:…@example.org/data",
  "--db=postgres://ada:…@db.example.org:5432/x",
  "--data\u0001https://store.example.org/a?sig=…&x=1",
  "--link=https://s3.example.org/a?X-Amz-Signature=…",
  "--get\u0001https://api.example.org/v1?access_token=…",
  "--passphrase\u0001…",
  "--credentials=…",
  "--cookie\u0001…",
  "--run\u0001export WANDB_API_KEY=…; python x.py",
  "--run=python x.py --password …",
  "-k\u0001…",
];

const FLAGS = "api_key hub_token db_password client_secret smtp_passphrase wandb_api_key".split(" ");
const FLAGS_OF_FILE = "auth_token mail_password storage_account_key signing_secret".split(" ");

const REMOTES = [
  "https://ada:…@github.com/ada/x.git",
  "https://…@github.com/ada/x.git",
  "https://oauth2:…@gitlab.com/ada/x.git",
  "https://x-token-auth:…@bitbucket.org/ada/x.git",
];

const DIFF = [
  'password = "…"',
  'TOKEN = "…"',
  "# api_key: …",
  'client = Client("…")',
  "DB = 'postgres://ada:…@db/x'",
  'headers = {"Authorization": "Bearer …"}',
  "secret: …",
  'os.environ["HF_TOKEN"] = "…"',
];

const OUTPUT = [
  "password: …",
  "password=…",
  "Password is set, password = …",
  "api_key: …",
  '{"api_key": "…", "loss": 0.5}',
  "{'api_key': '…', 'lr': 0.1}",
  "Namespace(lr=0.1, api_key='…', seed=1)",
  "Config(hub_token='…', epochs=3)",
  "export WANDB_API_KEY=…",
  "declare -x DB_PASSWORD=…&more",
  "ENV HF_TOKEN …",
  "auth:\n  token: …",
  "secret_key = …",
  "running: python x.py --api-key … --lr 0.1",
  "running: python x.py --api-key=… --lr 0.1",
  "running: ['x.py', '--password', '…']",
  "GET https://ada:…@example.org/x",
  "connecting to mysql://root:…@db:3306/x",
  "connecting to redis://:…@cache:6379/0",
  "downloaded https://store.example.org/a?sv=1&sig=…&se=2",
  "Authorization: Bearer …",
  "authorization: Basic …",
  "X-Api-Key: …",
  "Cookie: session=…; lang=en",
  "Server=db;Uid=ada;Pwd=…;",
  "AccountName=x;AccountKey=…;EndpointSuffix=y",
  "<password>…</password>",
  "│ api_key │ … │",
  "\u001b[32mpassword\u001b[0m: \u001b[31m…\u001b[0m",
  "\u001b[1mapi_key=\u001b[0m…",
  "progress 10 %\rpassword: …",
  "machine example.org login ada password …",
  "client_secret => …",
  "//registry.example.org/:_authToken=…",
  "access_token=… expires_in=3600",
  "refreshToken: '…'",
  "aws_secret_access_key = …",
  "passphrase: …",
  '"privateKey":"…"',
  String.raw`config: {\"db_password\": \"…\"}`,
  "webhook_secret := '…'",
  "['--lr', '0.1', '--hub-token', '…']",
  "-token …",
  "smtp_pass: …",
  "http://user:…@proxy.example.org:8080",
  "credentials: …",
];

const SENTENCES = [
  "using …",
  'key "…" accepted',
  "wandb: logged in with …",
  "\u001b[32m…\u001b[0m",
  "key=…",
  "[…]",
  "error: … is not valid",
];

const HEAD = ["-----BEGIN RSA", "PRIVATE KEY-----"].join(" ");
const TAIL = ["-----END RSA", "PRIVATE KEY-----"].join(" ");
const PEM = [`${HEAD}\nMIIEowIBAAKCAQEA\n…\n${TAIL}`, `{"private_key": "${HEAD}\\nMIIE\\n…\\n${TAIL}\\n"}`];

const INNOCENT = [
  "epoch 1 step 100 loss: 0.5312 acc=0.871 tokens/s 51234",
  "max_tokens=512 num_tokens: 7 pad_token_id: 0 eos_token_id=2",
  "tokenizer: gpt2, vocab_size: 50257",
  "key_dim=64 authors=3 sort_key=name",
  "next token: hello",
  "token_accuracy: 0.93",
  "author: nobody in particular",
];
const INNOCENT_WORDS = [
  "--tokenizer",
  "gpt2",
  "--max_tokens",
  "512",
  "--pad_token_id",
  "50256",
  "--key_dim",
  "64",
  "--authors",
  "three",
];

/** Prints its lines, some in pieces; then its arguments and all variables, as programs do that log their configuration. */
const TELL = `import { readFileSync } from "node:fs";
const write = (text) => new Promise((done) => process.stdout.write(text, done));
for (const line of JSON.parse(readFileSync("lines.json", "utf8"))) {
  const middle = Math.floor(line.length / 2);
  await write(line.slice(0, middle));
  await write(line.slice(middle) + "\\n");
}
await write("arguments: " + JSON.stringify(process.argv.slice(2)) + "\\n");
await write("started as " + process.argv.slice(2).join(" ") + "\\n");
for (const [name, value] of Object.entries(process.env)) if (!/^(?:npm_|PATH$)/.test(name)) await write(name + "=" + value + "\\n");
for (const name of ["HF_TOKEN", "DB_PASSWORD", "KAGGLE_KEY"]) await write("it is " + process.env[name] + ".\\n");
`;
