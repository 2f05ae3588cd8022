import { execFile } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync, readlinkSync, readSync, realpathSync } from "node:fs";
import { basename, join } from "node:path";
import { defineFacts, type EnvironmentFacts, type FactsContext } from "./_contract.ts";
import { onPath } from "./_path.ts";
import { type Installation, isPython, packageFolders, packagesIn, pythonAt, versionFromFiles } from "./_python.ts";

const TIMEOUT_MS = 3000;

export default defineFacts({
  summary: "Interpreter of the command (Python or Node) and the packages installed for it",
  looks: "always",
  async read(context) {
    const python = runningPython(context) ?? (await namedPython(context));
    if (python !== null) return describePython(python.installation, python.loaded);
    const node = runningProgram(context, /^node$/) ?? namedProgram(context, /^node$/);
    if (node !== null) return { runtime: { name: "node", version: await nodeVersion(node) } };
    return { runtime: null, absent: { runtime: "no Python or Node among the command's processes" } };
  },
});

/** The first process of the tree that is a Python, with the package folders that it has loaded something from. */
function runningPython({ pids, procRoot }: FactsContext): { installation: Installation; loaded: string[] } | null {
  for (const pid of pids()) {
    const exe = linkOf(join(procRoot, String(pid), "exe"));
    if (exe === null || !isPython(exe)) continue;
    // The link leads to the base interpreter; only the name it was started by tells of a virtual environment.
    const [started = ""] = textOf(join(procRoot, String(pid), "cmdline")).split("\0");
    const path = /(?:^|\0)PATH=([^\0]*)/.exec(textOf(join(procRoot, String(pid), "environ")))?.[1];
    const program = onPath(started, path) ?? exe;
    const installation = pythonAt(program) ?? pythonAt(exe);
    if (installation === null) continue;
    const maps = textOf(join(procRoot, String(pid), "maps"));
    const folders = [...maps.matchAll(/\s(\/\S*?\/(?:site|dist)-packages)\//g)].map((match) => match[1] ?? "");
    return { installation, loaded: [...new Set(folders)] };
  }
  return null;
}

/** A command that has already ended: the Python that its words name. */
async function namedPython(context: FactsContext): Promise<{ installation: Installation; loaded: string[] } | null> {
  const program = namedProgram(context, /^(?:python|pypy)[\d.]*$/);
  const installation = program === null ? null : pythonAt(isScript(program) ? await behindShim(program) : program);
  return installation === null ? null : { installation, loaded: [] };
}

/** pyenv and its like put a script before the interpreter: only the interpreter itself can say where it is. */
async function behindShim(program: string): Promise<string> {
  const answer = await ask(program, ["-I", "-S", "-c", "import sys; print(sys.executable)"]);
  return answer === null || answer === "" ? program : answer;
}

async function describePython(installation: Installation, loaded: string[]): Promise<EnvironmentFacts> {
  const fromFiles = versionFromFiles(installation);
  const exact = fromFiles !== null && /\d+\.\d+\.\d/.test(fromFiles) ? fromFiles : await askVersion(installation.program);
  const version = exact ?? fromFiles;
  const name = /pypy/.test(basename(installation.real)) ? "pypy" : "python";
  if (version === null) return { runtime: null, absent: { runtime: "the version of Python could not be read" } };
  const short = /^\d+\.\d+/.exec(version)?.[0] ?? version;
  return { runtime: { name, version }, packages: packagesIn(packageFolders(installation, short, loaded)) };
}

/** `-V` prints and ends before anything is imported; and only where no file tells. */
async function askVersion(program: string): Promise<string | null> {
  return /Python (\d\S*)/.exec((await ask(program, ["-V"])) ?? "")?.[1] ?? null;
}

async function nodeVersion(program: string): Promise<string> {
  if (existsSync(program) && realpathSync(program) === realpathSync(process.execPath)) return process.versions.node;
  return (await ask(program, ["--version"]))?.replace(/^v/, "") ?? "unknown";
}

/** What a program prints, without blanks around it; null when it fails or takes longer than three seconds. */
function ask(program: string, args: string[]): Promise<string | null> {
  return new Promise((resolve) => {
    execFile(program, args, { timeout: TIMEOUT_MS }, (error, stdout, stderr) =>
      resolve(error === null ? (stdout + stderr).trim() : null),
    );
  });
}

function runningProgram({ pids, procRoot }: FactsContext, name: RegExp): string | null {
  for (const pid of pids()) {
    const exe = linkOf(join(procRoot, String(pid), "exe"));
    if (exe !== null && name.test(basename(exe))) return exe;
  }
  return null;
}

/** The first word of the command that is such a program: `uv run python x.py` names one too. */
function namedProgram({ command, env }: FactsContext, name: RegExp): string | null {
  const word = command.find((each) => name.test(basename(each)));
  return word === undefined ? null : onPath(word, env.PATH);
}

/** What a link points to; ` (deleted)` is said of a program that was replaced while it ran. */
function linkOf(path: string): string | null {
  try {
    return readlinkSync(path).replace(/ \(deleted\)$/, "");
  } catch {
    return null; // the process has ended, or belongs to somebody else
  }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

function isScript(path: string): boolean {
  let file: number;
  try {
    file = openSync(path, "r");
  } catch {
    return false; // not ours to read: no script that we could tell from a program
  }
  try {
    const start = Buffer.alloc(2);
    readSync(file, start, 0, 2, 0);
    return start.toString("latin1") === "#!";
  } finally {
    closeSync(file);
  }
}
