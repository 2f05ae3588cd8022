import { test } from "uvu";
import * as assert from "uvu/assert";
import { makeRedactor } from "../../../src/run/redact.ts";
import { isSecretName } from "../../../src/run/secret-names.ts";

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
  ];
  for (const piece of hostile) ada.text(piece.repeat(48_000 / piece.length));
  assert.ok(performance.now() - started < 2000, `${performance.now() - started} ms`);
});

test.run();
