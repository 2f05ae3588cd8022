import { readFileSync } from "node:fs";
import { homedir, hostname, userInfo } from "node:os";
import { join } from "node:path";
import { makeRedactor, type Redactor } from "../run/redact.ts";
import { secretValues } from "../run/secret-values.ts";
import { isObject } from "../run/shape.ts";

/** Beside the exact log: the secrets that were met in it, so that whoever rebuilds the record hides them without knowing the variables. */
export const SECRETS_MET = "secrets-met.json";

/** What a command was given, where its manifest does not stand on the disk yet. */
export interface Given {
  env?: NodeJS.ProcessEnv;
  argv?: readonly string[];
  flags?: Readonly<Record<string, unknown>>;
}

/**
 * A redactor that knows this machine, this project, and the secrets that the command was given: for everything that leaves the
 * exact log. Without `given` the secrets are those of our own environment, of the run's manifest, and those that its recorder met.
 */
export function redactorHere(root: string, runId: string | null = null, given: Given = {}): Redactor {
  const logDir = runId === null ? null : join(root, "runs", runId, ".guild");
  return makeRedactor({
    home: homedir(),
    hostname: hostname(),
    user: userName(),
    root,
    runDir: runId === null ? null : join(root, "runs", runId),
    values: [
      ...secretValues({ env: process.env }),
      ...secretValues({ env: given.env ?? {}, argv: given.argv ?? argvOf(logDir), flags: given.flags ?? {} }),
      ...texts(readJson(logDir, SECRETS_MET)),
    ],
  });
}

/** The words of the command, from the manifest of a run. */
function argvOf(logDir: string | null): string[] {
  const manifest = readJson(logDir, "run.json");
  return isObject(manifest) ? texts(manifest.argv) : [];
}

function readJson(logDir: string | null, name: string): unknown {
  if (logDir === null) return null;
  try {
    return JSON.parse(readFileSync(join(logDir, name), "utf8"));
  } catch {
    return null; // not there: a run from elsewhere, or one that has met none
  }
}

function texts(raw: unknown): string[] {
  return Array.isArray(raw) ? raw.filter((item) => typeof item === "string") : [];
}

/** Containers run under numbers that no user has. */
function userName(): string | null {
  try {
    return userInfo().username;
  } catch {
    return null;
  }
}
