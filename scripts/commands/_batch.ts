/** Several runs of one operation: finds the trials, records them, says how they went and how to go on. */
import { relative } from "node:path";
import type { Operation } from "../../src/load/operation-spec.ts";
import { readRun } from "../../src/load/runs.ts";
import { ToolError } from "../../src/run/error.ts";
import type { FlagWord } from "../../src/run/flags.ts";
import type { Run } from "../../src/run/types.ts";
import local from "../launchers/local.ts";
import { readBatchFile } from "../project/batch/batch-file.ts";
import { anySeed, chanceOf } from "../project/batch/chance.ts";
import { domainOf } from "../project/batch/domain.ts";
import { finder } from "../project/batch/done.ts";
import { isBetter, objectiveOf, reachedBy } from "../project/batch/objective.ts";
import { openProgress } from "../project/batch/progress.ts";
import { type Ended, endOf, flagsText, summaryText, trialLine } from "../project/batch/report.ts";
import {
  createSweep,
  dropSweep,
  noteStart,
  type PlannedTrial,
  readSweep,
  type Search,
  type Sweep,
  sweepFolder,
} from "../project/batch/sweep.ts";
import { type Combination, drawnTrials, gridTrials, type TrialFlags } from "../project/batch/trials.ts";
import type { Intent } from "../project/intent.ts";
import { quoteWords } from "../project/shell-words.ts";
import { sourceDigest } from "../record/code.ts";
import { ignoredSignals } from "../record/signals.ts";
import { textOption } from "./_arguments.ts";
import type { AskedTrials, BatchRequest, Known } from "./_batch-search.ts";
import { recordTrial } from "./_batch-trial.ts";
import type { OptionValues, Shell } from "./_contract.ts";

/** How many trials there are where nobody says. */
const USUAL_TRIALS = 20;
/** Options about one sitting: a batch that goes on gets its own. */
const OF_ONE_SITTING = ["jobs", "verbose", "quiet", "preview", "resume", "background"];

interface Batch {
  sweep: Sweep;
  /** Of a search that goes on, those that are known. */
  plan: PlannedTrial[];
  runs: Map<number, string>;
  /** In words: `grid of 24, 20 of them by chance`. */
  how: string;
}

/**
 * Records a batch. Resolves to 0 when every trial has completed (now, before, or left out by `--needed`), to 1 when one has failed, and
 * to the signal by which it was stopped. Throws ToolError (exit code 2) before anything is started for whatever is mistyped.
 */
export async function runBatch(request: BatchRequest, options: OptionValues, shell: Shell) {
  if (options.background === true) {
    throw new ToolError("unexpected-option", "A batch is not recorded with --background", {
      hint: `Type: nohup guild run ${request.spec} … >batch.log 2>&1 &`,
      exitCode: 2,
    });
  }
  const jobs = wholeOption(options, "jobs", 1);
  const resumed = textOption(options, "resume");
  const batch = resumed === null ? await planBatch(request, options, shell) : resumeBatch(request, resumed);
  const intents = [];
  for (const { flags } of batch.plan) intents.push(await request.plan(wordsOf(flags)));
  if (options.preview === true) {
    shell.stdout.write(previewOf(request, batch, intents[0]));
    return 0;
  }
  for (const warning of intents[0]?.warnings ?? []) if (options.quiet !== true) shell.stderr.write(`guild: ${warning}\n`);
  const { root } = request;
  const sweep = resumed === null ? createSweep(root, batch.sweep, batch.plan) : batch.sweep;
  return recordBatch({ ...batch, sweep }, request, { jobs, options, shell });
}

async function recordBatch(
  { sweep, plan, runs }: Batch,
  request: BatchRequest,
  { jobs, options, shell }: { jobs: number; options: OptionValues; shell: Shell },
): Promise<number | { signal: NodeJS.Signals }> {
  const { root } = request;
  const optimizer = sweep.search.algorithm === "optuna" ? await openOptimizer(request, sweep, { plan, runs, jobs, shell }) : null;
  const digest = options.needed === true ? await sourceDigest(root, request.operation?.sourcecode ?? null) : null;
  const doneBefore = options.needed === true ? finder(root, digest) : () => null;
  const progress = openProgress(shell.stderr, {
    total: sweep.trials,
    quiet: options.quiet === true,
    tty: shell.stderr.isTTY === true,
  });
  const stop = catchSignals(shell, (running) =>
    progress.say(`stopping: nothing new is started${running ? ", what runs is told to end" : ""}`),
  );
  process.setMaxListeners(Math.max(process.getMaxListeners(), 8 * jobs + 16));
  const ended: Ended[] = [];
  const left = optimizer === null ? [...plan] : [];
  let best: Ended | null = null;

  const finished = (end: Ended): void => {
    ended.push(end);
    if ((end.kind === "completed" || end.kind === "before") && isBetter(end.value, best?.value ?? null, sweep.objective.goal))
      best = end;
    progress.ended(end, trialLine(end, sweep));
  };
  const before = (trial: PlannedTrial): Run | null => {
    const id = runs.get(trial.trial);
    return id === undefined ? null : readRun(root, id);
  };
  const work = {
    async next(): Promise<{ trial: PlannedTrial; intent: Intent } | null> {
      for (;;) {
        if (stop.signal() !== null) return null;
        const trial = optimizer === null ? left.shift() : await optimizer.next();
        if (trial === undefined || trial === null || stop.signal() !== null) return null;
        const old = before(trial);
        if (old?.status === "completed") {
          finished({ ...endOf(trial, old, reachedBy(old, sweep.objective)), kind: "before" });
          await optimizer?.ended(trial, reachedBy(old, sweep.objective));
          continue;
        }
        const intent = await request.plan(wordsOf(trial.flags));
        const same = doneBefore(intent.plan);
        if (same === null) return { trial, intent };
        const run = readRun(root, same);
        const value = run === null ? null : reachedBy(run, sweep.objective);
        finished({ trial: trial.trial, flags: trial.flags, kind: "before", run: same, value, seconds: null, why: null });
        await optimizer?.ended(trial, value);
      }
    },
    async record({ trial, intent }: { trial: PlannedTrial; intent: Intent }): Promise<void> {
      let id: string | null = null;
      progress.started(trial.trial);
      stop.began();
      try {
        await recordTrial(
          intent,
          { sweep: sweep.id, trial: trial.trial, verbose: options.verbose === true, shell, say: progress.print },
          (run) => {
            id = run;
            noteStart(root, sweep.id, { trial: trial.trial, run });
          },
        );
      } finally {
        stop.over();
      }
      const run = id === null ? null : readRun(root, id);
      const value = run === null ? null : reachedBy(run, sweep.objective);
      const end = endOf(trial, run, value);
      const stopped = end.kind === "failed" && run?.status === "terminated" && stop.signal() !== null;
      finished(stopped ? { ...end, kind: "stopped" } : end);
      if (optimizer !== null && end.kind === "completed" && value === null) {
        progress.say(`trial ${trial.trial} recorded no scalar "${sweep.objective.tag}": the optimizer is told that it failed`);
      }
      if (!stopped) await optimizer?.ended(trial, end.kind === "completed" ? value : null);
    },
  };
  try {
    await local.launch(work, jobs);
  } catch (error) {
    if (ended.every(({ run }) => run === null)) dropSweep(root, sweep.id);
    throw error;
  } finally {
    progress.close();
    await optimizer?.close();
    stop.release();
  }
  const signal = stop.signal();
  if (options.quiet !== true) {
    shell.stderr.write(
      summaryText({
        sweep,
        spec: request.spec,
        ended,
        best,
        stopped: signal !== null,
        folder: relative(shell.cwd, sweepFolder(root, sweep.id)),
      }),
    );
  }
  if (signal !== null) return { signal };
  return ended.every(({ kind }) => kind === "completed" || kind === "before") ? 0 : 1;
}

/** Whatever keeps it from being asked is known before the first trial; then there is no batch either. */
async function openOptimizer(request: BatchRequest, sweep: Sweep, known: Known): Promise<AskedTrials> {
  const { openOptuna } = await import("./_batch-optuna.ts");
  try {
    return await openOptuna(request, sweep, known);
  } catch (error) {
    if (known.runs.size === 0) dropSweep(request.root, sweep.id);
    throw error;
  }
}

/** What was typed → trials. */
async function planBatch(request: BatchRequest, options: OptionValues, shell: Shell): Promise<Batch> {
  const { words, defaults, operation } = request;
  const typed = Object.fromEntries([...defaults, ...words.flags].map(({ name, text }) => [name, domainOf(name, text)]));
  const files = (await Promise.all(words.files.map((path) => readBatchFile(path, shell.cwd)))).flat();
  const rows: Combination[] = (files.length === 0 ? [{}] : files).map((row) => ({
    ...Object.fromEntries(Object.entries(row).map(([name, text]) => [name, domainOf(name, text)])),
    ...typed,
  }));
  const hasSpace = rows.some((row) => Object.values(row).some(({ kind }) => kind === "space"));
  const search = searchOf(textOption(options, "optimizer"), operation, hasSpace);
  const most = wholeOption(options, "max-trials", operation?.maxTrials ?? USUAL_TRIALS);
  const seed = wholeOption(options, "random-seed", anySeed(), 0);
  const { trials, combinations } =
    search.algorithm === "optuna"
      ? { trials: [], combinations: null }
      : search.algorithm === "random"
        ? drawnTrials(rows, most, chanceOf(seed))
        : gridTrials(rows, most, chanceOf(seed));
  const minimize = textOption(options, "minimize");
  const objective = objectiveOf({
    minimize,
    maximize: textOption(options, "maximize"),
    operation: operation?.objective ?? null,
    primary: request.primary,
  });
  const count = search.algorithm === "optuna" ? most : trials.length;
  const how =
    combinations === null
      ? `${search.algorithm === "random" ? "drawn by chance" : `asked of ${search.algorithm}`}, seed ${seed}`
      : combinations > count
        ? `${count} of ${combinations} combinations, chosen by chance with seed ${seed}; all with --max-trials ${combinations}`
        : "all combinations";
  const sweep: Sweep = {
    schema: 1,
    id: "",
    created: new Date().toISOString(),
    words: [
      request.spec,
      ...words.others,
      ...[...defaults, ...words.flags].map(({ name, text }) => `${name}=${text}`),
      ...words.files.map((path) => `@${path}`),
    ],
    options: Object.fromEntries(Object.entries(options).filter(([name]) => !OF_ONE_SITTING.includes(name))),
    cwd: relative(request.root, shell.cwd),
    search,
    objective,
    seed,
    trials: count,
  };
  const plan = trials.map((flags, index) => plannedTrial(request, index + 1, flags));
  return { sweep, plan, runs: new Map(), how };
}

function plannedTrial({ spec, words }: BatchRequest, trial: number, flags: TrialFlags): PlannedTrial {
  return {
    trial,
    flags,
    command: ["guild", "run", spec, ...words.others, ...wordsOf(flags).map(({ name, text }) => `${name}=${text}`)],
  };
}

function resumeBatch({ root }: BatchRequest, typed: string): Batch {
  const kept = readSweep(root, typed);
  return { ...kept, how: `batch ${kept.sweep.id}` };
}

const ALGORITHMS = ["grid", "random", "optuna"];

function searchOf(name: string | null, operation: Operation | null, hasSpace: boolean): Search {
  if (name === null) return { algorithm: hasSpace ? "random" : "grid", settings: {} };
  const declared = operation?.optimizers.find((optimizer) => optimizer.name === name);
  const algorithm = declared?.algorithm ?? name;
  if (ALGORITHMS.includes(algorithm) && !(algorithm === "grid" && hasSpace))
    return { algorithm, settings: declared?.flags ?? {} };
  if (algorithm === "grid") {
    throw new ToolError("unknown-optimizer", "A grid cannot have spaces such as [0.1:1]", {
      hint: "Give lists, or take --optimizer random.",
      exitCode: 2,
    });
  }
  throw new ToolError("unknown-optimizer", `There is no optimizer "${algorithm}"`, {
    hint: /^(?:gp|forest|gbrt|bayesian|tpe)/.test(algorithm)
      ? "Optuna does the same work: --optimizer optuna"
      : `Optimizers: ${ALGORITHMS.join(", ")}.`,
    exitCode: 2,
  });
}

function wordsOf(flags: TrialFlags): FlagWord[] {
  return Object.entries(flags).map(([name, text]) => ({ name, text }));
}

function previewOf({ spec }: BatchRequest, { sweep, plan, how }: Batch, first: Intent | undefined): string {
  const width = String(plan.length).length;
  const lines = plan.map(({ trial, flags }) => `  ${String(trial).padStart(width)}  ${flagsText(flags)}`);
  const command = first === undefined ? [] : [`command of trial ${plan[0]?.trial}`, `  ${quoteWords(first.plan.command)}`];
  return `${[`${sweep.trials} trials of ${spec}: ${how}`, ...lines, ...command].join("\n")}\n`;
}

function wholeOption(options: OptionValues, name: string, usual: number, least = 1): number {
  const value = options[name];
  if (value === undefined) return usual;
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= least) return value;
  throw new ToolError("invalid-option", `Option --${name} needs a whole number of at least ${least}, found ${String(value)}`, {
    exitCode: 2,
  });
}

const STOPPING: readonly NodeJS.Signals[] = ["SIGINT", "SIGTERM", "SIGHUP"];

interface Stopping {
  /** The signal by which the batch was stopped; null while it was not. */
  signal(): NodeJS.Signals | null;
  began(): void;
  over(): void;
  release(): void;
}

/** Trials get their signals from the terminal or from their recorders; here it is only decided that nothing new starts. */
function catchSignals(shell: Shell, say: (running: boolean) => void): Stopping {
  let stopped: NodeJS.Signals | null = null;
  let running = 0;
  const handle = (signal: NodeJS.Signals): void => {
    if (stopped === null) say(running > 0);
    stopped ??= signal;
  };
  const caught = STOPPING.filter((signal) => !ignoredSignals(shell.env).includes(signal));
  for (const signal of caught) process.on(signal, handle);
  return {
    signal: () => stopped,
    began() {
      running += 1;
    },
    over() {
      running -= 1;
    },
    release() {
      for (const signal of caught) process.off(signal, handle);
    },
  };
}
