/** A stranger's machine: the packed package installed read-only, a user who is not root, a project of theirs. */
import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { chmodSync, chownSync, copyFileSync, existsSync, globSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../meta/_tree.ts";

export interface Stranger {
  /** The packed file. */
  tarball: string;
  /** Where the package was installed; nobody can write here. */
  packageDir: string;
  /** The command that a person would call by its name. */
  guild: string;
  /** Their environment and identity, for processes that outlive a call. */
  env: NodeJS.ProcessEnv;
  identity: { uid?: number; gid?: number };
  /** An empty folder of theirs; a git repository unless told otherwise. */
  newProject(name: string): string;
  /** Runs a command in a folder of theirs, without a terminal, to its end. */
  call(command: readonly string[], cwd: string, more?: NodeJS.ProcessEnv): SpawnSyncReturns<string>;
  remove(): void;
}

/**
 * Packs this checkout and installs the file elsewhere with npm, read-only. Root can write to what is read-only, so where
 * the tests run as root the stranger is the user `nobody`, with a copy of Node that nobody may start.
 */
export function makeStranger(): Stranger {
  const folder = mkdtempSync(join(tmpdir(), "guildhall-stranger-"));
  chmodSync(folder, 0o755);
  const tarball = pack(folder);
  const place = join(folder, "installed");
  mkdirSync(place);
  writeFileSync(join(place, "package.json"), '{ "private": true }\n');
  must("npm", ["install", "--omit=dev", "--prefer-offline", "--no-audit", "--no-fund", tarball], place);
  must("chmod", ["-R", "a+rX,a-w", place], folder);

  const bin = join(folder, "bin");
  mkdirSync(bin);
  copyFileSync(process.execPath, join(bin, "node"));
  chmodSync(join(bin, "node"), 0o755);

  const identity = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
  const own = (path: string) => {
    if (identity.uid !== undefined) chownSync(path, identity.uid, identity.gid);
    return path;
  };
  const home = own(made(join(folder, "home")));
  const projects = own(made(join(folder, "projects")));
  const env = {
    PATH: [bin, join(place, "node_modules/.bin"), "/usr/local/bin", "/usr/bin", "/bin"].join(":"),
    HOME: home,
    TMPDIR: own(made(join(folder, "tmp"))),
    LANG: "C.UTF-8",
  };
  const call: Stranger["call"] = ([command = "", ...words], cwd, more = {}) =>
    spawnSync(command, words, {
      cwd,
      env: { ...env, ...more },
      ...identity,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    });
  return {
    tarball,
    packageDir: join(place, "node_modules/guildhall"),
    guild: join(place, "node_modules/.bin/guild"),
    env,
    identity,
    newProject(name) {
      const project = own(made(join(projects, name)));
      call(["git", "init", "--quiet"], project);
      return project;
    },
    call,
    remove() {
      spawnSync("chmod", ["-R", "u+w", folder]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function pack(folder: string): string {
  must("npm", ["pack", "--pack-destination", folder], root);
  const [name] = globSync("*.tgz", { cwd: folder });
  if (name === undefined) throw new Error("npm pack left no file");
  return join(folder, name);
}

/** Throws with what the command printed when it fails. */
function must(command: string, words: string[], cwd: string): void {
  const own = Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name));
  const env = { ...Object.fromEntries(own), ...npmSettings() };
  const { status, stdout, stderr } = spawnSync(command, words, { cwd, env, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  if (status !== 0) throw new Error(`${command} ${words.join(" ")} failed:\n${stdout}${stderr}`);
}

/**
 * What `npm test` was started with, for an npm that is started here: where the settings of the machine are (certificates,
 * registry, cache), which npm finds beside its Node, and ours is another one. Nothing about this package.
 */
export function npmSettings(): NodeJS.ProcessEnv {
  const kept = /^npm_config_(globalconfig|userconfig|cafile|ca|cache|registry|https?_proxy|proxy|noproxy|strict_ssl)$/i;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => kept.test(name)));
}

function made(folder: string): string {
  if (!existsSync(folder)) mkdirSync(folder);
  return folder;
}
