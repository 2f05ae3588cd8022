/**
 * Wraps a command and records what it does. Read from top to bottom it is the whole story; each stage is a file of its own.
 *
 * The law: once the command runs, nothing of ours may fail it. Its output passes through as it is, its signals reach it, and it
 * decides how we end.
 */
import { relative } from "node:path";
import { startOf } from "../../src/load/processes.ts";
import { ToolError } from "../../src/run/error.ts";
import type { Shell } from "../commands/_contract.ts";
import { type Claim, claimRun } from "./claim.ts";
import { type Channel, type ChildStream, type Connection, connect } from "./connect.ts";
import { type Echo, makeEcho } from "./echo.ts";
import { type Clock, type Effects, realEffects, startClock } from "./effects.ts";
import { openExactLog } from "./exact-log.ts";
import { type Guard, openGuard } from "./guard.ts";
import { openJournal, safeBuffer } from "./journal.ts";
import { listen } from "./listen.ts";
import type { Placement } from "./placement.ts";
import type { RunPlan } from "./plan.ts";
import { writePlan } from "./plan-file.ts";
import type { Finished, Piece, Recording, RecordingInput } from "./recording.ts";
import { followSize, ignoredSignals, passSignals, withoutLaunchNotes } from "./signals.ts";
import { keepHeapSmall } from "./small-heap.ts";
import { type End, expandRunDir, type Started, start } from "./start.ts";
import { makeWarnings } from "./warnings.ts";

/** How the process has to end: as the command ended. */
export type Outcome = { exitCode: number } | { signal: NodeJS.Signals };

/**
 * Records one run. Resolves, when the command has ended and its record is written, to how it ended.
 *
 * `started` is told the run's id when the command runs.
 *
 * Throws ToolError before anything is recorded: exit code 125 when `runs/` or `content/` cannot be written, 127 when there is no
 * such command, 126 when it is not executable.
 */
export async function record(
  planned: RunPlan,
  shell: Shell,
  effects: Effects = realEffects(),
  started: (id: string) => void = () => {},
): Promise<Outcome> {
  keepHeapSmall();
  const clock = startClock(effects);
  const claim = claimRun(planned.root, clock.started, effects);
  const plan = { ...planned, cwd: expandRunDir(planned.cwd, claim.runDir) };
  if (plan.placed !== undefined && plan.placed.length > 0) await placeOrGiveUp(claim, plan.placed);
  // Whoever closes our stdout or stderr closes an echo, and neither the command nor the record.
  for (const stream of [shell.stdout, shell.stderr]) stream.on("error", () => {});
  const warnings = makeWarnings(shell.stderr);
  const log = openExactLog(claim.logDir, warnings.warn);
  const { buffered } = plan;
  const connection = await connect(shell, { folder: claim.logDir, buffered, warn: warnings.warn });
  const argv = (plan.launch ?? plan.command).map((word) => expandRunDir(word, claim.runDir));
  const added = Object.entries(plan.env).map(([name, value]) => [name, expandRunDir(value, claim.runDir)]);
  const env = { ...withoutLaunchNotes(shell.env), ...connection.env, ...Object.fromEntries(added), ...runVariables(claim) };

  // From before the command starts somebody watches over us: a recorder may be killed at any moment.
  const guard = openGuardSafely(claim, { plan, argv, clock, held: connection.held }, shell.env);

  let command: Started | null = null;
  const releaseSignals = passSignals((signal) => command?.child.kill(signal), shell.env);
  const releaseSize = followSize(connection);
  try {
    const stdio: Connection["stdio"] = plan.withoutInput ? ["ignore", ...outputsOf(connection)] : connection.stdio;
    command = await start({ argv, cwd: plan.cwd, env, stdio, ignored: ignoredSignals(shell.env) });
  } catch (error) {
    releaseSignals();
    releaseSize();
    connection.abandoned();
    guard?.dismiss();
    log.close();
    claim.giveUp();
    throw error;
  }

  // Whatever of ours fails from here on, in whatever corner: it is said, and the command and its end stay what they are.
  const carryOn = (error: unknown): void => warnings.warn(`Not everything is recorded: ${messageOf(error)}`);
  process.on("uncaughtException", carryOn);

  // From the first byte on: the log, then the echo. What reads scalars out of it is loaded meanwhile, and fed when it is there.
  const { child, pid } = command;
  guard?.started({ pid, start: startOf(pid, effects.procRoot) });
  const journal = await openJournal(claim.id, connection.held.length, log.outputBytes);
  const channels = connection.started(child, (channel) => safeBuffer(journal, channel, log));
  const unread: Piece[] = [];
  let recording: Recording | null = null;
  let lastByte = 10;
  const echoes = new Map(channels.map((channel): [Channel, Echo] => [channel, makeEcho(streamOf(channel, shell))]));
  let heardAt = 0;
  const listening = listen(channels, {
    echoOf: (channel) => echoes.get(channel)!,
    log({ stream }, chunk) {
      heardAt = clock.micros();
      log.output(stream, chunk, heardAt);
      if (stream !== "o") lastByte = chunk.at(-1) ?? lastByte;
    },
    read({ stream }, chunk) {
      const piece = { stream, chunk, t: heardAt };
      if (recording === null) unread.push(piece);
      else recording.read(piece);
    },
  });
  recording = await openSafely({ plan, claim, clock, effects, log, argv, env, pid, sharedOutput: connection.shared, warnings });
  for (const piece of unread.splice(0)) recording.read(piece);
  started(claim.id);

  const end = await command.ended;
  const endedAt = { seconds: clock.seconds(), wall: clock.wall() };
  guard?.ended(end);
  if (await listening.drained()) warnings.warn("What the command has left running prints on, but no longer into the record");
  const finished = await finishSafely(recording, end, endedAt, warnings.warn);
  journal?.close();
  guard?.dismiss();
  releaseSignals();
  releaseSize();
  process.off("uncaughtException", carryOn);
  for (const echo of echoes.values()) await echo.flushed();
  if (finished !== null && !plan.quiet) await sayGoodbye(finished, plan, claim, shell, lastByte !== 10);
  return end.signal === null ? { exitCode: end.exitCode ?? 1 } : { signal: end.signal };
}

/** Loaded only where there is something: a command of its own does not wait for it. */
async function placeOrGiveUp(claim: Claim, placements: readonly Placement[]): Promise<void> {
  const { place } = await import("./placement.ts");
  try {
    await place(claim.runDir, claim.logDir, placements);
  } catch (error) {
    claim.giveUp();
    throw error;
  }
}

/** Null where the output cannot be held by somebody else, or the plan not be kept for them: the recording goes on without. */
function openGuardSafely(
  { id, logDir }: Claim,
  { plan, argv, clock, held }: { plan: RunPlan; argv: string[]; clock: Clock; held: Connection["held"] },
  env: NodeJS.ProcessEnv,
): Guard | null {
  if (held.length === 0) return null;
  const streams = held.map(({ stream }) => stream);
  try {
    writePlan(logDir, { plan, id, argv, started: clock.started.toISOString(), zero: String(clock.zero), streams });
  } catch {
    return null; // a full disk tells of itself when the log is written
  }
  return openGuard(
    logDir,
    held.map(({ readEnd }) => readEnd),
    env,
  );
}

function outputsOf({ stdio: [, stdout, stderr] }: Connection): [ChildStream, ChildStream] {
  return [stdout, stderr];
}

/** What the command can know about its run. */
function runVariables(claim: Claim): Record<string, string> {
  return { RUN_DIR: claim.runDir, RUNDIR: claim.runDir, GUILD_RUN_ID: claim.id };
}

/** Stdout goes to stdout and stderr to stderr; both at once to stdout, which is the same object then. */
function streamOf(channel: Channel, shell: Shell): NodeJS.WritableStream {
  return channel.stream === "e" ? shell.stderr : shell.stdout;
}

async function openSafely(input: RecordingInput): Promise<Recording> {
  try {
    const { openRecording } = await import("./recording.ts");
    return openRecording(input);
  } catch (error) {
    input.warnings.warn(`Only the output of this run is recorded: ${messageOf(error)}`);
    return { read: () => {}, finish: () => Promise.reject(error) };
  }
}

async function finishSafely(
  recording: Recording,
  end: End,
  endedAt: { seconds: number; wall: Date },
  warn: (message: string) => void,
): Promise<Finished | null> {
  try {
    return await recording.finish(end, endedAt);
  } catch (error) {
    warn(`The record is not complete: ${messageOf(error)}`);
    return null;
  }
}

async function sayGoodbye(
  { run, complete }: Finished,
  plan: RunPlan,
  claim: Claim,
  shell: Shell,
  midLine: boolean,
): Promise<void> {
  const { closingLines, wantsColour } = await import("./closing-lines.ts");
  const recordPath = `${relative(shell.cwd, claim.contentDir)}${complete ? "" : " (not complete)"}`;
  const { primary, goals } = plan;
  const text = closingLines({ run, primary, goals, recordPath, colour: wantsColour(shell.stderr, shell.env) });
  await new Promise<void>((done) => {
    shell.stderr.write(midLine ? `\n${text}` : text, () => done());
  });
}

function messageOf(error: unknown): string {
  return error instanceof ToolError || error instanceof Error ? error.message : String(error);
}
