import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { parse } from "yaml";
import { lookAt } from "../../../scripts/project/look.ts";
import { applyStarter, planStarter } from "../../../scripts/project/starter.ts";
import { starterGuildFile } from "../../../scripts/project/starter-guild-file.ts";
import { starterWorkflow } from "../../../scripts/project/starter-workflow.ts";
import { parseGuildFile } from "../../../src/load/guild-parse.ts";
import { read } from "../../meta/_tree.ts";

const starter = suite<{ folder: string }>("starter");

starter.before.each((context) => {
  context.folder = mkdtempSync(join(tmpdir(), "guildhall-starter-"));
});

starter.after.each(({ folder }) => rmSync(folder, { recursive: true }));

const begin = (folder: string) => {
  const steps = planStarter(folder, lookAt(folder), "1.2.3");
  applyStarter(steps);
  return steps.map(({ action, shown }) => `${action} ${shown}`);
};

starter("writes what is missing, and nothing the second time", ({ folder }) => {
  writeFileSync(join(folder, "train.py"), "");
  assert.equal(begin(folder), [
    "write guild.yml",
    "write .gitignore",
    "write content/README.md",
    "write .github/workflows/guildhall.yml",
  ]);
  assert.equal(
    begin(folder).map((line) => line.split(" ")[0]),
    ["keep", "keep", "keep", "keep"],
  );
  const { models, warnings } = parseGuildFile(readFileSync(join(folder, "guild.yml"), "utf8"), "guild.yml");
  assert.is(models[0]?.operations.train?.main, "train.py");
  assert.equal(warnings, []);
});

starter("never overwrites", ({ folder }) => {
  for (const path of ["guild.yml", ".github/workflows/guildhall.yml", "content/README.md"]) {
    mkdirSync(join(folder, path, ".."), { recursive: true });
    writeFileSync(join(folder, path), "mine");
  }
  writeFileSync(join(folder, ".gitignore"), "*.pyc\nruns");
  assert.equal(begin(folder), [
    "keep guild.yml",
    "add .gitignore",
    "keep content/README.md",
    "keep .github/workflows/guildhall.yml",
  ]);
  assert.is(readFileSync(join(folder, "guild.yml"), "utf8"), "mine");
  const ignored = readFileSync(join(folder, ".gitignore"), "utf8").split("\n");
  assert.equal(ignored.slice(0, 2), ["*.pyc", "runs"]);
  assert.equal(ignored.slice(3), ["/.guild/", "/dist/", ""]);
});

starter("says in comments what cannot be known", ({ folder }) => {
  const look = { ...lookAt(folder), name: "yes", github: "Ada/ada.github.io" };
  const text = starterGuildFile(look);
  assert.equal(parse(text), { guildhall: { name: "yes" } });
  assert.match(text, /^# train:/m);
  assert.match(text, /https:\/\/ada\.github\.io {3}#/);
});

starter("every commented line of the example is valid when it is used", ({ folder }) => {
  const text = starterGuildFile({ ...lookAt(folder), scripts: { train: "train.py", evaluate: "eval.py", prepare: "prep.py" } });
  const used = text.replace(/^ {2}# ( *)(?=[\w/-]+:|- )/gm, "  $1");
  const file = parseGuildFile(used.replace("profiles:                     #", "profiles: #"), "guild.yml");
  assert.equal(Object.keys(file.models[0]?.operations.train?.flags ?? {}), ["lr", "epochs"]);
  assert.equal(file.models[0]?.operations.train?.profiles, { quick: { epochs: 1 } });
  assert.equal(Object.keys(file.guildhall.metrics), ["val/acc", "val/loss"]);
  assert.match(file.guildhall.site ?? "", /^https:/);
});

starter("puts the workflow at the top of the repository, for the folder below", ({ folder }) => {
  mkdirSync(join(folder, ".git"));
  mkdirSync(join(folder, "lab/digits"), { recursive: true });
  begin(join(folder, "lab/digits"));
  const workflow = parse(readFileSync(join(folder, ".github/workflows/guildhall.yml"), "utf8"));
  assert.is(workflow.jobs.build.defaults.run["working-directory"], "lab/digits");
  assert.is(workflow.jobs.build.steps.at(-1).with.path, "lab/digits/dist");
  assert.not.ok(existsSync(join(folder, "lab/digits/.github")));
});

starter("the workflow may do little and is pinned as our own is", () => {
  const text = starterWorkflow({ below: "", branch: "main" }, "1.2.3");
  const workflow = parse(text);
  assert.equal(workflow.permissions, {});
  assert.equal(workflow.jobs.build.permissions, { contents: "read", pages: "read" });
  assert.is(workflow.env.GUILDHALL_PACKAGE, "${{ vars.GUILDHALL_PACKAGE || 'guildhall@1.2.3' }}");
  const ours = read(".github/workflows/pages.yml");
  const used = [...text.matchAll(/uses: (\S+ # \S+)/g)].map((match) => match[1] ?? "");
  assert.is(used.length, 5);
  for (const action of used) {
    assert.match(action, /@[0-9a-f]{40} # v/);
    assert.ok(ours.includes(action), `${action} is not what our own workflow uses`);
  }
});

starter("no secret or variable reaches a shell by its text", () => {
  const steps = Object.values(parse(starterWorkflow({ below: "", branch: "main" }, "1")).jobs).flatMap(
    (job) => (job as { steps: { run?: string }[] }).steps,
  );
  const runs = steps.flatMap(({ run }) => run ?? []);
  assert.is(runs.length, 2);
  assert.not.match(runs.join("\n"), /\$\{\{/);
});

starter("says which file cannot be written", ({ folder }) => {
  writeFileSync(join(folder, "content"), "a file, not a folder");
  assert.throws(() => begin(folder), /Cannot write .*content/);
});

starter.run();
