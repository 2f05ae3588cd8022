/** The one line of progress at a terminal, with the lines of the trials above it. Elsewhere only those. */
import { formatDuration } from "../../../src/run/units.ts";
import type { Ended } from "./report.ts";

export interface Progress {
  started(trial: number): void;
  ended(end: Ended, line: string): void;
  /** A line of ours. */
  say(text: string): void;
  /** A line as it is. */
  print(line: string): void;
  /** Takes the line of progress away. */
  close(): void;
}

interface Setting {
  total: number;
  /** Only what trials print is printed. */
  quiet: boolean;
  tty: boolean;
}

export function openProgress(
  stream: NodeJS.WritableStream,
  { total, quiet, tty }: Setting,
  now: () => number = Date.now,
): Progress {
  const begun = now();
  const running = new Set<number>();
  let done = 0;
  let failed = 0;
  let timed = 0;
  const shows = tty && !quiet;
  const clear = () => (shows ? "\r\u001b[2K" : "");
  const line = (): string => {
    const seconds = (now() - begun) / 1000;
    const left = timed === 0 ? "" : `, about ${formatDuration((seconds / timed) * (total - done))} left`;
    const words = [`${done} of ${total}`, ...(failed > 0 ? [`${failed} failed`] : []), `${running.size} running`];
    return `guild: ${words.join(", ")}, ${formatDuration(seconds)}${left}`;
  };
  const draw = () => (shows ? line() : "");
  const print = (text: string) => void stream.write(`${clear()}${text}\n${draw()}`);
  const timer = shows ? setInterval(() => stream.write(`${clear()}${draw()}`), 1000) : null;
  timer?.unref();
  return {
    print,
    started(trial) {
      running.add(trial);
      if (shows) stream.write(`${clear()}${draw()}`);
    },
    ended(end, text) {
      running.delete(end.trial);
      done += 1;
      if (end.kind !== "before") timed += 1;
      if (end.kind === "failed") failed += 1;
      if (!quiet) print(text);
    },
    say(text) {
      if (!quiet) print(`guild: ${text}`);
    },
    close() {
      if (timer !== null) clearInterval(timer);
      stream.write(clear());
    },
  };
}
