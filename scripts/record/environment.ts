import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { allowVariable } from "../../src/run/allow-list.ts";
import { formatEnvironment, makeEnvironment } from "../../src/run/environment-file.ts";
import type { Redactor } from "../../src/run/redact.ts";
import type { Environment } from "../../src/run/types.ts";
import type { EnvironmentFacts, Facts, FactsContext } from "../probes/_contract.ts";
import { replaceFile } from "./replace-file.ts";

/** Whoever takes longer to say where we are is left out: a driver that hangs must not hold anybody's shell. */
const PATIENCE_MS = 3000;

/**
 * Asks all facts at once and joins what they know. One that throws or does not answer in time is named under `absent` with its
 * reason; so are the sources of system statistics that are not here (`absent`).
 */
export async function readEnvironment(facts: Record<string, Facts>, context: FactsContext): Promise<EnvironmentFacts> {
  const answers = await Promise.all(Object.entries(facts).map(([name, one]) => ask(name, one, context)));
  return answers.reduce<EnvironmentFacts>(joinFacts, {});
}

/** Joins two sets of facts; maps (packages, variables, absent) are joined name by name. */
export function joinFacts(known: EnvironmentFacts, more: EnvironmentFacts): EnvironmentFacts {
  return {
    ...known,
    ...more,
    packages: { ...known.packages, ...more.packages },
    variables: { ...known.variables, ...more.variables },
    absent: { ...known.absent, ...more.absent },
  };
}

/** The public form of what was found: values redacted, digest and key added. */
export function publicEnvironment(facts: EnvironmentFacts, redactor: Redactor): Environment {
  const variables = Object.fromEntries(
    Object.entries(facts.variables ?? {}).map(([name, value]) => [name, redactor.text(value)]),
  );
  const absent = Object.fromEntries(Object.entries(facts.absent ?? {}).map(([name, value]) => [name, redactor.text(value)]));
  return makeEnvironment({ ...facts, variables, absent });
}

/** Writes `content/environments/<digest>.json` once; a file that is there is left as it is. Throws what the file system throws. */
export async function writeEnvironment(root: string, environment: Environment): Promise<void> {
  const folder = join(root, "content", "environments");
  const path = join(folder, `${environment.digest}.json`);
  if (existsSync(path)) return;
  mkdirSync(folder, { recursive: true });
  await replaceFile(path, formatEnvironment(environment));
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
