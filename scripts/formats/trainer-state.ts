import { readFileSync, statSync } from "node:fs";
import { defineFormat, type Findings, type Tail } from "./_contract.ts";
import { parsePythonJson } from "./_python-json.ts";
import { numberOf, tellRow } from "./_row.ts";

/** A log of a million steps is 200 MB of JSON: nobody wants it parsed beside a training. */
const MOST_BYTES = 64 * 1024 * 1024;

/** The `log_history` of Hugging Face's Trainer, which writes the whole file anew at each checkpoint. */
export default defineFormat({
  summary: "Hugging Face Trainer: trainer_state.json",
  recognises: (path, head) => /(?:^|\/)trainer_state\.json$/.test(path) && /^\s*\{/.test(Buffer.from(head).toString("utf8")),
  open: (path, from = 0) => tail(path, from),
});

function tail(path: string, from: number): Tail {
  let seen = "";
  let told: unknown[] = [];
  let torn = false;
  // What the file held before the run was told by another run.
  if (from > 0) told = historyOf(path) ?? [];

  const look = (findings: Findings): void => {
    const stat = statSync(path, { throwIfNoEntry: false });
    const state = `${stat?.ino} ${stat?.size} ${stat?.mtimeMs}`;
    if (stat === undefined || state === seen) return;
    if (stat.size > MOST_BYTES) {
      findings.damaged(`it is larger than ${MOST_BYTES / 1024 / 1024} MB`);
      seen = state;
      return;
    }
    const history = historyOf(path);
    torn = history === null;
    if (history === null) return; // half written: looked at again
    seen = state;
    const first = told[0];
    const same = first === undefined || JSON.stringify(history[0]) === JSON.stringify(first);
    if (!same || history.length < told.length) {
      const step = numberOf(object(history[0])?.step);
      if (step !== null) findings.restart(step, null);
      told = [];
    }
    for (const entry of history.slice(told.length)) tellRow(Object.entries(object(entry) ?? {}), findings);
    told = history;
  };
  return {
    read(findings) {
      look(findings);
      return false;
    },
    end(findings) {
      look(findings);
      if (torn) findings.damaged("it is not JSON: its last writing is cut short");
    },
  };
}

/** Null when it cannot be parsed now. */
function historyOf(path: string): unknown[] | null {
  try {
    const history = object(parsePythonJson(readFileSync(path, "utf8")))?.log_history;
    return Array.isArray(history) ? history : [];
  } catch {
    return null;
  }
}

function object(value: unknown): Record<string, unknown> | null {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null; // a door
}
