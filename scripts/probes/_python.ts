/** A Python installation read from its files: version and packages, without starting it. */
import { existsSync, readdirSync, readFileSync, realpathSync } from "node:fs";
import { basename, dirname, join } from "node:path";

export interface Installation {
  /** As the command names it, e.g. `/home/ada/venv/bin/python`: in a virtual environment a link to the base's. */
  program: string;
  /** The program behind all links. */
  real: string;
  /** The virtual environment, when the program lies in one. */
  venv: string | null;
}

/** The installation behind a program path; null when it is no Python. */
export function pythonAt(program: string): Installation | null {
  const real = realpath(program) ?? program;
  if (!isPython(program) && !isPython(real)) return null;
  const folder = dirname(dirname(program));
  return { program, real, venv: existsSync(join(folder, "pyvenv.cfg")) ? folder : null };
}

/** `python`, `python3.11`, `pypy3`. */
export function isPython(program: string): boolean {
  return /^(?:python|pypy)[\d.]*(?:\.exe)?$/.test(basename(program));
}

/**
 * The full version from files: the virtual environment's `pyvenv.cfg`, or the headers beside the program; `3.11` from the
 * program's own name when nothing says more; null when not even that.
 */
export function versionFromFiles({ real, venv }: Installation): string | null {
  const config = venv === null ? null : readFile(join(venv, "pyvenv.cfg"));
  const configured = /^version(?:_info)?\s*=\s*(\d+\.\d+\.\d+)/m.exec(config ?? "")?.[1];
  if (configured !== undefined) return configured;
  const prefix = dirname(dirname(real));
  const short = /(\d+\.\d+)(?:\.exe)?$/.exec(basename(real))?.[1];
  if (short === undefined) return null;
  const header = readFile(join(prefix, "include", `python${short}`, "patchlevel.h"));
  return /#define PY_VERSION\s+"([^"]+)"/.exec(header ?? "")?.[1] ?? short;
}

/**
 * Folders that hold packages, the ones that win first: those from which the process has loaded something, then the virtual
 * environment's or the installation's own. `short` is `3.11`.
 */
export function packageFolders({ real, venv }: Installation, short: string, loaded: readonly string[]): string[] {
  const ofVenv = venv === null ? [] : [join(venv, "lib", `python${short}`, "site-packages")];
  const isolated = venv !== null && !/^include-system-site-packages\s*=\s*true/im.test(readFile(join(venv, "pyvenv.cfg")) ?? "");
  const prefix = dirname(dirname(real));
  const ofBase = [
    join(prefix, "lib", `python${short}`, "site-packages"),
    join(prefix, "local", "lib", `python${short}`, "dist-packages"),
    join(prefix, "lib", `python${short}`, "dist-packages"),
    join(prefix, "lib", "python3", "dist-packages"),
  ];
  return [...new Set([...ofVenv, ...loaded, ...(isolated ? [] : ofBase)])].filter((folder) => existsSync(folder));
}

/** Package → version from the names of `*.dist-info` and `*.egg-info`; the first folder that has a package wins. */
export function packagesIn(folders: readonly string[]): Record<string, string> {
  const packages: Record<string, string> = {};
  for (const folder of folders) {
    for (const entry of readFolder(folder)) {
      const match = /^(.+?)-(\d[^-]*)(?:-py[\d.]+)?(?:-[\w.]+)?\.(?:dist|egg)-info$/.exec(entry);
      if (match === null) continue;
      // One spelling for one package: `scikit_learn` and `scikit-learn` are the same (PEP 503).
      const name = (match[1] ?? "").toLowerCase().replace(/[-_.]+/g, "-");
      packages[name] ??= match[2] ?? "";
    }
  }
  return packages;
}

function realpath(path: string): string | null {
  try {
    return realpathSync(path);
  } catch {
    return null; // gone in the meantime
  }
}

function readFile(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}

function readFolder(path: string): string[] {
  try {
    return readdirSync(path).sort();
  } catch {
    return [];
  }
}
