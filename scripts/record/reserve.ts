import { existsSync, mkdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** A record's `run.json` is at most 60 KB. */
const RESERVE_BYTES = 64 * 1024;

/** Room on a disk that is kept while there is some, so that a record can be closed when the disk is full. */
export interface Reserve {
  /** Gives the room back to the disk; false when there was none. */
  release(): boolean;
}

/** The two of a run: beside the exact log, and, as `content/` is for git, in the project's `.guild`. They may be different disks. */
export function reservesOf(root: string, { id, logDir }: { id: string; logDir: string }): [log: string, record: string] {
  return [join(logDir, "reserve"), join(root, ".guild", `reserve-${id}`)];
}

/** Takes the room with a file of that name, or takes over one that is there. Never throws: on a disk that is full already there is none. */
export function keepReserve(path: string): Reserve {
  try {
    mkdirSync(dirname(path), { recursive: true });
    // Not zeros: some file systems would keep nothing for them.
    if (!existsSync(path) || statSync(path).size < RESERVE_BYTES) writeFileSync(path, noise());
  } catch {
    removeQuietly(path);
  }
  return {
    release() {
      const there = existsSync(path);
      removeQuietly(path);
      return there;
    },
  };
}

/** Numbers without a pattern that compresses (xorshift32; Marsaglia 2003). */
function noise(): Uint8Array {
  const words = new Int32Array(RESERVE_BYTES / 4);
  let state = 2463534242 | 0;
  for (let at = 0; at < words.length; at += 1) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    words[at] = state;
  }
  return new Uint8Array(words.buffer);
}

function removeQuietly(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // a read-only disk: then it is not what we need room on
  }
}
