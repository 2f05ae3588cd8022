import { existsSync, mkdirSync, readdirSync, readFileSync, statSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { allowVariable } from "../../src/run/allow-list.ts";
import { formatEnvironment, makeEnvironment } from "../../src/run/environment-file.ts";
import type { Redactor } from "../../src/run/redact.ts";
import type { Environment, Run } from "../../src/run/types.ts";
import type { EnvironmentFacts, Facts, FactsContext } from "../probes/_contract.ts";
import { replaceFile } from "./replace-file.ts";
import type { Look } from "./settled-environment.ts";

/** Whoever takes longer to say where we are is left out: a driver that hangs must not hold anybody's shell. */
const PATIENCE_MS = 3000;

/**
 * Asks those facts at once that this look is for, and joins what they know. One that throws or does not answer in time is named under
 * `absent` with its reason; so are the sources of system statistics that are not here (`absent`).
 */
export async function readEnvironment(
  facts: Record<string, Facts>,
  context: FactsContext,
  look: Look = "first",
): Promise<EnvironmentFacts> {
  const wanted = Object.entries(facts).filter(
    ([, { looks }]) => look === "first" || (look === "settling" ? looks !== "once" : looks === "always"),
  );
  const answers = await Promise.all(wanted.map(([name, one]) => ask(name, one, context)));
  return answers.reduce<EnvironmentFacts>(joinFacts, {});
}

/**
 * Joins two looks. What the later one does not know any more (the process has ended) stays known; maps are joined name by name, and a
 * reason for not knowing goes when it is known.
 */
export function joinFacts(known: EnvironmentFacts, more: EnvironmentFacts): EnvironmentFacts {
  const told = Object.fromEntries(Object.entries(more).filter(([, value]) => value !== null && value !== undefined));
  const runtime = more.runtime ?? known.runtime ?? null;
  const absent = { ...known.absent, ...more.absent };
  if (runtime !== null) delete absent.runtime;
  return {
    ...known,
    ...told,
    runtime,
    gpus: more.gpus?.length ? more.gpus : (known.gpus ?? more.gpus ?? []),
    libraries: joinVersions(known.libraries ?? {}, more.libraries ?? {}),
    storage: { ...known.storage, ...more.storage },
    packages: { ...known.packages, ...more.packages },
    variables: { ...known.variables, ...more.variables },
    imported: [...new Set([...(known.imported ?? []), ...(more.imported ?? [])])].sort(),
    absent,
  };
}

/** Of two versions of one library the one that says more: `12` and `12.4.127` are names of the same file. */
function joinVersions(known: Record<string, string>, more: Record<string, string>): Record<string, string> {
  const joined = { ...known };
  for (const [name, version] of Object.entries(more)) {
    if ((joined[name] ?? "").length <= version.length) joined[name] = version;
  }
  return joined;
}

/** Packages from which a library's version is known where its file's name tells only `12`. */
const PACKAGES_OF_LIBRARIES: Record<string, RegExp> = {
  cuda: /^nvidia-cuda-runtime(?:-cu\d+)?$/,
  cudnn: /^nvidia-cudnn(?:-cu\d+)?$/,
  nccl: /^nvidia-nccl(?:-cu\d+)?$/,
  cublas: /^nvidia-cublas(?:-cu\d+)?$/,
  tensorrt: /^tensorrt$/,
};

/** The public form of what was found: secrets and places redacted everywhere, digest and key added. */
export function publicEnvironment(facts: EnvironmentFacts, redactor: Redactor): Environment {
  const { imported: _ofTheRun, ...known } = facts;
  const libraries = { ...known.libraries };
  for (const [library, pattern] of Object.entries(PACKAGES_OF_LIBRARIES)) {
    const version = libraries[library];
    // On a machine with a GPU an installed library counts before it is loaded: a run of a second is of the same environment.
    if (version === undefined ? !known.gpus?.length : version.includes(".")) continue;
    const found = Object.entries(known.packages ?? {}).find(([name]) => pattern.test(name));
    if (found !== undefined) libraries[library] = found[1];
  }
  const texts = (map: Record<string, string> | undefined, redact: (text: string) => string): Record<string, string> =>
    Object.fromEntries(Object.entries(map ?? {}).map(([name, value]) => [redactor.secrets(name), redact(value)]));
  return makeEnvironment({
    ...known,
    libraries,
    packages: texts(known.packages, redactor.secrets),
    variables: texts(known.variables, redactor.text),
    absent: texts(known.absent, redactor.text),
  });
}

/** Writes `content/environments/<digest>.json` once; a file that is there is left as it is: false. Throws what the file system throws. */
export async function writeEnvironment(root: string, environment: Environment): Promise<boolean> {
  const folder = join(root, "content", "environments");
  const path = join(folder, `${environment.digest}.json`);
  if (existsSync(path)) return false;
  mkdirSync(folder, { recursive: true });
  await replaceFile(path, formatEnvironment(environment));
  return true;
}

export interface EnvironmentRecord {
  /** Writes what is known now, privately and publicly. Resolves to what the run's record says of it. Rejects as the file system does. */
  write(facts: EnvironmentFacts): Promise<Pick<Run, "environment" | "imported">>;
  /** Takes away what an earlier look of this run had written and no run refers to any more. Never rejects. */
  tidy(): Promise<void>;
}

/** Keeps the record of one run's environment, which may become another one while more and more is loaded. */
export function openEnvironmentRecord(root: string, logDir: string, redactor: Redactor): EnvironmentRecord {
  const written = new Map<string, number>();
  let latest: string | null = null;
  return {
    async write(facts) {
      const shown = publicEnvironment(facts, redactor);
      const began = Date.now();
      const [made] = await Promise.all([
        writeEnvironment(root, shown),
        replaceFile(join(logDir, "environment.json"), `${JSON.stringify(facts, null, 2)}\n`),
      ]);
      if (made) written.set(shown.digest, began);
      latest = shown.digest;
      return { environment: shown.digest, ...(facts.imported?.length ? { imported: facts.imported } : {}) };
    },
    async tidy() {
      for (const [digest, since] of written) {
        if (digest === latest || isReferredTo(root, digest, since)) continue;
        await rm(join(root, "content", "environments", `${digest}.json`), { force: true }).catch(() => {});
      }
    },
  };
}

/** Does the record of any run name this environment? Only records that were written since the environment was can. */
function isReferredTo(root: string, digest: string, sinceMs: number): boolean {
  const folder = join(root, "content", "runs");
  return readdirSync(folder).some((id) => {
    const path = join(folder, id, "run.json");
    const found = statSync(path, { throwIfNoEntry: false });
    return found !== undefined && found.mtimeMs >= sinceMs - 2000 && readFileSync(path, "utf8").includes(digest);
  });
}

/** What facts are asked about: the command's processes, and which variables may be told. */
export function factsContext(input: {
  pids: () => readonly number[];
  command: readonly string[];
  cwd: string;
  env: FactsContext["env"];
  allowVariables: readonly string[];
  procRoot: string;
}): FactsContext {
  const { allowVariables, ...rest } = input;
  return { ...rest, allowVariable: (name) => allowVariable(name, [...allowVariables]) };
}

async function ask(name: string, facts: Facts, context: FactsContext): Promise<EnvironmentFacts> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${PATIENCE_MS / 1000} s`)), PATIENCE_MS);
  });
  try {
    return await Promise.race([facts.read(context), tooLong]);
  } catch (error) {
    return { absent: { [name]: error instanceof Error ? error.message : String(error) } };
  } finally {
    clearTimeout(timer);
  }
}
