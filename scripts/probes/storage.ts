import { readdir, readlink, stat, statfs } from "node:fs/promises";
import { homedir, userInfo } from "node:os";
import { dirname, isAbsolute } from "node:path";
import { defineProbe } from "./_contract.ts";

/** Where the processes stand and what they have open is looked at so often. */
const LOOK_SECONDS = 30;
const MOST_MOUNTS = 6;
const MOST_PROCESSES = 8;
const MOST_FILES = 64;

export default defineProbe({
  summary:
    "How full the file systems are that the run uses: its own directory's, and those its processes stand in or have files open on",
  tags: { "sys/disk{}/used": "B", "sys/disk{}/free": "B" },
  open({ procRoot, pids, runDir }) {
    const mounts = new Map<string, { path: string; device: number }>();
    let values: Record<string, number> = {};
    let age = Number.POSITIVE_INFINITY;
    let running = false;
    const add = async (path: string): Promise<void> => {
      const mount = mounts.size < MOST_MOUNTS ? await mountOf(path) : null;
      if (mount !== null && ![...mounts.values()].some(({ device }) => device === mount.device))
        mounts.set(publicName(mount.path), mount);
    };
    // All of it off the main thread: a network disk that does not answer must not hold up the output that passes through.
    const look = async (): Promise<void> => {
      if (mounts.size === 0) await add(runDir);
      if (age >= LOOK_SECONDS) {
        age = 0;
        for (const path of await pathsInUse(procRoot, pids())) await add(path);
      }
      const found: Record<string, number> = {};
      for (const [name, { path }] of mounts) {
        try {
          const { blocks, bfree, bavail, bsize } = await statfs(path);
          found[`sys/disk${name}/used`] = (blocks - bfree) * bsize;
          found[`sys/disk${name}/free`] = bavail * bsize;
        } catch {
          // unmounted meanwhile: what is not there says nothing
        }
      }
      values = found;
    };
    const start = (): void => {
      running = true;
      void look().finally(() => {
        running = false;
      });
    };
    return {
      sample(elapsedSeconds) {
        age += elapsedSeconds ?? 0;
        const told = values;
        values = {};
        if (!running) start();
        return told;
      },
      close: () => {},
    };
  },
});

/** The highest directory above a path that is on the same file system. Null when the path is gone, or on no disk. */
async function mountOf(path: string): Promise<{ path: string; device: number } | null> {
  try {
    const device = (await stat(path)).dev;
    let top = path;
    while (dirname(top) !== top && (await stat(dirname(top))).dev === device) top = dirname(top);
    const { blocks } = await statfs(top);
    return blocks === 0 ? null : { path: top, device };
  } catch {
    return null;
  }
}

/** Directories that the processes stand in, and files that they have open: the first of each. Absolute paths, unordered. */
async function pathsInUse(procRoot: string, pids: readonly number[]): Promise<Set<string>> {
  const paths = new Set<string>();
  for (const pid of pids.slice(0, MOST_PROCESSES)) {
    const files = await readdir(`${procRoot}/${pid}/fd`).catch(() => []);
    const links = [`${procRoot}/${pid}/cwd`, ...files.slice(0, MOST_FILES).map((file) => `${procRoot}/${pid}/fd/${file}`)];
    for (const link of links) {
      const target = await readlink(link).catch(() => "");
      if (isAbsolute(target) && !/^\/(?:dev|proc|sys)\//.test(target) && !target.endsWith(" (deleted)")) paths.add(target);
    }
  }
  return paths;
}

/** A mount's name for the public record: no home directory, no user's name in it, of bounded length. */
function publicName(mount: string): string {
  const home = homedir();
  const inHome = mount === home || mount.startsWith(`${home}/`) ? `~${mount.slice(home.length)}` : mount;
  return inHome
    .split("/")
    .map((part) => (part !== "" && part === userName() ? "~" : part))
    .join("/")
    .slice(0, 80);
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return ""; // a container whose user has no name
  }
}
