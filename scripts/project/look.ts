/** What a folder looks like to somebody who has never seen it: which scripts train, evaluate and prepare; where it is kept. */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { type OutputFlags, outputFlags } from "./output-flags.ts";

export interface Look {
  /** Operation → script, relative to the folder, forward slashes. Only what was found. */
  scripts: Partial<Record<"prepare" | "train" | "evaluate", string>>;
  /** Top of the git repository, absolute; the folder itself where there is none. */
  repository: string;
  /** The folder below the repository, forward slashes; empty at its top. */
  below: string;
  branch: string;
  /** `ada/digits` of a GitHub remote, or null. */
  github: string | null;
  name: string;
  /** Where the training script says that it writes. */
  outputs: OutputFlags;
}

const NAMES: [keyof Look["scripts"], RegExp][] = [
  ["train", /^(?:train|training|fit)$/],
  ["train", /^(?:train[_-].+|.+[_-]train|run_train.*)$/],
  ["train", /^(?:main|run|experiment)$/],
  ["evaluate", /^(?:evaluate|evaluation|eval|validate|test_model|predict)$/],
  ["prepare", /^(?:prepare|prepare[_-].+|preprocess|preprocessing|get_data|download|make_data)$/],
];
const EXTENSIONS = [".py", ".sh", ".mjs", ".js", ".ts", ".R", ".jl"];
const FOLDERS = ["", "src", "scripts"];

/** Looks at names; nothing is run; `.git`, the training script and YAML files are read. Earlier patterns, folders and extensions win. */
export function lookAt(folder: string): Look {
  const repository = repositoryOf(folder) ?? folder;
  const git = gitFolder(repository);
  const scripts = findScripts(folder);
  return {
    scripts,
    outputs: outputFlags(folder, scripts.train),
    repository,
    below: relative(repository, folder).split(sep).join("/"),
    branch: /^ref: refs\/heads\/(\S+)/.exec(readText(join(git, "HEAD")))?.[1] ?? "main",
    github:
      /^\s*url\s*=\s*\S*github\.com[:/]([\w.-]+\/[\w.-]+?)(?:\.git)?\/?\s*$/m.exec(readText(join(git, "config")))?.[1] ?? null,
    name: basename(folder) || "project",
  };
}

function findScripts(folder: string): Look["scripts"] {
  const files = FOLDERS.flatMap((below) => {
    const names = listFiles(join(folder, below));
    const scripts = EXTENSIONS.flatMap((extension) => names.filter((name) => name.endsWith(extension)));
    return scripts.map((name) => ({
      path: below === "" ? name : `${below}/${name}`,
      stem: name.slice(0, name.lastIndexOf(".")),
    }));
  });
  const found: Look["scripts"] = {};
  for (const [operation, pattern] of NAMES) {
    const script = files.find(({ stem }) => pattern.test(stem));
    if (script !== undefined) found[operation] ??= script.path;
  }
  return found;
}

function listFiles(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)
    .sort();
}

function repositoryOf(folder: string): string | null {
  if (existsSync(join(folder, ".git"))) return folder;
  return dirname(folder) === folder ? null : repositoryOf(dirname(folder));
}

/** In a worktree or submodule `.git` is a file that names the folder. */
function gitFolder(repository: string): string {
  const path = join(repository, ".git");
  if (!existsSync(path) || statSync(path).isDirectory()) return path;
  return resolve(repository, /^gitdir: (.+)$/m.exec(readText(path))?.[1] ?? ".git");
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return ""; // no repository, or none with a remote
  }
}
