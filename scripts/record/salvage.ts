/**
 * Goes on with a recording whose recorder was killed: keeps what is still in the pipes, reads on, and closes the record when the
 * command has ended. Read from top to bottom it is the whole story, as `record.ts` is.
 */
import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { Writable } from "node:stream";
import { isatty } from "node:tty";
import { type Claim, giveUp } from "./claim.ts";
import { awaitEnd, findCommand, parseEnd, parseMark } from "./command-mark.ts";
import type { Channel } from "./connect.ts";
import { type Effects, realEffects, resumeClock } from "./effects.ts";
import { openExactLog } from "./exact-log.ts";
import { FIRST_HELD_FD, openGuard } from "./guard.ts";
import { openJournal, safeBuffer, takeUnlogged } from "./journal.ts";
import { listen } from "./listen.ts";
import { readPast, replayOutput } from "./past.ts";
import type { RunPlan } from "./plan.ts";
import { type KeptPlan, readPlan } from "./plan-file.ts";
import { readingEnd } from "./reading-end.ts";
import { openRecording, type Piece, type Recording } from "./recording.ts";
import { makeWarnings } from "./warnings.ts";

const OUTLIVED: readonly NodeJS.Signals[] = ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGUSR1", "SIGUSR2"];

export interface SalvageInput extends Pick<RunPlan, "probes" | "facts"> {
  /** `runs/<id>/.guild` of the run, absolute. */
  logDir: string;
  /** What the guard was told of the command and of its end; empty when the recorder did not come so far. */
  command: string;
  end: string;
}

/** Resolves when the record is closed. Throws what it could not do without: then the log is what is left. */
export async function salvage(input: SalvageInput, effects: Effects = realEffects()): Promise<void> {
  // Whoever ends a job signals all of it. The command decides, and we outlive it.
  for (const signal of OUTLIVED) process.on(signal, () => {});
  const { logDir, probes, facts } = input;
  const kept = readPlan(logDir);
  const held = kept.streams.map((stream, index) => ({ stream, readEnd: FIRST_HELD_FD + index }));
  const guard = openGuard(
    logDir,
    held.map(({ readEnd }) => readEnd),
    process.env,
  );
  const clock = resumeClock(new Date(kept.started), BigInt(kept.zero), effects);
  const claim = placesOf(logDir, kept);
  const warnings = makeWarnings(nobody());
  const log = openExactLog(logDir, warnings.warn);

  // What the first one had in hand comes before what is in the pipes.
  const inHand = takeUnlogged(kept.id, log.outputBytes);
  if (inHand !== null) log.output(kept.streams[inHand.channel] ?? "t", inHand.bytes, clock.micros());
  const journal = await openJournal(kept.id, held.length, log.outputBytes);

  // Now the pipes: what is in them is in nobody else's hands, and the command waits when they are full.
  let recording: Recording | null = null;
  let heard = inHand !== null;
  const listening = listen(
    held.map(({ stream, readEnd }, index): Channel => {
      const isTerminal = isatty(readEnd);
      return { stream, readEnd, isTerminal, readable: readingEnd(readEnd, isTerminal, safeBuffer(journal, index, log)) };
    }),
    {
      echoOf: () => ({ write: () => true, ready: async () => {}, flushed: async () => {} }),
      log({ stream }, chunk) {
        heard = true;
        const t = clock.micros();
        log.output(stream, chunk, t);
        recording?.read({ stream, chunk, t });
      },
      read: () => {},
    },
  );

  const command = parseMark(input.command) ?? findCommand(claim.id, effects.procRoot);
  const told = parseEnd(input.end);
  if (command !== null) guard.started(command);
  if (command === null && told === null) {
    await listening.drained();
    if (!heard && isUntouched(claim.runDir)) {
      // Killed before the command was started: there was no run.
      log.close();
      claim.giveUp();
      journal?.close();
      guard.dismiss();
      return;
    }
  }

  const past = await readPast(logDir);
  if (past.manifest !== null && past.manifest.stopped !== null) {
    journal?.close();
    guard.dismiss(); // killed after its work was done
    return;
  }
  for (const message of past.manifest?.warnings ?? []) warnings.warn(message);
  if (told === null) warnings.warn("The recorder was killed while the command ran; a second recorder went on with this run.");
  const plan = { ...kept.plan, probes, facts };
  const env = { ...process.env, ...kept.plan.env };
  const opened = openRecording({
    plan,
    claim,
    clock,
    effects,
    log,
    argv: kept.argv,
    env,
    pid: command?.pid ?? 0,
    sharedOutput: kept.streams.length === 1,
    warnings,
    past,
  });
  await replayOutput(logDir, (piece: Piece) => opened.read(piece));
  recording = opened; // from here on what is logged is read at once

  const end = told ?? (command === null ? null : await awaitEnd(command, effects.procRoot));
  const endedAt = { seconds: clock.seconds(), wall: clock.wall() };
  const known = end ?? { exitCode: null, signal: null };
  guard.ended(known);
  await listening.drained();
  await opened.finish(known, endedAt);
  journal?.close();
  guard.dismiss();
}

/** For sentences that are only kept: the terminal belongs to others now. */
function nobody(): NodeJS.WritableStream {
  return new Writable({ write: (_chunk, _encoding, done) => done() });
}

function placesOf(logDir: string, { id, plan }: KeptPlan): Claim {
  const places = { id, runDir: dirname(logDir), logDir, contentDir: join(plan.root, "content", "runs", id) };
  return { ...places, giveUp: () => giveUp(plan.root, places) };
}

/** Is there nothing in RUN_DIR but what is ours? */
function isUntouched(runDir: string): boolean {
  return readdirSync(runDir).every((name) => name === ".guild");
}
