/** A study of the user's own Optuna, in a Python process beside the batch: a line of JSON asks, a line of JSON answers. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { ToolError } from "../../../src/run/error.ts";
import { OPTUNA_PROGRAM } from "./optuna-program.ts";
import type { Sweep } from "./sweep.ts";
import type { Combination, TrialFlags } from "./trials.ts";

export interface Study {
  /** The next trial: Optuna's number for it and its flags, the fixed ones included. */
  ask(): Promise<{ asked: number; flags: TrialFlags }>;
  /** Null is a failed trial. A trial that was told before stays as it was. */
  tell(asked: number, value: number | null): Promise<void>;
  close(): Promise<void>;
}

interface StudyRequest {
  /** The interpreter. */
  python: string;
  /** The study's journal is kept here, so that a batch that was stopped goes on with it. */
  folder: string;
  row: Combination;
  sweep: Pick<Sweep, "objective" | "seed" | "search">;
  jobs: number;
  cwd: string;
  env: NodeJS.ProcessEnv;
}

/**
 * Opens the study, or goes on with it. Throws ToolError `missing-optuna` (exit code 2) when that Python has none,
 * `invalid-search` when no flag has several values, and `optuna-failed` with what Python said.
 */
export async function openStudy({ python, folder, row, sweep, jobs, cwd, env }: StudyRequest): Promise<Study> {
  const spaces = Object.entries(row).flatMap(([name, domain]): Record<string, unknown>[] => {
    if (domain.kind === "space") return [{ name, ...domain.space }];
    return domain.kind === "values" ? [{ name, choices: [...new Set(domain.texts)] }] : [];
  });
  if (spaces.length === 0) {
    throw new ToolError("invalid-search", "Optuna has nothing to choose: every flag has one value", {
      hint: "For example: lr=loguniform[1e-5:1e-1] depth=[2:8]",
      exitCode: 2,
    });
  }
  // A session of its own: Ctrl-C is for the trials, and the study is told how they ended.
  const child = spawn(python, ["-c", OPTUNA_PROGRAM], { cwd, env, detached: true, stdio: ["pipe", "pipe", "pipe"] });
  const ended = new Promise<void>((done) => {
    child.once("exit", () => done());
    child.once("error", () => done());
  });
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-4000);
  });
  child.stdin.on("error", () => {});
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const request = async (question: object): Promise<Record<string, unknown>> => {
    child.stdin.write(`${JSON.stringify(question)}\n`);
    const { value, done } = await lines.next();
    if (done) {
      await ended;
      throw new ToolError(
        "optuna-failed",
        `Optuna has ended: ${said.trim().split("\n").at(-1) || `${python} could not be started`}`,
        { exitCode: 2 },
      );
    }
    return JSON.parse(value) as Record<string, unknown>; // written by our own program
  };
  // One question after the other: an answer belongs to the question before it.
  let queue: Promise<unknown> = Promise.resolve();
  const turn = (question: object): Promise<Record<string, unknown>> => {
    const answer = queue.then(() => request(question));
    queue = answer.catch(() => {});
    return answer;
  };
  const { tag, goal } = sweep.objective;
  const opened = await turn({
    ...{ spaces, seed: sweep.seed, jobs, goal, tag, journal: join(folder, "optuna.log") },
    sampler: sweep.search.settings.sampler ?? "tpe",
  });
  if (typeof opened.error === "string") {
    child.stdin.end();
    throw new ToolError("missing-optuna", opened.error, { hint: `Type: ${python} -m pip install optuna`, exitCode: 2 });
  }
  const fixed = Object.entries(row).flatMap(([name, domain]) => (domain.kind === "one" ? [[name, domain.text] as const] : []));
  return {
    async ask() {
      const { number, params } = await turn({ ask: true });
      const chosen = Object.entries(params as Record<string, unknown>).map(([name, value]) => [name, String(value)] as const);
      return { asked: Number(number), flags: Object.fromEntries([...fixed, ...chosen].sort(([a], [b]) => (a < b ? -1 : 1))) };
    },
    async tell(asked, value) {
      await turn({ tell: asked, value: value !== null && Number.isFinite(value) ? value : null });
    },
    async close() {
      child.stdin.end();
      await ended;
    },
  };
}
