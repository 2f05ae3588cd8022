import { spawnSync } from "node:child_process";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { commandNames, loadCommand } from "../../../scripts/commands/_catalog.ts";
import { makeProject } from "../_project.ts";

const completion = suite("guild completion");
const hasBash = spawnSync("bash", ["-c", "complete -p >/dev/null; type compgen"]).status === 0;

const project = makeProject();
const script = (shell: string) => project.guild("completion", shell).stdout;
completion.after(() => project.remove());

/** What bash would offer for the last word. */
function offered(...words: string[]): string[] {
  const typed = words.map((word) => `'${word}'`).join(" ");
  const lines = `${script("bash")}\nCOMP_WORDS=(${typed}); COMP_CWORD=${words.length - 1}; _guild; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr } = spawnSync("bash", ["-c", lines], { encoding: "utf8" });
  assert.is(stderr, "");
  return stdout.split("\n").filter((line) => line !== "");
}

completion("bash offers commands, verbs and options, from the same definitions as the help", async () => {
  if (!hasBash) return console.log("skipped: no bash");
  assert.equal(offered("guild", "").sort(), ["help", ...commandNames()].sort());
  assert.equal(offered("guild", "runs", "re"), ["restore", "refresh", "restart"]);
  const rm = await loadCommand("rm");
  assert.equal(offered("guild", "runs", "rm", "7f3a", "--"), [...Object.keys(rm.options).map((name) => `--${name}`), "--help"]);
  assert.equal(offered("guild", "completion", ""), ["bash", "zsh", "fish"]);
  assert.equal(offered("guild", "run", "--", "--"), [], "behind -- stands somebody else's command");
});

completion("zsh and fish have theirs; another shell is refused with what is near, and 2", () => {
  assert.match(script("zsh"), /bashcompinit/);
  assert.match(script("fish"), /^complete -c guild -n '__fish_seen_subcommand_from compare' -l columns -s c -r -d /m);
  for (const words of [[], ["bahs"], ["bash", "zsh"]]) {
    assert.is(project.guild("completion", ...words).status, 2, words.join(" "));
  }
  assert.match(project.guild("completion", "bahs").stderr, /Did you mean "bash"/);
});

completion.run();
