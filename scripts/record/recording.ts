/**
 * What is kept of a run while its command runs and when it has ended. Loaded only when the command has been started: nobody
 * waits for it. Nothing here may fail the command: what goes wrong is told to `warn`, and the rest goes on.
 */
import { join } from "node:path";
import { isAlive } from "../../src/load/processes.ts";
import { redactorHere } from "../../src/load/redactor.ts";
import { accumulate } from "../../src/run/accumulate.ts";
import type { OutputStream } from "../../src/run/log-lines.ts";
import { formatManifest, publicPart } from "../../src/run/manifest.ts";
import { roundDigits } from "../../src/run/numbers.ts";
import { mapValues } from "../../src/run/shape.ts";
import { endStatus } from "../../src/run/status.ts";
import type { Run } from "../../src/run/types.ts";
import type { EnvironmentFacts } from "../probes/_contract.ts";
import type { Claim } from "./claim.ts";
import { digestFiles } from "./digest-files.ts";
import type { Clock, Effects } from "./effects.ts";
import { factsContext, joinFacts, publicEnvironment, readEnvironment, writeEnvironment } from "./environment.ts";
import type { ExactLog } from "./exact-log.ts";
import { watchFiles } from "./file-watch.ts";
import { firstManifest } from "./first-manifest.ts";
import { readOutput } from "./output-reading.ts";
import { load, type RunPlan } from "./plan.ts";
import { makeProcessTree } from "./process-tree.ts";
import { openPublicRecord } from "./public-record.ts";
import { replaceFile } from "./replace-file.ts";
import { type Sampling, startSampling } from "./sampling.ts";
import type { End } from "./start.ts";
import { makeStepClock } from "./step-clock.ts";
import { makeThumbnails } from "./thumbnails.ts";
import type { Warnings } from "./warnings.ts";

/** When the interpreter has loaded what it loads, and the environment can be read. */
const SETTLED_MS = 2000;
/** How long after the command's end its code may still be read: a checkout may be large, and a disk slow. */
const CODE_MS = 3000;

/** A piece of output as it came, `t` microseconds after the start. */
export interface Piece {
  stream: OutputStream;
  chunk: Uint8Array;
  t: number;
}

export interface Recording {
  /** Looks for scalars and events in a piece of output. Never throws. */
  read(piece: Piece): void;
  /** Closes the record. */
  finish(end: End, endedAt: { seconds: number; wall: Date }): Promise<Finished>;
}

export interface Finished {
  /** The public run. */
  run: Run;
  /** Does it stand in `content/runs/<id>` as it is here? */
  complete: boolean;
}

export interface RecordingInput {
  plan: RunPlan;
  claim: Claim;
  clock: Clock;
  effects: Effects;
  log: ExactLog;
  argv: string[];
  /** The environment that the command was given by its user, without what the recorder added. */
  env: NodeJS.ProcessEnv;
  pid: number;
  sharedOutput: boolean;
  warnings: Warnings;
}

export function openRecording(input: RecordingInput): Recording {
  const { plan, claim, clock, effects, log, pid, warnings } = input;
  const { warn } = warnings;
  const { procRoot } = effects;
  const redactor = redactorHere(plan.root, claim.id);
  const manifest = firstManifest({ ...input, started: clock.started, redactor, procRoot });
  const summaries = accumulate();
  const steps = makeStepClock();
  const output = readOutput(plan.flagNames, log, summaries, steps);
  const tree = makeProcessTree(pid, claim.id, procRoot);
  const files = watchFiles(claim.runDir, clock.started.getTime(), steps, (event) => {
    log.event(event);
    summaries.event(event);
  });
  const record = openPublicRecord(claim.contentDir, join(claim.logDir, "output.log"), redactor);
  let ended = false;

  /** Does some work; when it fails, that is a warning and false. */
  const guarded = async (what: string, work: () => Promise<void>): Promise<boolean> => {
    try {
      await work();
      return true;
    } catch (error) {
      warn(`${what}: ${error instanceof Error ? error.message : String(error)}`);
      return false;
    }
  };
  const writeManifest = (): Promise<boolean> =>
    guarded("The manifest is not up to date", () => {
      manifest.warnings = warnings.said();
      return replaceFile(join(claim.logDir, "run.json"), formatManifest(manifest), true);
    });
  const publish = (): Promise<boolean> =>
    guarded("The public record is not up to date", () => {
      manifest.updated = effects.now().toISOString();
      manifest.intervalSeconds = intervalAt(clock.seconds());
      return record.write(publicPart(manifest), summaries);
    });

  // The story, as far as it goes on beside the command: a manifest, samples, the environment, and the record in turns.
  let sampling: Sampling | null = null;
  const started = guarded("Not everything is recorded", async () => {
    await writeManifest();
    const [probes] = await Promise.all([load(plan.probes), publish()]);
    if (ended) return;
    sampling = startSampling(probes, {
      procRoot,
      runDir: claim.runDir,
      pids: tree.pids,
      micros: clock.micros,
      warn,
      beforeSample() {
        tree.refresh();
        files.look();
      },
      onSample({ t, v }) {
        // Rates have digits without meaning; counts and bytes are whole numbers and stay so.
        const line = { t, v: mapValues(v, (value) => (Number.isInteger(value) ? value : roundDigits(value, 6))) };
        log.sample(line);
        summaries.sample(line);
      },
    });
  });
  const turns = takeTurns(() => started.then(publish), clock);
  const environment = settleEnvironment(async () => {
    if (!ended) tree.refresh();
    const { command, cwd, allowVariables } = { ...plan, command: input.argv };
    const pids = ended ? (): number[] => [] : tree.pids;
    return readEnvironment(
      await load(plan.facts),
      factsContext({ pids, command, cwd, env: input.env, allowVariables, procRoot }),
    );
  });
  const code = guarded("The state of the code is not known", async () => {
    const { readCode } = await import("./code.ts");
    manifest.code = await readCode(plan.root);
  });
  const source = guarded("The source is not kept", async () => {
    const { keepSource } = await import("./source-snapshot.ts");
    await keepSource(plan.root, join(claim.logDir, "source"));
  });
  void environment.settled.then((facts) => keepEnvironment(facts));
  const keepEnvironment = (facts: EnvironmentFacts): Promise<boolean> =>
    guarded("The environment is not recorded", async () => {
      if (manifest.environment !== null) return;
      const whole = joinFacts(facts, { absent: sampling?.absent ?? {} });
      const shown = publicEnvironment(whole, redactor);
      manifest.environment = shown.digest;
      await Promise.all([
        replaceFile(join(claim.logDir, "environment.json"), `${JSON.stringify(whole, null, 2)}\n`),
        writeEnvironment(plan.root, shown),
      ]);
    });

  let reading = true;
  return {
    read({ stream, chunk, t }) {
      if (!reading) return;
      try {
        output.push(stream, chunk, t);
      } catch (error) {
        reading = false;
        warn(`The output is no longer searched for scalars: ${error instanceof Error ? error.message : String(error)}`);
      }
    },
    async finish({ exitCode, signal }, endedAt) {
      ended = true;
      turns.stop();
      await started;
      sampling?.stop();
      if (reading) output.end(clock.micros());
      files.stop();
      Object.assign(manifest, {
        status: endStatus(exitCode, signal),
        exitCode,
        signal,
        stopped: endedAt.wall.toISOString(),
        durationSeconds: Math.round(endedAt.seconds * 1000) / 1000,
        survivors: tree.pids().filter((member) => member !== pid && isAlive(member, null, procRoot)),
      });
      await Promise.all([
        within(CODE_MS, code, () => warn(`The state of the code is not known: it was not read within ${CODE_MS / 1000} s`)),
        within(CODE_MS, source, () => warn(`The source is not kept: it was not read within ${CODE_MS / 1000} s`)),
        environment.now().then(keepEnvironment),
        guarded("The files of the run are not listed", async () => {
          const { files: listed, omitted } = await digestFiles(claim.runDir);
          manifest.files = listed;
          if (omitted > 0) warn(`${omitted} more files in ${claim.runDir} are not listed in the record`);
        }),
        guarded("No thumbnails", () => makeThumbnails(claim.runDir, claim.contentDir, warn)),
        turns.idle(),
      ]);
      const complete = await publish();
      Object.assign(manifest, { scalars: summaries.scalars(), system: summaries.systemSummary() });
      await writeManifest();
      log.close();
      return { run: publicPart(manifest), complete };
    },
  };
}

/** Seconds between two writings of the public record: people watch the first minute, nobody watches the third hour so closely. */
export function intervalAt(seconds: number): number {
  if (seconds < 60) return 1;
  return seconds < 600 ? 5 : 15;
}

interface Turns {
  stop(): void;
  /** Resolves when no turn is under way. */
  idle(): Promise<void>;
}

/** Takes a turn of `work` again and again, one at a time. */
function takeTurns(work: () => Promise<unknown>, clock: Clock): Turns {
  let current: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout;
  let stopped = false;
  const next = (): void => {
    timer = setTimeout(() => {
      current = work().then(() => {
        if (!stopped) next();
      });
    }, intervalAt(clock.seconds()) * 1000);
  };
  next();
  return {
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
    idle: () => current,
  };
}

interface SettledEnvironment {
  /** Resolves when the command has settled; never, when it ends before. */
  settled: Promise<EnvironmentFacts>;
  /** What is known now: the settled facts, or those of the first look at once after the start. */
  now(): Promise<EnvironmentFacts>;
}

/** Reads at once, for commands that end soon (their processes are gone then), and again when the command has settled. */
function settleEnvironment(read: () => Promise<EnvironmentFacts>): SettledEnvironment {
  const first = read();
  let latest = first;
  let timer: NodeJS.Timeout;
  const settled = new Promise<EnvironmentFacts>((done) => {
    timer = setTimeout(() => {
      latest = read();
      void latest.then(done);
    }, SETTLED_MS);
    timer.unref();
  });
  return {
    settled,
    now() {
      clearTimeout(timer);
      return latest;
    },
  };
}

/** Resolves with `work`, or after so long without it: then `late` is called. */
async function within(milliseconds: number, work: Promise<unknown>, late: () => void): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<void>((done) => {
    timer = setTimeout(() => {
      late();
      done();
    }, milliseconds);
  });
  await Promise.race([work, patience]);
  clearTimeout(timer);
}
