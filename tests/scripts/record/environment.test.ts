import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { EnvironmentFacts, Facts } from "../../../scripts/probes/_contract.ts";
import {
  factsContext,
  joinFacts,
  openEnvironmentRecord,
  publicEnvironment,
  readEnvironment,
  writeEnvironment,
} from "../../../scripts/record/environment.ts";
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

const parts: EnvironmentFacts = {
  os: { name: "Debian", kernel: "6", libc: "glibc 2.36", container: null },
  memory: { totalBytes: 24 * 2 ** 30, limitBytes: null },
  packages: { torch: "2.13", "nvidia-cudnn-cu12": "9.1.0.70" },
};
const digestOf = (more: EnvironmentFacts): string => publicEnvironment({ ...parts, ...more }, redactor).digest;

test("the same machine keeps its name: neither a boot, nor what was imported, nor what was not told makes another", () => {
  const digest = digestOf({});
  assert.is(digestOf({ memory: { totalBytes: 24 * 2 ** 30 - 200_000, limitBytes: null } }), digest);
  assert.is(digestOf({ imported: ["torch"] }), digest);
  assert.is(digestOf({ absent: { gpu: "none" } }), digest);
  assert.is(digestOf({ libraries: {}, storage: {} }), digest);
  assert.is.not(digestOf({ libraries: { cuda: "12.4" } }), digest);
  assert.is.not(digestOf({ memory: { totalBytes: 48 * 2 ** 30, limitBytes: null } }), digest);
});

test("a library whose file tells only its first number has its package's version; the key has driver and CUDA", () => {
  const environment = publicEnvironment(
    {
      ...parts,
      gpus: [{ name: "A100", memoryBytes: null, driver: "550.54.15" }],
      libraries: { cudnn: "9", cuda: "12.4.127" },
    },
    redactor,
  );
  assert.equal(environment.libraries, { cudnn: "9.1.0.70", cuda: "12.4.127" });
  assert.match(environment.key, "|A100|driver 550.54|cuda 12.4|");
  const early = publicEnvironment({ ...parts, gpus: [{ name: "A100", memoryBytes: null, driver: null }] }, redactor);
  assert.equal(early.libraries, { cudnn: "9.1.0.70" }, "installed counts before it is loaded");
  assert.equal(publicEnvironment(parts, redactor).libraries, {}, "but without a GPU it does not");
});

test("a later look adds, and forgets nothing when the process has gone", () => {
  const first = { runtime: { name: "python", version: "3.11.7" }, libraries: { cuda: "12" }, imported: ["torch"] };
  const joined = joinFacts(first, {
    runtime: null,
    absent: { runtime: "no Python" },
    libraries: { cuda: "12.4.127" },
    imported: ["numpy"],
    gpus: [],
  });
  assert.equal(joined.runtime, first.runtime);
  assert.equal([joined.libraries, joined.imported, joined.absent], [{ cuda: "12.4.127" }, ["numpy", "torch"], {}]);
});

test("late looks ask only for what may have changed", async () => {
  const asked: string[] = [];
  const one = (name: string, looks?: Facts["looks"]): Facts => ({
    ...facts(async () => {
      asked.push(name);
      return {};
    }),
    ...(looks === undefined ? {} : { looks }),
  });
  const all = { once: one("once", "once"), usual: one("usual"), always: one("always", "always") };
  for (const look of ["first", "settling", "late"] as const) await readEnvironment(all, context, look);
  assert.equal(asked, ["once", "usual", "always", "usual", "always", "always"]);
});

test("what an earlier look wrote goes, unless another run has it", async () => {
  const project = mkdtempSync(join(tmpdir(), "guild-environment-"));
  const folder = join(project, "content", "environments");
  mkdirSync(join(project, "content", "runs", "other"), { recursive: true });
  const record = openEnvironmentRecord(project, project, redactor);
  const first = await record.write(parts);
  const second = await record.write({ ...parts, libraries: { cuda: "12.4" } });
  const third = await record.write({ ...parts, libraries: { cuda: "12.4.127" }, imported: ["torch"] });
  assert.equal([second.imported, third.imported], [undefined, ["torch"]]);
  writeFileSync(join(project, "content", "runs", "other", "run.json"), JSON.stringify({ environment: second.environment }));
  await record.tidy();
  assert.equal(readdirSync(folder).sort(), [`${second.environment}.json`, `${third.environment}.json`].sort());
  assert.not.ok(readdirSync(folder).includes(`${first.environment}.json`));
  rmSync(project, { recursive: true });
});

test("a secret among packages, variables and reasons is none of the public form", () => {
  const token = ["gh", "p_16C7e42F292c6912E7710c838347Ae178B4a"].join("");
  const shown = publicEnvironment(
    { packages: { x: `1.0+${token}` }, variables: { HF_HOME: token }, absent: { gpu: token } },
    redactor,
  );
  assert.not.match(JSON.stringify(shown), token);
});

test.run();
