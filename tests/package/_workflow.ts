/** Runs the steps of a GitHub workflow that a shell can run. */
import { spawnSync } from "node:child_process";
import { parse } from "yaml";

interface Step {
  name?: string;
  run?: string;
  env?: Record<string, string>;
}

/**
 * Runs every `run:` step of a job, in order, as GitHub does: `bash -e` in `cwd`, the job's, step's and workflow's `env`
 * beneath `env`. Expressions (`${{ … }}`) are not evaluated: a variable that has one must be given in `env`.
 *
 * Gives back the names of the steps that ran. Throws with the output of the first that fails.
 */
export function runSteps(workflow: string, job: string, cwd: string, env: NodeJS.ProcessEnv): string[] {
  // Our own file, read as what GitHub's documentation says that it is.
  const { env: shared, jobs } = parse(workflow) as { env?: Step["env"]; jobs: Record<string, { steps: Step[] }> };
  const ran: string[] = [];
  for (const { name, run, env: own } of jobs[job]?.steps ?? []) {
    if (run === undefined) continue;
    const declared = Object.entries({ ...shared, ...own });
    const open = declared.filter(([key, value]) => value.includes("${{") && env[key] === undefined);
    if (open.length > 0) throw new Error(`step "${name}" needs ${open.map(([key]) => key).join(", ")}`);
    const { status, stdout, stderr } = spawnSync("bash", ["-e", "-c", run], {
      cwd,
      env: { ...Object.fromEntries(declared), ...env },
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    });
    if (status !== 0) throw new Error(`step "${name}" ended with ${status}:\n${stdout}${stderr}`);
    ran.push(name ?? run);
  }
  return ran;
}
