import { setTimeout as pause } from "node:timers/promises";
import { makeBreath } from "./breath.ts";
import type { Channel } from "./connect.ts";
import type { Echo } from "./echo.ts";
import { readOn } from "./read-on.ts";

/** How long after the command's end others may still hold its output open (a daemon that it left behind). */
const DRAIN_MS = 1000;
/** How much such a daemon may still print in that time before we stop listening. */
const DRAIN_BYTES = 16 * 1024 * 1024;

export interface Listening {
  /**
   * To be called when the command has ended: resolves once all it printed has been read. True when others still hold its output open;
   * what they print from now on is read by somebody, and not kept.
   */
  drained(): Promise<boolean>;
}

export interface Listener {
  echoOf(channel: Channel): Echo;
  /** Gets each chunk first: what was seen has been logged. */
  log(channel: Channel, chunk: Buffer): void;
  /** Gets each chunk when it is on its way: what takes thought delays nobody's line. */
  read(channel: Channel, chunk: Buffer): void;
}

/**
 * Reads what the command prints, chunk by chunk, as it comes: it is logged, passed on, and then looked at. A reader who is behind
 * holds the command back, as it would without us.
 */
export function listen(channels: readonly Channel[], listener: Listener): Listening {
  let draining = false;
  let drainedBytes = 0;
  const open = new Set(channels);
  const ends = channels.map((channel) => {
    const { readable } = channel;
    const echo = listener.echoOf(channel);
    const breath = makeBreath(channel.isTerminal);
    return new Promise<void>((done) => {
      const ended = (): void => {
        open.delete(channel);
        done();
      };
      readable.on("data", (chunk: Buffer) => {
        listener.log(channel, chunk);
        const room = echo.write(chunk);
        listener.read(channel, chunk);
        if (draining) {
          drainedBytes += chunk.length;
          if (drainedBytes > DRAIN_BYTES) done();
          return;
        }
        const gatheringMs = breath.after(chunk.length);
        if (room && gatheringMs === 0) return;
        readable.pause();
        void Promise.all([echo.ready(), pause(gatheringMs)]).then(() => readable.resume());
      });
      readable.once("end", ended);
      readable.once("close", ended);
      readable.once("error", ended); // EIO of a terminal, a broken pipe: nothing more will come
    });
  });
  return {
    async drained() {
      draining = true;
      for (const { readable } of channels) readable.resume();
      let timer: NodeJS.Timeout | undefined;
      const patience = new Promise<void>((done) => {
        timer = setTimeout(done, DRAIN_MS);
      });
      await Promise.race([Promise.all(ends), patience]);
      clearTimeout(timer);
      const left = open.size > 0;
      for (const { readEnd } of open) if (readEnd !== null) readOn(readEnd);
      for (const { readable } of channels) readable.destroy();
      return left;
    },
  };
}
