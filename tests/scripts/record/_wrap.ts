/**
 * The recorder as a program of its own, for tests of `record`: `node _wrap.ts ROOT [--quiet] -- COMMAND…` does what `guild run`
 * does, without a command line in front of it. With WRAP_MEMORY it writes its own peak memory in KiB to that file.
 */
import { writeFileSync } from "node:fs";
import { scanProbes } from "../../../scripts/probes/_scan.ts";
import { record } from "../../../scripts/record/record.ts";

const [root = "", ...words] = process.argv.slice(2);
const at = words.indexOf("--");
const options = words.slice(0, at);

const { env, stdout, stderr } = process;
const outcome = await record(
  {
    root,
    cwd: root,
    command: words.slice(at + 1),
    env: {},
    operation: "train",
    model: null,
    flags: {},
    label: null,
    tags: [],
    parents: {},
    data: null,
    flagNames: ["lr"],
    primary: null,
    goals: {},
    buffered: options.includes("--buffered"),
    quiet: options.includes("--quiet"),
    probes: async () => (await scanProbes()).probes,
    facts: async () => (await scanProbes()).facts,
    allowVariables: [],
    outputs: env.WRAP_OUTPUTS ? [env.WRAP_OUTPUTS] : [],
  },
  { cwd: root, env, stdout, stderr },
).catch((error: { message: string; exitCode?: number }) => {
  stderr.write(`${error.message}\n`);
  return { exitCode: error.exitCode ?? 1 };
});
if (env.WRAP_MEMORY) writeFileSync(env.WRAP_MEMORY, String(process.resourceUsage().maxRSS));
if ("signal" in outcome) process.kill(process.pid, outcome.signal);
else process.exitCode = outcome.exitCode;
