import { readdirSync, readFileSync, readlinkSync } from "node:fs";

const WRITE_ONLY = 0o1;
const READ_WRITE = 0o2;
const APPEND = 0o2000;

export interface OpenFile {
  /** Absolute. */
  path: string;
  /** It was opened to be appended to: what is in it may be older. */
  append: boolean;
}

export interface OpenFiles {
  /** Regular files that these processes hold open for writing now. */
  look(pids: readonly number[]): OpenFile[];
}

/**
 * Sees in /proc which files processes are writing. Devices, pipes, sockets and files without a name are left out. Linux only;
 * elsewhere, and for other people's processes, there are none.
 */
export function seeOpenFiles(procRoot: string): OpenFiles {
  /** What is known of a descriptor while it leads to the same path: how it was opened costs another reading. */
  let known = new Map<string, { path: string; file: OpenFile | null }>();
  return {
    look(pids) {
      const now: typeof known = new Map();
      const found = new Map<string, OpenFile>();
      for (const pid of pids) {
        for (const fd of descriptors(`${procRoot}/${pid}/fd`)) {
          const path = linkOf(`${procRoot}/${pid}/fd/${fd}`);
          if (path === null || !isFilePath(path)) continue;
          const key = `${pid} ${fd}`;
          const before = known.get(key);
          const entry = before?.path === path ? before : { path, file: howOpen(path, `${procRoot}/${pid}/fdinfo/${fd}`) };
          now.set(key, entry);
          if (entry.file !== null) found.set(path, entry.file);
        }
      }
      known = now;
      return [...found.values()];
    },
  };
}

function isFilePath(path: string): boolean {
  return (
    path.startsWith("/") && !/^\/(?:dev|proc|sys)\//.test(path) && !path.endsWith(" (deleted)") && !path.startsWith("/memfd:")
  );
}

function howOpen(path: string, infoPath: string): OpenFile | null {
  try {
    const flags = Number.parseInt(/^flags:\s*([0-7]+)/m.exec(readFileSync(infoPath, "utf8"))?.[1] ?? "", 8);
    return (flags & 0o3) === WRITE_ONLY || (flags & 0o3) === READ_WRITE ? { path, append: (flags & APPEND) !== 0 } : null;
  } catch {
    return null; // closed meanwhile
  }
}

function descriptors(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return []; // ended, or somebody else's
  }
}

function linkOf(path: string): string | null {
  try {
    return readlinkSync(path);
  } catch {
    return null;
  }
}
