import { spawnSync } from "node:child_process";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { quoteWords, splitWords } from "../../../scripts/project/shell-words.ts";

const lines = [
  "a b  c",
  "  a\tb\n",
  "'a b' \"c d\" e'f'\"g\"",
  "a\\ b \\' \\\"",
  '"a \\" b \\\\ c \\n"',
  "'' \"\" x",
  "--lr=0.1 -x",
  "",
];

for (const line of lines) {
  test(`splits ${JSON.stringify(line)} as a shell does`, () => assert.equal(splitWords(line), shellWords(line)));
}

test("what is quoted is split into the same words, by us and by a shell", () => {
  const words = ["a", "b c", "", "it's", '"', "\\", "$HOME", "a\nb", "数", "--x=1", "*", "#", "~"];
  assert.equal(splitWords(quoteWords(words)), words);
  assert.equal(
    shellWords(quoteWords(words.filter((word) => !word.includes("$")))),
    words.filter((word) => !word.includes("$")),
  );
});

test("references stay readable", () => assert.is(quoteWords(["${RUN_DIR}/m", "a b"]), "${RUN_DIR}/m 'a b'"));

test("refuses an open quote", () => {
  assert.throws(() => splitWords("a 'b"), /closing '/);
  assert.throws(() => splitWords('a "b'), /closing "/);
});

/** What /bin/sh makes of a line. */
function shellWords(line: string): string[] {
  const program = `set -f; set -- ${line}\nfor word in "$@"; do printf '%s\\0' "$word"; done`;
  const answer = spawnSync("/bin/sh", ["-c", program], { encoding: "utf8" });
  assert.is(answer.status, 0, answer.stderr);
  return answer.stdout.split("\0").slice(0, -1);
}

test.run();
