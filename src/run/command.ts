/** What a command line runs: `env A=1 python -u -m pkg.train --lr 0.1` is `train`, with arguments from `--lr` on. */

export interface ReadCommand {
  /** The script's or program's name without folder and extension; `run` when there is none. */
  operation: string;
  /** Index of the first word that belongs to the script: its arguments start here. */
  argumentsFrom: number;
}

/** Programs that run another program given as a word, with their options that take a value. */
const RUNNERS: Record<string, string[]> = {
  python: ["-W", "-X", "--check-hash-based-pycs"],
  pypy: ["-W", "-X"],
  node: ["-r", "--require", "--import", "--loader", "--experimental-loader", "-C", "--conditions", "--env-file"],
  deno: [],
  bun: [],
  tsx: [],
  bash: ["-o", "-O"],
  sh: ["-o"],
  zsh: ["-o"],
  ruby: ["-I", "-r"],
  perl: ["-I", "-M"],
  julia: ["-t", "--threads", "-p", "--procs"],
  Rscript: ["-e"],
  java: ["-cp", "-classpath"],
  torchrun:
    "--nproc_per_node --nproc-per-node --nnodes --node_rank --node-rank --master_addr --master_port --rdzv_backend --rdzv_endpoint --rdzv_id --max_restarts".split(
      " ",
    ),
  accelerate: ["--config_file", "--num_processes", "--num_machines", "--mixed_precision", "--gpu_ids", "--main_process_port"],
  deepspeed: ["--num_gpus", "--num_nodes", "--hostfile", "--include", "--exclude", "--master_port"],
  mpirun: ["-n", "-np", "-c", "--host", "-H", "--hostfile", "-x"],
  srun: ["-n", "-N", "-c", "-p", "-J", "-t"],
  uv: ["--with", "--python", "-p", "--project", "--directory", "--extra", "--group"],
  poetry: [],
  pipenv: [],
  conda: ["-n", "--name", "-p", "--prefix"],
  npx: ["-p", "--package"],
  env: ["-u", "--unset", "-C", "--chdir"],
  nice: ["-n", "--adjustment"],
  ionice: ["-c", "-n"],
  taskset: ["-c", "--cpu-list"],
  time: ["-f", "-o"],
  timeout: ["-s", "--signal", "-k", "--kill-after"],
  stdbuf: ["-i", "-o", "-e"],
  nohup: [],
  exec: [],
};

/** The second word of `uv run`, `accelerate launch`: part of the runner. */
const VERBS = new Set(["run", "launch", "exec"]);

/**
 * Finds the script in a command line by walking over runners, their options and `NAME=value` words.
 *
 * `python -m pkg.mod` is `mod`, `python -c …` is `python`; without a runner the program itself is the operation, and an
 * empty command is `run` at index 0. Names are reduced to what a folder and an address can hold (`[A-Za-z0-9._-]`).
 */
export function readCommand(argv: readonly string[]): ReadCommand {
  let name = "";
  let at = 0;
  while (at < argv.length) {
    const word = argv[at] ?? "";
    const runner = runnerName(word);
    if (runner === null) return { operation: operationName(word), argumentsFrom: at + 1 };
    name = runner;
    const after = skipRunner(argv, at, runner);
    if (after.module !== null) return { operation: operationName(after.module, true), argumentsFrom: after.next };
    if (after.inline) return { operation: name, argumentsFrom: after.next };
    at = after.next;
  }
  return { operation: operationName(name), argumentsFrom: argv.length };
}

/** `/usr/bin/python3.11` → `python`; null for anything that is not a runner. */
function runnerName(word: string): string | null {
  const base = baseName(word).replace(/\.exe$/i, "");
  if (Object.hasOwn(RUNNERS, base)) return base;
  return /^(?:python|pypy)[\d.]*w?$/.test(base) ? base.replace(/[\d.]+w?$/, "") : null;
}

interface AfterRunner {
  next: number;
  module: string | null;
  /** The program stands in the command itself: `python -c`, `bash -c`, `node -e`. */
  inline: boolean;
}

function skipRunner(argv: readonly string[], from: number, runner: string): AfterRunner {
  const takesValue = RUNNERS[runner] ?? [];
  let at = from + 1;
  while (at < argv.length) {
    const word = argv[at] ?? "";
    if (word === "--") return { next: at + 1, module: null, inline: false };
    if (word === "-m" && hasModules(runner)) return { next: at + 2, module: argv[at + 1] ?? "", inline: false };
    if (/^-\w*[ce]$/.test(word) && !takesValue.includes(word) && isInterpreter(runner))
      return { next: at + 2, module: null, inline: true };
    if (/^[A-Za-z_]\w*=/.test(word) && runner === "env") at += 1;
    else if (word.startsWith("-") && word.length > 1) at += takesValue.includes(word) ? 2 : 1;
    else if (VERBS.has(word) && at === from + 1) at += 1;
    else if (/^[\d.]+[smhd]?$/.test(word) && (runner === "timeout" || runner === "taskset")) at += 1;
    else break;
  }
  return { next: at, module: null, inline: false };
}

/** `-m` of `uv run -m` and `torchrun -m` is Python's; `conda -n env -m` is not. */
function hasModules(runner: string): boolean {
  return ["python", "pypy", "uv", "torchrun", "accelerate", "deepspeed"].includes(runner);
}

function isInterpreter(runner: string): boolean {
  return ["python", "pypy", "node", "deno", "bun", "bash", "sh", "zsh", "ruby", "perl", "julia", "Rscript"].includes(runner);
}

function operationName(word: string, isModule = false): string {
  const base = isModule ? (word.split(".").at(-1) ?? "") : baseName(word).replace(/(?<=.)\.[A-Za-z]\w{0,4}$/, "");
  const name = base.replace(/[^\w.-]+/g, "-").replace(/^[.-]+|[.-]+$/g, "");
  return name === "" ? "run" : name;
}

function baseName(path: string): string {
  return (
    path
      .split(/[\\/]/)
      .filter((part) => part !== "")
      .at(-1) ?? ""
  );
}
