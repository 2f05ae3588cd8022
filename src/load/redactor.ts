import { homedir, hostname, userInfo } from "node:os";
import { join } from "node:path";
import { makeRedactor, type Redactor } from "../run/redact.ts";

/** A redactor that knows this machine and this project: for everything that leaves the exact log. */
export function redactorHere(root: string, runId: string | null = null): Redactor {
  return makeRedactor({
    home: homedir(),
    hostname: hostname(),
    user: userName(),
    root,
    runDir: runId === null ? null : join(root, "runs", runId),
  });
}

/** Containers run under numbers that no user has. */
function userName(): string | null {
  try {
    return userInfo().username;
  } catch {
    return null;
  }
}
