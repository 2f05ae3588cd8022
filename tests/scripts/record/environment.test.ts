import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { EnvironmentFacts, Facts } from "../../../scripts/probes/_contract.ts";
import { factsContext, publicEnvironment, readEnvironment, writeEnvironment } from "../../../scripts/record/environment.ts";
import { parseEnvironment } from "../../../src/run/environment-file.ts";
import { makeRedactor } from "../../../src/run/redact.ts";

const test = suite("environment");
const root = mkdtempSync(join(tmpdir(), "guild-environment-"));
test.after(() => rmSync(root, { recursive: true }));

const context = factsContext({
  pids: () => [],
  command: ["true"],
  cwd: root,
  env: {},
  allowVariables: ["MY_*"],
  procRoot: "/proc",
});
const facts = (read: Facts["read"]): Facts => ({ summary: "", read });
const redactor = makeRedactor({ home: "/home/ada", hostname: "workshop", user: "ada", root, runDir: null });

test("joins what all know, and names who knew nothing", async () => {
  const known = await readEnvironment(
    {
      cpu: facts(async () => ({ cpu: { model: "EPYC", logicalCores: 2, availableCores: 2, caches: {} } })),
      python: facts(async () => ({ packages: { torch: "2" }, absent: { pip: "none" } })),
      more: facts(async () => ({ packages: { numpy: "1" } })),
      broken: facts(() => Promise.reject(new Error("no driver"))),
    },
    context,
  );
  assert.equal(known.packages, { torch: "2", numpy: "1" });
  assert.is(known.cpu!.model, "EPYC");
  assert.equal(known.absent, { pip: "none", broken: "no driver" });
});

test("nobody waits for one that never answers", async () => {
  const known = await readEnvironment({ hung: facts(() => new Promise<EnvironmentFacts>(() => {})) }, context);
  assert.match(known.absent!.hung!, "no answer within 3 s");
});

test("the allow-list of the project counts", () => {
  assert.ok(context.allowVariable("MY_SETTING"));
  assert.ok(context.allowVariable("OMP_NUM_THREADS"));
  assert.not(context.allowVariable("AWS_SECRET_ACCESS_KEY"));
});

test("values are redacted; one file for one fingerprint, written once", async () => {
  const environment = publicEnvironment({ variables: { HF_HOME: "/home/ada/hf" }, absent: { gpu: "not on workshop" } }, redactor);
  assert.equal(environment.variables, { HF_HOME: "~/hf" });
  assert.not.match(JSON.stringify(environment), /ada|workshop/);
  await writeEnvironment(root, environment);
  await writeEnvironment(root, { ...environment, title: "another" });
  const folder = join(root, "content", "environments");
  assert.equal(readdirSync(folder), [`${environment.digest}.json`]);
  assert.equal(parseEnvironment(JSON.parse(readFileSync(join(folder, `${environment.digest}.json`), "utf8"))), environment);
});

test.run();
