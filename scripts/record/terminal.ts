/**
 * A pseudo-terminal for what the command prints, so that it behaves as at the terminal it was started from: colours, progress
 * bars, lines at once. Its input stays the real terminal's (never a full pseudo-terminal: Ctrl-Z, `fg` and `&` would not work).
 *
 * Node cannot make one; koffi lets us call the C library. This file is loaded only when there is a terminal.
 */
import { closeSync, constants, openSync } from "node:fs";
import type { LibraryHandle } from "koffi";
import { loadKoffi } from "./koffi.ts";

export interface OutputTerminal {
  /** Where we read what is printed. Closed on exec. Ends with EIO when the last writer has gone. */
  master: number;
  /** What the command gets as its stdout or stderr. */
  slave: number;
  /** Takes over the size of the real terminal. True when it has changed. */
  resize(): boolean;
}

/** Makes one with the settings and the size of the real terminal `like`. Throws what the system says. */
export type OpenTerminal = (like: number) => OutputTerminal;

interface Constants {
  getSize: number;
  setSize: number;
  /** Where `c_oflag` stands in `struct termios`; little-endian, and the bit of OPOST is in its first byte. */
  outputFlags: number;
}

/** ioctl(2) and termios(3) of each system; those of macOS are written from its headers and not tried. */
const SYSTEMS: Partial<Record<NodeJS.Platform, Constants>> = {
  linux: { getSize: 0x5413, setSize: 0x5414, outputFlags: 4 },
  darwin: { getSize: 0x40087468, setSize: 0x80087467, outputFlags: 8 },
};
const OPOST = 1;
const TCSANOW = 0;
/** More than any `struct termios`: 60 bytes on Linux, 72 on macOS. */
const TERMIOS_BYTES = 128;
const WINSIZE_BYTES = 8;

/** Loads koffi. Throws where it is not installed, has nothing for this machine, or the system's constants are not known. */
export async function loadTerminals(): Promise<OpenTerminal> {
  const system = SYSTEMS[process.platform];
  if (system === undefined) throw new Error(`pseudo-terminals of ${process.platform} are not known here`);
  const calls = declare((await loadKoffi()).load(null));
  return (like) => {
    const master = openSync("/dev/ptmx", constants.O_RDWR | constants.O_NOCTTY);
    try {
      if (calls.grant(master) !== 0 || calls.unlock(master) !== 0) throw new Error("/dev/ptmx gave no terminal");
      const slave = openSync(String(calls.name(master)), constants.O_RDWR | constants.O_NOCTTY);
      const size = followSize(calls, system, like, master);
      takeSettings(calls, system, like, slave);
      size();
      return { master, slave, resize: size };
    } catch (error) {
      closeSync(master);
      throw error;
    }
  };
}

/** A function of the C library: what comes back is looked at before it is used. */
type Call = (...values: (number | string | Buffer)[]) => unknown;

interface Calls {
  grant: Call;
  unlock: Call;
  name: Call;
  getSettings: Call;
  setSettings: Call;
  control: Call;
}

function declare(lib: LibraryHandle): Calls {
  return {
    grant: lib.func("int grantpt(int)"),
    unlock: lib.func("int unlockpt(int)"),
    name: lib.func("const char *ptsname(int)"),
    getSettings: lib.func("int tcgetattr(int, void *)"),
    setSettings: lib.func("int tcsetattr(int, int, void *)"),
    control: lib.func("int ioctl(int, unsigned long, ...)"),
  };
}

/**
 * The real terminal's settings, without output processing: bytes come to us as the command wrote them, and the real terminal turns
 * newlines into carriage return and newline when they are passed on.
 */
function takeSettings(calls: Calls, { outputFlags }: Constants, like: number, slave: number): void {
  const settings = Buffer.alloc(TERMIOS_BYTES);
  if (calls.getSettings(like, settings) !== 0 && calls.getSettings(slave, settings) !== 0) return;
  settings[outputFlags]! &= ~OPOST;
  calls.setSettings(slave, TCSANOW, settings);
}

function followSize(calls: Calls, { getSize, setSize }: Constants, like: number, master: number): () => boolean {
  let known = Buffer.alloc(WINSIZE_BYTES);
  return () => {
    const size = Buffer.alloc(WINSIZE_BYTES);
    if (calls.control(like, getSize, "void *", size) !== 0 || size.equals(known)) return false;
    known = size;
    return calls.control(master, setSize, "void *", size) === 0;
  };
}
