/** A terminal with a shell or a command in it, as a person sits before it. Needs python3, for Node alone can make none. */
import { spawn, spawnSync } from "node:child_process";
import { PROGRAMS } from "./_wrapped.ts";

export const hasPython = spawnSync("python3", ["-c", "import pty"]).status === 0;

export interface Terminal {
  /** What a person types; what was shown before is not looked at any more. */
  type(text: string): void;
  resize(rows: number, columns: number): void;
  /** The window is closed, the connection lost. */
  close(): void;
  /** Resolves to the next match in what is shown; rejects when the terminal ends without, or after ten seconds. */
  shown(pattern: RegExp): Promise<string>;
  /** How the command in it ended, and all that was ever shown. */
  ended: Promise<{ end: { code?: number; signal?: number }; screen: string }>;
}

/** Starts a command in a terminal of 33 rows and 111 columns. */
export function openTerminal(command: string[], cwd: string, env: NodeJS.ProcessEnv = {}): Terminal {
  const emulator = spawn("python3", [`${PROGRAMS}/terminal.py`, ...command], {
    cwd,
    stdio: "pipe",
    env: { ...process.env, TERM: "xterm", ...env },
  });
  let screen = "";
  let told = "";
  let seen = 0;
  let look = (): void => {};
  emulator.stdout.setEncoding("latin1").on("data", (text: string) => {
    screen += text;
    look();
  });
  emulator.stderr.setEncoding("utf8").on("data", (text: string) => {
    told += text;
  });
  emulator.stdin.on("error", () => {});
  const order = (what: object): void => void emulator.stdin.write(`${JSON.stringify(what)}\n`);
  return {
    type(text) {
      seen = screen.length;
      order({ type: text });
    },
    resize: (rows, columns) => order({ resize: [rows, columns] }),
    close: () => order({ close: true }),
    shown: (pattern) =>
      new Promise((done, failed) => {
        const fail = (why: string): void => failed(new Error(`${why} without ${pattern}:\n${screen.slice(seen)}`));
        const timer = setTimeout(() => fail("ten seconds"), 10_000);
        const gone = (): void => fail("ended");
        emulator.once("close", gone);
        look = () => {
          const match = pattern.exec(screen.slice(seen));
          if (match === null) return;
          clearTimeout(timer);
          emulator.off("close", gone);
          seen += match.index + match[0].length;
          look = () => {};
          done(match[0]);
        };
        look();
      }),
    ended: new Promise((done) => {
      emulator.once("close", () => done({ end: JSON.parse(told.trim().split("\n").at(-1) || "{}"), screen }));
    }),
  };
}
