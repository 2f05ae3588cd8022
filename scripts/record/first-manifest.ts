import { hostname } from "node:os";
import { bootId, startOf } from "../../src/load/processes.ts";
import type { Manifest } from "../../src/run/manifest.ts";
import type { Redactor } from "../../src/run/redact.ts";
import type { Claim } from "./claim.ts";
import { packageVersion } from "./package-version.ts";
import type { RunPlan } from "./plan.ts";

/** The manifest of a run whose command has just been started. Everything in its public part is redacted here. */
export function firstManifest(input: {
  plan: RunPlan;
  claim: Claim;
  argv: string[];
  pid: number;
  started: Date;
  sharedOutput: boolean;
  redactor: Redactor;
  procRoot: string;
}): Manifest {
  const { plan, claim, argv, pid, redactor, procRoot } = input;
  const started = input.started.toISOString();
  return {
    schema: 1,
    id: claim.id,
    operation: plan.operation,
    model: plan.model,
    command: redactor.argv(plan.command),
    flags: redactor.flags(plan.flags),
    label: plan.label === null ? null : redactor.text(plan.label),
    tags: plan.tags.map((tag) => redactor.text(tag)),
    status: "running",
    exitCode: null,
    signal: null,
    started,
    stopped: null,
    durationSeconds: null,
    scalars: {},
    system: {},
    derived: null,
    environment: null,
    code: { commit: null, branch: null, dirty: null, digest: null },
    data: plan.data && { ...plan.data, sources: plan.data.sources.map((source) => redactor.text(source)) },
    files: [],
    outside: [],
    parents: plan.parents,
    sweep: plan.sweep ?? null,
    updated: started,
    intervalSeconds: 1,
    source: { kind: "record" },
    starred: false,
    hidden: false,
    recorder: { pid: process.pid, start: startOf(process.pid, procRoot) },
    child: { pid, start: startOf(pid, procRoot) },
    bootId: bootId(procRoot),
    host: hostname(),
    root: plan.root,
    cwd: plan.cwd,
    runDir: claim.runDir,
    argv,
    sharedOutput: input.sharedOutput,
    survivors: [],
    warnings: [],
    guildhall: packageVersion(),
  };
}
