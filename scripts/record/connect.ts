/**
 * How the command is connected: what its stdin, stdout and stderr are, and where the recorder reads what it prints.
 *
 * Stdin is inherited (but for trials that run beside each other, whose stdin is empty). Where our own stdout or stderr is a terminal, the command's is a pseudo-terminal; elsewhere a
 * pipe. One for both streams where ours are the same object, so that what was in order stays in order (two pipes give
 * 19,000 of 20,000 alternating lines out of place); two where the user split them.
 */
import { closeSync } from "node:fs";
import type { OutputStream } from "../../src/run/log-lines.ts";
import type { Shell } from "../commands/_contract.ts";
import { closePipes, openPipes } from "./pipes.ts";
import { readingEnd, type SafeBuffer } from "./reading-end.ts";
import { descriptorOf, isSameOutput } from "./same-output.ts";
import type { OpenTerminal } from "./terminal.ts";

/** One way on which output comes to us: the reading end of a pipe, or the master of a pseudo-terminal. */
export interface Channel {
  stream: OutputStream;
  /**
   * The descriptor behind `readable`, for somebody who has to go on reading when we are gone (the guard): it is given away with
   * `spawn`'s `stdio`, at place 3 or later (at 0, 1 and 2 libuv makes the shared description blocking). Non-blocking, closed on
   * exec, valid until `readable` is destroyed. It ends with EOF (a pipe) or with EIO (a pseudo-terminal).
   * Null where Node's own pipes had to do: those cannot be given away.
   */
  readEnd: number | null;
  isTerminal: boolean;
  /** Gets its bytes back as they come. Not yet flowing. */
  readable: NodeJS.ReadableStream & { destroy(): void };
}

/** Something that `spawn` takes for a stream: a file descriptor or Node's own pipe. */
export type ChildStream = number | "pipe" | "inherit" | "ignore";

export interface Connection {
  stdio: [ChildStream, ChildStream, ChildStream];
  shared: boolean;
  /** What is added to the command's environment because of this connection. */
  env: Record<string, string>;
  /** What a guard can hold, from before the command starts: the channels' reading ends. Empty where they cannot be given away. */
  held: { stream: OutputStream; readEnd: number }[];
  /**
   * To be called once the command runs (with Node's own pipes, if those were asked for): closes our copies of the writing ends.
   * When it returns, only the command's processes hold them, so a channel ends when the last of these has let go of it. This is
   * the moment for a guard to be given copies of the reading ends: one started earlier would inherit nothing, but wait for ever.
   */
  started(
    pipes: { stdout: Channel["readable"] | null; stderr: Channel["readable"] | null },
    safe?: (channel: number) => SafeBuffer | null,
  ): Channel[];
  /** To be called instead when it could not be started. */
  abandoned(): void;
  /** Gives the command's terminals the size of the real one. True when that has changed; false without terminals. */
  resize(): boolean;
}

export interface Wiring {
  /** Pipes are named in it for a moment. */
  folder: string;
  /** Whether Python's buffering is left alone (`--buffered`). */
  buffered: boolean;
  warn(message: string): void;
}

/** Opens the channels. Never throws: what cannot be had is replaced by something plainer. */
export async function connect(shell: Pick<Shell, "stdout" | "stderr" | "env">, wiring: Wiring): Promise<Connection> {
  const shared = isSameOutput(shell.stdout, shell.stderr);
  const targets: Target[] = shared
    ? [{ stream: "t", like: terminalOf(shell.stdout) }]
    : [
        { stream: "o", like: terminalOf(shell.stdout) },
        { stream: "e", like: terminalOf(shell.stderr) },
      ];
  const opened = await openEnds(targets, wiring);
  // In pipes Python holds back 8 KB; people watch their lines come. Whoever set it, even to nothing, is left alone.
  const unbuffered =
    !wiring.buffered && shell.env.PYTHONUNBUFFERED === undefined && !(opened?.every(({ resize }) => resize !== null) ?? false);
  const env: Record<string, string> = unbuffered ? { PYTHONUNBUFFERED: "1" } : {};
  if (opened === null) return nodePipes(env);
  return {
    stdio: ["inherit", opened[0]!.writeEnd, opened.at(-1)!.writeEnd],
    shared,
    env,
    held: opened.map(({ stream, readEnd }) => ({ stream, readEnd })),
    started(_, safe = () => null) {
      for (const { writeEnd } of opened) closeSync(writeEnd);
      return opened.map(({ stream, readEnd, resize }, index) => ({
        stream,
        readEnd,
        isTerminal: resize !== null,
        readable: readingEnd(readEnd, resize !== null, safe(index)),
      }));
    },
    abandoned: () => closePipes(opened),
    resize: () => opened.map(({ resize }) => resize?.() ?? false).includes(true),
  };
}

interface Target {
  stream: OutputStream;
  /** The descriptor of the real terminal that it is to be like; null for a pipe. */
  like: number | null;
}

interface Ends {
  stream: OutputStream;
  readEnd: number;
  writeEnd: number;
  /** Null for a pipe. */
  resize: (() => boolean) | null;
}

function terminalOf(stream: Shell["stdout"]): number | null {
  return stream.isTTY === true ? descriptorOf(stream) : null;
}

/** Both ends of each target, terminals where they can be had; null where no pipe could be made. */
async function openEnds(targets: readonly Target[], { folder, warn }: Wiring): Promise<Ends[] | null> {
  const terminals = targets.some(({ like }) => like !== null) ? await terminalsOrNull(warn) : null;
  const ends = new Map<Target, Ends>();
  for (const target of targets) {
    if (terminals === null || target.like === null) continue;
    try {
      const { master, slave, resize } = terminals(target.like);
      ends.set(target, { stream: target.stream, readEnd: master, writeEnd: slave, resize });
    } catch (error) {
      warn(withoutTerminal(error));
    }
  }
  const plain = targets.filter((target) => !ends.has(target));
  const pipes = await openPipes(folder, plain.length);
  if (pipes === null) {
    closePipes([...ends.values()]);
    return null;
  }
  for (const [index, target] of plain.entries()) ends.set(target, { stream: target.stream, ...pipes[index]!, resize: null });
  return targets.map((target) => ends.get(target)!);
}

async function terminalsOrNull(warn: Wiring["warn"]): Promise<OpenTerminal | null> {
  try {
    const { loadTerminals } = await import("./terminal.ts");
    return await loadTerminals();
  } catch (error) {
    warn(withoutTerminal(error));
    return null;
  }
}

function withoutTerminal(error: unknown): string {
  const missing = error instanceof Error && "code" in error && error.code === "ERR_MODULE_NOT_FOUND";
  const reason = missing ? "koffi is not installed (npm install koffi)" : error instanceof Error ? error.message : String(error);
  return `The command prints into a pipe, not a terminal, so it may leave out colours and progress bars: ${reason}`;
}

/** Where not even a pipe can be made: Node's own, one for each stream. */
function nodePipes(env: Record<string, string>): Connection {
  return {
    stdio: ["inherit", "pipe", "pipe"],
    shared: false,
    env,
    held: [],
    started: ({ stdout, stderr }) => [
      ...(stdout ? [{ stream: "o" as const, readable: stdout, readEnd: null, isTerminal: false }] : []),
      ...(stderr ? [{ stream: "e" as const, readable: stderr, readEnd: null, isTerminal: false }] : []),
    ],
    abandoned: () => {},
    resize: () => false,
  };
}
