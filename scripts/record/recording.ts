/**
 * What is kept of a run while its command runs and when it has ended. Loaded only when the command has been started: nobody
 * waits for it. Nothing here may fail the command: what goes wrong is told to `warn`, and the rest goes on.
 */
import { existsSync } from "node:fs";
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
import { clockJump } from "./clock-jump.ts";
import { digestFiles } from "./digest-files.ts";
import type { Clock, Effects } from "./effects.ts";
import { factsContext, joinFacts, openEnvironmentRecord, readEnvironment } from "./environment.ts";
import type { ExactLog } from "./exact-log.ts";
import { firstManifest } from "./first-manifest.ts";
import { makeGuarded, within } from "./guarded.ts";
import { openLedger } from "./ledger.ts";
import { readOutput } from "./output-reading.ts";
import { restAfter } from "./pace.ts";
import type { Past } from "./past.ts";
import { load, type RunPlan } from "./plan.ts";
import { makeProcessTree } from "./process-tree.ts";
import { openPublicRecord } from "./public-record.ts";
import { replaceFile } from "./replace-file.ts";
import { keepReserve, type Reserve, reservesOf } from "./reserve.ts";
import { type Sampling, startSampling } from "./sampling.ts";
import { settleEnvironment } from "./settled-environment.ts";
import { SOURCES } from "./sources/_catalog.ts";
import { openSources } from "./sources/_open.ts";
import { type OpenFile, seeOpenFiles } from "./sources/open-for-writing.ts";
import type { End } from "./start.ts";
import { makeStepClock } from "./step-clock.ts";
import { makeThumbnails } from "./thumbnails.ts";
import { intervalAt, takeTurns } from "./turns.ts";
import type { Warnings } from "./warnings.ts";

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
  /** What a recorder that was killed has left: this one goes on from there. */
  past?: Past;
}

export function openRecording(input: RecordingInput): Recording {
  const { plan, claim, clock, effects, log, pid, warnings, past } = input;
  const { warn } = warnings;
  const { procRoot } = effects;
  const redactor = redactorHere(plan.root, claim.id, { env: input.env, argv: input.argv, flags: plan.flags });
  const manifest = firstManifest({ ...input, started: clock.started, redactor, procRoot });
  if (past?.manifest) Object.assign(manifest, { ...past.manifest, recorder: manifest.recorder });
  const summaries = past?.summaries ?? accumulate();
  const tree = makeProcessTree(pid, claim.id, procRoot);
  const ledger = openLedger({
    ...(past?.sift(log) ?? { log, summaries }),
    steps: makeStepClock(),
    warn,
    onFlags(flags) {
      const told = redactor.flags(flags);
      manifest.flags = { ...told, ...manifest.flags };
      void writeManifest();
    },
    onOutside(paths) {
      manifest.outside = paths;
    },
    onNotRead(path, count) {
      manifest.notRead = { ...manifest.notRead, [path]: count };
    },
  });
  const output = readOutput({ flagNames: plan.flagNames, rules: plan.outputRules, inTurns: true }, ledger);
  const { runDir, logDir, contentDir } = claim;
  const { root, cwd } = plan;
  const seen = seeOpenFiles(procRoot);
  let openFiles: OpenFile[] = [];
  const sources = openSources(SOURCES, {
    ...{ ledger, clock, runDir, logDir, contentDir, root, cwd, procRoot },
    pids: tree.pids,
    openFiles: () => openFiles,
    outputs: plan.outputs,
  });
  const record = openPublicRecord(claim.contentDir, join(claim.logDir, "output.log"), redactor);
  let ended = false;

  const guarded = makeGuarded(warn);
  const [reserve, publicReserve] = reservesOf(root, claim).map(keepReserve) as [Reserve, Reserve]; // two paths, two reserves
  // One writing after the other: flags may be told while the first is under way.
  let written: Promise<unknown> = Promise.resolve();
  const writeManifest = (): Promise<boolean> => {
    const writing = written.then(() =>
      guarded("The manifest is not up to date", () => {
        manifest.warnings = warnings.said();
        return replaceFile(join(claim.logDir, "run.json"), formatManifest(manifest), true);
      }),
    );
    written = writing;
    return writing;
  };
  const publish = (scarce = false): Promise<boolean> =>
    guarded("The public record is not up to date", () => {
      manifest.updated = clock.wall().toISOString();
      manifest.intervalSeconds = intervalAt(clock.seconds());
      return record.write(publicPart(manifest), summaries, scarce);
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
      beforeSample: tree.refresh,
      onSample({ t, v }) {
        // Rates have digits without meaning; counts and bytes are whole numbers and stay so.
        ledger.sample({ t, v: mapValues(v, (value) => (Number.isInteger(value) ? value : roundDigits(value, 6))) });
      },
    });
  });
  const turns = takeTurns(
    () => started.then(() => publish()),
    () => intervalAt(clock.seconds()) * 1000,
  );
  let took: number[] = [];
  const look = async (): Promise<void> => {
    const before = clock.seconds();
    tree.refresh();
    openFiles = seen.look(tree.pids());
    await sources.look();
    took = [...took, (clock.seconds() - before) * 1000].slice(-3);
  };
  const looks = takeTurns(look, () => restAfter(took));
  const places = openEnvironmentRecord(root, logDir, redactor);
  const known = manifest.environment !== null;
  const environment = settleEnvironment(
    async (look) => {
      if (!ended) tree.refresh();
      const { command, cwd, allowVariables } = { ...plan, command: input.argv };
      const pids = ended ? (): number[] => [] : tree.pids;
      const context = factsContext({ pids, command, cwd, env: input.env, allowVariables, procRoot });
      return readEnvironment(await load(plan.facts), context, look);
    },
    joinFacts,
    (facts) => void keepEnvironment(facts),
  );
  const codeLook = import("./code.ts").then(({ lookAtCode }) => lookAtCode(plan.root, plan.sourcecode));
  const code = guarded("The state of the code is not known", async () => {
    if (manifest.code.digest !== null) return;
    const { readCode } = await import("./code.ts");
    manifest.code = await readCode(plan.root, plan.sourcecode, await codeLook);
  });
  const source = guarded("The source is not kept", async () => {
    const folder = join(claim.logDir, "source");
    if (past !== undefined && existsSync(folder)) return;
    const { keepSource } = await import("./source-snapshot.ts");
    await keepSource(plan.root, folder, plan.sourcecode, await codeLook);
  });
  const keepEnvironment = (facts: EnvironmentFacts): Promise<boolean> =>
    guarded("The environment is not recorded", async () => {
      // A run that is closed by another than its recorder keeps the environment that its recorder saw.
      if (!known) Object.assign(manifest, await places.write(joinFacts(facts, { absent: sampling?.absent ?? {} })));
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
      if (output.passedOver > 0) manifest.linesNotSearched = output.passedOver;
      looks.stop();
      await looks.idle();
      await sources.end();
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
        guarded("No thumbnails", () => makeThumbnails(claim.runDir, claim.contentDir, warn, redactor.secrets)),
        turns.idle(),
      ]);
      const jump = clockJump(clock);
      if (jump !== null) warn(jump);
      if (log.lostBytes > 0) warn(`${log.lostBytes} bytes of what was printed are not recorded`);
      // When the disk is full: how it ended stands first, in the room that was kept for it.
      const whole = await publish();
      const complete = publicReserve.release() && !whole ? await publish(true) : whole;
      await places.tidy();
      Object.assign(manifest, { scalars: summaries.scalars(), system: summaries.systemSummary(), derived: record.derived() });
      const closed = await writeManifest();
      if (reserve.release() && !closed && !(await writeManifest())) {
        Object.assign(manifest, { scalars: {}, system: {} }); // they stand in the log
        await writeManifest();
      }
      log.close();
      return { run: publicPart(manifest), complete };
    },
  };
}
