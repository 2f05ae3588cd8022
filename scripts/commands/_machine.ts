/** What this machine lets a recorder see: each thing tried for real, with the reason where it fails. Part of `guild check`. */
import { execFileSync } from "node:child_process";
import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  fsyncSync,
  mkdtempSync,
  openSync,
  rmSync,
  statfsSync,
  writeSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { performance } from "node:perf_hooks";
import { allowVariable } from "../../src/run/allow-list.ts";
import { formatBytes } from "../../src/run/units.ts";
import type { EnvironmentFacts, Facts, Probe } from "../probes/_contract.ts";
import { scanProbes } from "../probes/_scan.ts";
import { joinFacts } from "../record/environment.ts";

export interface Capture {
  /** `recorder`, `system`, `environment`: under which heading it stands. */
  part: "recorder" | "system" | "environment";
  name: string;
  /** `broken` only where recording cannot work without it. */
  state: "yes" | "no" | "broken";
  /** What was found, or why not, in a few words. */
  detail: string;
}

/** Tries everything once; takes a second or two. Leaves nothing behind. Rejects never: what fails is an answer. */
export async function checkMachine(root: string, env: NodeJS.ProcessEnv, extraVariables: readonly string[]): Promise<Capture[]> {
  const { probes, facts } = await scanProbes();
  const [recorder, system, environment] = [
    [folder(root, "runs"), folder(root, "content"), disk(root), space(root), git(root, env), await terminal(), thumbnails()],
    await sampleAll(probes, root),
    await readAll(facts, root, env, extraVariables),
  ];
  return [...recorder, ...system, ...environment];
}

function folder(root: string, name: string): Capture {
  const answer = (state: Capture["state"], detail: string): Capture => ({ part: "recorder", name: `${name}/`, state, detail });
  const path = join(root, name);
  const place = existsSync(path) ? path : root;
  try {
    accessSync(place, constants.W_OK | constants.X_OK);
    rmSync(mkdtempSync(join(place, ".guild-check-")), { recursive: true });
    return answer("yes", place === path ? "can be written" : "will be made by the first run");
  } catch (error) {
    return answer("broken", `cannot be written: ${reasonOf(error)}. Nothing can be recorded in this project`);
  }
}

const BLOCK = Buffer.alloc(1024 * 1024);
const BLOCKS = 8;

/** Eight mebibytes and twenty small lines, each synced: what a manifest, and what a checkpoint costs. */
function disk(root: string): Capture {
  const answer = (state: Capture["state"], detail: string): Capture => ({ part: "recorder", name: "disk", state, detail });
  let scratch: string | null = null;
  try {
    scratch = mkdtempSync(join(existsSync(join(root, "runs")) ? join(root, "runs") : root, ".guild-check-"));
    const file = openSync(join(scratch, "file"), "w");
    const began = performance.now();
    for (let at = 0; at < BLOCKS; at++) writeSync(file, BLOCK);
    fsyncSync(file);
    const seconds = (performance.now() - began) / 1000;
    const before = performance.now();
    for (let at = 0; at < 20; at++) {
      writeSync(file, "a line\n");
      fsyncSync(file);
    }
    const syncMs = (performance.now() - before) / 20;
    closeSync(file);
    return answer(
      "yes",
      `writes ${formatBytes((BLOCKS * BLOCK.length) / seconds)}/s, ${syncMs.toFixed(1)} ms for each synced line`,
    );
  } catch (error) {
    return answer("no", reasonOf(error));
  } finally {
    if (scratch !== null) rmSync(scratch, { recursive: true, force: true });
  }
}

function space(root: string): Capture {
  const { bavail, blocks, bsize } = statfsSync(root);
  return {
    part: "recorder",
    name: "space",
    state: "yes",
    detail: `${formatBytes(bavail * bsize)} free of ${formatBytes(blocks * bsize)}`,
  };
}

function git(root: string, env: NodeJS.ProcessEnv): Capture {
  const answer = (state: Capture["state"], detail: string): Capture => ({ part: "recorder", name: "git", state, detail });
  const ask = (...words: string[]): string =>
    execFileSync("git", words, {
      cwd: root,
      env: { ...env, GIT_OPTIONAL_LOCKS: "0" },
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
      timeout: 5000,
    }).trim();
  let version: string;
  try {
    version = ask("--version").replace(/^git version /, "git ");
  } catch {
    return answer("no", "git is not installed: commit, branch and changes are not recorded, the digest of the source files is");
  }
  try {
    ask("rev-parse", "--git-dir");
  } catch (error) {
    const owner = /dubious ownership/.test(String(error));
    return answer(
      "no",
      owner
        ? `${version}; the repository belongs to somebody else (safe.directory)`
        : `${version}; this is no repository: no commit is recorded`,
    );
  }
  try {
    return answer("yes", `${version}; commit ${ask("rev-parse", "--short=10", "HEAD")}`);
  } catch {
    return answer("yes", `${version}; no commit yet: source files are kept instead of a difference`);
  }
}

/** With koffi, a command that is started at a terminal prints into one of its own. */
async function terminal(): Promise<Capture> {
  const answer = (state: Capture["state"], detail: string): Capture => ({ part: "recorder", name: "terminal", state, detail });
  try {
    const { loadTerminals } = await import("../record/terminal.ts");
    await loadTerminals();
    return answer("yes", "colours and progress bars as without guild");
  } catch (error) {
    return answer("no", `${reasonOf(error)}: output goes through pipes, without colours and bars`);
  }
}

function thumbnails(): Capture {
  try {
    import.meta.resolve("sharp");
    return { part: "recorder", name: "images", state: "yes", detail: "thumbnails of logged images" };
  } catch {
    return { part: "recorder", name: "images", state: "no", detail: "sharp is not installed: no thumbnails of logged images" };
  }
}

/** Two looks of each sampler at this very process: rates need two. */
async function sampleAll(probes: Record<string, Probe>, root: string): Promise<Capture[]> {
  const context = { pids: () => [process.pid], runDir: root, procRoot: "/proc" };
  const opened = Object.entries(probes).map(([name, probe]) => {
    try {
      return { name, probe, sampler: probe.open(context) };
    } catch (error) {
      return { name, probe, sampler: { absent: reasonOf(error) } };
    }
  });
  for (const { sampler } of opened) if ("sample" in sampler) quietly(() => sampler.sample(null));
  await new Promise((done) => setTimeout(done, 300));
  return opened.map(({ name, probe, sampler }): Capture => {
    if ("absent" in sampler) return { part: "system", name, state: "no", detail: sampler.absent };
    try {
      const tags = Object.keys(sampler.sample(0.3));
      const promised = Object.keys(probe.tags).join(", ");
      return {
        part: "system",
        name,
        state: "yes",
        detail: tags.length > 0 ? tags.join(", ") : `${promised}, when there is something to tell`,
      };
    } catch (error) {
      return { part: "system", name, state: "no", detail: reasonOf(error) };
    } finally {
      quietly(() => sampler.close());
    }
  });
}

function quietly(work: () => unknown): void {
  try {
    work();
  } catch {
    // The second look tells what is wrong.
  }
}

/** The facts as a run of `python3` here would have them. */
async function readAll(
  facts: Record<string, Facts>,
  root: string,
  env: NodeJS.ProcessEnv,
  extra: readonly string[],
): Promise<Capture[]> {
  const { readEnvironment } = await import("../record/environment.ts");
  const context = {
    pids: () => [process.pid],
    command: ["python3"],
    cwd: root,
    env,
    allowVariable: (name: string) => allowVariable(name, extra),
    procRoot: "/proc",
  };
  const known = await Promise.all(
    Object.entries(facts).map(
      async ([name, one]): Promise<[string, EnvironmentFacts]> => [
        name,
        // A command that has not started yet: nothing but its words tells of its interpreter.
        await readEnvironment({ [name]: one }, name === "runtime-facts" ? { ...context, pids: () => [] } : context),
      ],
    ),
  );
  return known.map(([name, found]): Capture => {
    const detail = factText(joinFacts({}, found));
    const absent = Object.values(found.absent ?? {}).join("; ");
    return {
      part: "environment",
      name: name.replace(/-facts$/, ""),
      state: detail === "" ? "no" : "yes",
      detail: detail || absent || "nothing yet: read when a command runs",
    };
  });
}

function factText(found: EnvironmentFacts): string {
  const { os, cpu, memory, gpus, libraries, storage, runtime, packages, variables } = found;
  const count = (map: object | undefined): number => Object.keys(map ?? {}).length;
  return [
    os && [os.name, os.kernel, os.libc, os.container && `in ${os.container}`].filter(Boolean).join(", "),
    cpu &&
      [cpu.model, `${cpu.availableCores} of ${cpu.logicalCores} cores`, count(cpu.caches) > 0 && "caches"]
        .filter(Boolean)
        .join(", "),
    memory &&
      [memory.totalBytes && formatBytes(memory.totalBytes), memory.limitBytes && `limited to ${formatBytes(memory.limitBytes)}`]
        .filter(Boolean)
        .join(", "),
    gpus?.map(({ name, driver }) => [name, driver && `driver ${driver}`].filter(Boolean).join(", ")).join("; "),
    Object.entries(libraries ?? {})
      .map(([name, version]) => `${name} ${version}`)
      .join(", "),
    Object.entries(storage ?? {})
      .map(([name, kind]) => `${name} on ${kind}`)
      .join(", "),
    runtime && `${runtime.name} ${runtime.version}, ${count(packages)} packages`,
    count(variables) > 0 && Object.keys(variables ?? {}).join(", "),
  ]
    .filter(Boolean)
    .join("; ");
}

function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return (message.split("\n")[0] ?? "").replaceAll(dirname(process.cwd()), "…");
}
