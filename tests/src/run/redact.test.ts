import { test } from "uvu";
import * as assert from "uvu/assert";
import { makeRedactor } from "../../../src/run/redact.ts";
import { isSecretName } from "../../../src/run/secret-names.ts";
import { secretValues } from "../../../src/run/secret-values.ts";

const ada = makeRedactor({
  home: "/home/ada",
  hostname: "vm07.lab.example.org",
  user: "ada",
  root: "/home/ada/digits",
  runDir: "/home/ada/digits/runs/20261123T190119-7f3a",
});

/** Made up, each in the form of its kind; put together here so that no scanner takes them for real ones. */
const secrets = [
  ["ghp", "_16C7e42F292c6912E7710c838347Ae178B4a"],
  ["github", "_pat_11ABCDEFG0abcdefghijkl_mnopqrstuvwxyz"],
  ["glpat", "-abcdefghij0123456789"],
  ["hf", "_abcdefghijklmnopqrstuvwx"],
  ["sk", "-proj-abcdefghijklmnop0123"],
  ["AKIA", "IOSFODNN7EXAMPLE"],
  ["ASIA", "IOSFODNN7EXAMPLE"],
  ["AIza", "SyA-abcdefghijklmnopqrstuvwxyz01234"],
  ["xoxb", "-123456789012-abcdef"],
  ["npm", "_abcdefghijklmnopqrstuvwxyz0123456789"],
  ["pypi", "-AgEIcHlwaS5vcmcCJGFiY2Rl"],
  ["nvapi", "-abcdefghijklmnopqrstuvwxyz"],
  ["eyJhbGciOiJIUzI1NiJ9", ".eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N"],
].map((parts) => parts.join(""));

for (const secret of secrets) {
  test(`hides ${secret.slice(0, 8)}… wherever it stands`, () => {
    for (const text of [secret, `using ${secret} now`, `"${secret}"`, `a=${secret}`]) {
      assert.not.ok(ada.text(text).includes(secret), ada.text(text));
    }
    assert.is(ada.text(`using ${secret} now`), "using [secret] now");
  });
}

const lines: [string, string, string][] = [
  ["addresses lose their password", "https://ada:hunter2@example.org/x.git", "https://[secret]@example.org/x.git"],
  ["signed links lose their signature", "https://h.org/a?x=1&sig=abc%2F1&y=2", "https://h.org/a?x=1&sig=[secret]&y=2"],
  ["and Amazon's", "https://h.org/a?X-Amz-Signature=00ff", "https://h.org/a?X-Amz-Signature=[secret]"],
  ["bearers lose what they bear", "Authorization: Bearer abcdef123456", "Authorization: Bearer [secret]"],
  ["a password in a line", "password: hunter2", "password: [secret]"],
  ["a password of digits", "password=1234, token=1234", "password=[secret], token=1234"],
  ["in an assignment", "WANDB_API_KEY=0123456789abcdef ok", "WANDB_API_KEY=[secret] ok"],
  ["in JSON", '{"password": "hunter2", "lr": 0.1}', '{"password": "[secret]", "lr": 0.1}'],
  ["in a quoted command", "python x.py --api-key abcd --lr 0.1", "python x.py --api-key [secret] --lr 0.1"],
  ["in a printed list", "['x.py', '--password', 'hunter2', '--lr', '1']", "['x.py', '--password', '[secret]', '--lr', '1']"],
  ["JSON in JSON", '{\\"api_key\\": \\"abc1\\", \\"lr\\": 1}', '{\\"api_key\\": \\"[secret]\\", \\"lr\\": 1}'],
  ["a sentence of a password", "password: correct horse battery, ok", "password: [secret], ok"],
  ["a whole variable on its line", "export DB_PASSWORD=a;b&c\nnext", "export DB_PASSWORD=[secret]\nnext"],
  ["a table's cell", "| api_key | abc |", "| api_key | [secret] |"],
  ["a line of .netrc", "machine h login ada password x1", "machine h login ada password [secret]"],
  ["an npm registry's token", "//r.org/:_authToken=abc1", "//r.org/:_authToken=[secret]"],
  ["a password with signs in an address", "postgres://ada:p@s/s@db/x", "postgres://[secret]@db/x"],
  ["a token as the user of an address", "https://0a1b2c3d@github.com/x", "https://[secret]@github.com/x"],
  ["a password before a host", "to ada:pw1@db.example.org:5432", "to ada:[secret]@db.example.org:5432"],
  ["cookies up to the line's end", "Cookie: a=b; c=d\nx", "Cookie: [secret]\nx"],
  ["W&B's forty digits", `wandb login ${"0123456789".repeat(4)}`, "wandb login [secret]"],
  ["a webhook", "https://hooks.slack.com/services/T0/B0/xyz", "https://hooks.slack.com/services/[secret]"],
  ["a GPU's serial", "GPU-00000000-1111-2222-3333-444444444444", "GPU-[serial]"],
  ["a secret that a colour splits", "\u001b[1mapi_key=\u001b[0mab\u001b[31mc1\u001b[0m x", "api_key=[secret] x"],
  ["a secret in one colour", "\u001b[32mpassword: x1\u001b[0m", "password: [secret]"],
  ["the run's directory", "saved /home/ada/digits/runs/20261123T190119-7f3a/m.pt", "saved ${RUN_DIR}/m.pt"],
  ["the project", "reading /home/ada/digits/data.csv", "reading ./data.csv"],
  ["the home", "cache in /home/ada/.cache", "cache in ~/.cache"],
  ["the home after an option letter", "-I/home/ada/include", "-I~/include"],
  ["another's home", "see /home/bob/x and /Users/Carol/y", "see ~/x and ~/y"],
  ["a home on a mount", "/mnt/nfs/home/bob/x", "~/x"],
  ["a home on Windows", "C:\\Users\\Ada\\x", "~\\x"],
  // In two pieces: no file of this repository names a home directory that may be this machine's.
  ["root's home", `${"/root"}/x and /root`, "~/x and ~"],
  ["the user in other paths", "/scratch/ada/data", "/scratch/$USER/data"],
  ["somebody at a known machine", "ada@vm07: done", "[user]@[host]: done"],
  ["somebody's address", "by ada@example.org.", "by [user]@[host]."],
  ["a target of ssh", "rsync bob@gpu07:/data x", "rsync [user]@[host]:/data x"],
  ["the machine's name", "running on vm07", "running on [host]"],
  ["the machine's name in a folder of event files", "runs/Nov23_23-50-55_vm07_lr1/x", "runs/Nov23_23-50-55_[host]_lr1/x"],
  [
    "any machine's name in an event file's",
    "events.out.tfevents.1795477855.gpu3.lab.29265.0",
    "events.out.tfevents.1795477855.[host].29265.0",
  ],
  ["the machine's full name", "on vm07.lab.example.org:8080", "on [host]:8080"],
];

for (const [what, before, after] of lines) test(`redacts ${what}`, () => assert.is(ada.text(before), after));

const harmless = [
  "epoch 3 loss 0.12 acc 0.97",
  "ada trained the model with data of ada",
  "recall@10=0.3 mAP@0.5: 0.2 acc@top5: 0.9 precision@k",
  "token: 0.31, tokens: 123, max_tokens=512, num_tokens: 7",
  "--tokenizer gpt2 --pad_token_id 0 --key-dim 64 --authors 3",
  "sk-learn-is-a-long-name-of-letters",
  "next_token = token.lower(); token: hello; token='<s>' last_token=the",
  "google-auth==2.62.2 keyring==25.1 tokenizers==0.22",
  "PWD=/data/x OLDPWD=/data",
  "/etc/passwd: no such file",
  "commit 0123456789012345678901234567890123456789",
  "digest 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
  "auth: none, use_auth_token=True, secret: null",
  "vms and vm070 and vm07.py",
  "git@github.com:guild/guildhall.git",
  "https://example.org/home/index.html",
  "/home/ada/digits-2 is not the project".replace("/home/ada", "/data"),
  "\u001b[32mgreen\u001b[0m ünïcödé 数",
  "",
];

for (const text of harmless) test(`leaves ${JSON.stringify(text.slice(0, 50))} alone`, () => assert.is(ada.text(text), text));

test("hides a private key over many lines, even when it is cut off", () => {
  const begin = ["-----BEGIN RSA", "PRIVATE KEY-----"].join(" ");
  const end = ["-----END RSA", "PRIVATE KEY-----"].join(" ");
  assert.is(ada.text(`a\n${begin}\nMIIE\nAAAA\n${end}\nb`), "a\n[secret]\nb");
  assert.is(ada.text(`a\n${begin}\nMIIE`), "a\n[secret]");
});

test("a path that only begins like the project is not the project", () => {
  assert.is(ada.text("/home/ada/digits-2/x"), "~/digits-2/x");
  assert.is(ada.text("/home/adam/x"), "~/x");
});

test("hides the value of a secret flag, keeps the number of words", () => {
  const words = [
    "python",
    "x.py",
    "--api-key",
    "abc",
    "--token=xyz",
    "password=1",
    "--use-auth-token",
    "--lr",
    "0.1",
    "--secret",
  ];
  assert.equal(ada.argv(words), [
    "python",
    "x.py",
    "--api-key",
    "[secret]",
    "--token=[secret]",
    "password=[secret]",
    "--use-auth-token",
    "--lr",
    "0.1",
    "--secret",
  ]);
  assert.equal(ada.argv([]), []);
});

test("redacts flags by name and by value, in lists too", () => {
  const flags = {
    password: "x",
    pin: null,
    lr: 0.1,
    out: "/home/ada/digits/out",
    keys: ["/home/ada/a", 1],
    use_auth_token: true,
  };
  assert.equal(ada.flags(flags), {
    password: "[secret]",
    pin: null,
    lr: 0.1,
    out: "./out",
    keys: ["~/a", 1],
    use_auth_token: true,
  });
});

const names: [string, string, boolean][] = [
  ["api_key", "x", true],
  ["--openai-api-key", "x", true],
  ["dbPassword", "x", true],
  ["HF_TOKEN", "x", true],
  ["authToken", "x", true],
  ["aws_secret_access_key", "x", true],
  ["cookie", "x", true],
  ["key", "0123456789abcdef0123", true],
  ["key", "label", false],
  ["sort_key", "name", false],
  ["tokenizer", "x", false],
  ["max_token", "5", false],
  ["eos_token", "</s>", false],
  ["pad_token_id", "5", false],
  ["password_file", "/run/x", false],
  ["authors", "x", false],
  ["lr", "x", false],
  ["DB_PASS", "x", true],
  ["--pass", "hunter2", true],
  ["first_pass", "done", false],
  ["pass", "ok", false],
  ["-Dpassword", "x", true],
  ["STORAGE_KEY", "x", true],
  ["creds", "x", true],
  ["", "x", false],
];

test("judges names by whole words", () => {
  for (const [name, value, secret] of names) assert.is(isSecretName(name, value), secret, name);
});

test("knows nothing of a machine and still hides secrets", () => {
  const nobody = makeRedactor({ home: null, hostname: null, user: null, root: null, runDir: null });
  assert.is(nobody.text("password=x at /data/ada on vm07"), "password=[secret] at /data/ada on vm07");
  const bare = makeRedactor({ home: "/", hostname: "localhost", user: "root", root: "/", runDir: null });
  assert.is(bare.text("/usr/bin on localhost by root"), "/usr/bin on localhost by root");
});

const keeper = makeRedactor({
  home: null,
  hostname: "train",
  user: null,
  root: null,
  runDir: null,
  values: secretValues({
    env: {
      DB_PASSWORD: 'tr"icky/pw',
      HF_TOKEN: "quiet-riot-9",
      PIN_PASSWORD: "1234",
      X_SECRET: "training",
      KEY_FILE: "/a/b",
      DATABASE_URL: "pg://u:inside9@h/x",
    },
    argv: ["mysql", "-pjoined99", "--password", "from-argv-1", "--lr", "0.1", "--config", '{"api_key": "deep-down-5"}'],
    flags: { smtp_password: "from-flag-1", lr: 0.1 },
  }),
});

test("hides known values wherever they are printed, in the forms in which programs print them", () => {
  for (const value of [
    "quiet-riot-9",
    "from-argv-1",
    "from-flag-1",
    "joined99",
    "deep-down-5",
    "inside9",
    'tr"icky/pw',
    'tr\\"icky/pw',
    "tr%22icky%2Fpw",
  ]) {
    assert.is(keeper.text(`it is ${value}!`), "it is [secret]!");
  }
  assert.ok(keeper.met().includes("quiet-riot-9"));
  assert.is(
    keeper.text("training 1234 epochs of /a/b"),
    "training 1234 epochs of /a/b",
    "plain words and numbers are not looked for",
  );
});

test("a machine called like its work does not take its word out of every line", () => {
  assert.is(keeper.text("train loss 0.1"), "train loss 0.1");
});

test("hides the end of a key whose beginning was cut off, and the middle of one", () => {
  const end = ["-----END RSA", "PRIVATE KEY-----"].join(" ");
  const line = "aB3".repeat(21).padEnd(64, "x");
  assert.is(keeper.text(`x\n${line}\n${line}\nDef2==\n${end}\ny`), "x\n[secret]\ny");
  assert.is(keeper.text(`x\n${line}\ny`), "x\n[secret]\ny");
});

test("hides words of commands: short options, programs that take passwords, prefixes", () => {
  const shown = (...words: string[]) => ada.argv(words).join(" ");
  assert.is(
    shown("x", "/password:pw", "-Dpassword=pw", "--pass=hunter2", "--user", "ada:pw1"),
    "x /password:[secret] -Dpassword=[secret] --pass=[secret] --user [secret]",
  );
  assert.is(shown("docker", "--user", "1000:1000", "img:2.1@sha256:9f"), "docker --user 1000:1000 img:2.1@sha256:9f");
  assert.is(shown("curl", "-u", "ada:pw", "https://x.org"), "curl -u [secret] https://x.org");
  assert.is(shown("mysql", "-ppw", "-h", "db"), "mysql -p[secret] -h db");
  assert.is(shown("sshpass", "-p", "pw", "ssh", "x"), "sshpass -p [secret] ssh x");
  assert.is(shown("wandb", "login", "0123456789abcdef01234"), "wandb login [secret]");
  assert.is(
    shown("x", "+db.password=pw", "api_key:pw", "-token", "pw"),
    "x +db.password=[secret] api_key:[secret] -token [secret]",
  );
  assert.is(shown("x", "-k", "Abcdefgh12345678", "-p", "Tr0ub4dor&3"), "x -k [secret] -p [secret]");
  assert.is(
    shown("x", "-p", "8080", "-k", "5", "-o", "out/Run12", "-m", "Llama3Instruct8B"),
    "x -p 8080 -k 5 -o out/Run12 -m Llama3Instruct8B",
  );
});

test("is not slowed down by hostile text", () => {
  const started = performance.now();
  const hostile = [
    "/a",
    "sk-",
    "a=",
    "://",
    "-----BEGIN PRIVATE KEY-----",
    "a.b@",
    "vm07.",
    "eyJ",
    "Bearer ",
    "/home",
    "token: ",
    "token=",
    "key=",
    "a\n",
    "x.y.",
    "-eyJ-",
    "wandb",
    "://a:",
    "\u001b[31m",
    "password='",
    `${"A1a".repeat(20)}\n`,
    "-----END PRIVATE KEY-----\n",
  ];
  for (const piece of hostile) ada.text(piece.repeat(48_000 / piece.length));
  assert.ok(performance.now() - started < 2000, `${performance.now() - started} ms`);
});

test.run();
