/**
 * A recorder that is killed in its first moments: `node _killed-early.ts ROOT [COMMAND…]` claims a run, has a guard, starts the
 * command if there is one, and kills itself before it can tell the guard of it.
 */
import { spawn } from "node:child_process";
import { claimRun } from "../../../scripts/record/claim.ts";
import { realEffects, startClock } from "../../../scripts/record/effects.ts";
import { openGuard } from "../../../scripts/record/guard.ts";
import { openPipes } from "../../../scripts/record/pipes.ts";
import { writePlan } from "../../../scripts/record/plan-file.ts";

const [root = "", ...command] = process.argv.slice(2);
const clock = startClock(realEffects());
const claim = claimRun(root, clock.started, realEffects());
const [pipe] = (await openPipes(claim.logDir, 1))!;
writePlan(claim.logDir, {
  plan: {
    ...{ root, cwd: root, command, env: {}, operation: "train", model: null, flags: {}, label: null, tags: [], parents: {} },
    ...{ data: null, flagNames: [], primary: null, goals: {}, quiet: true, allowVariables: [], buffered: false, outputs: [] },
  },
  id: claim.id,
  argv: command,
  started: clock.started.toISOString(),
  zero: String(clock.zero),
  streams: ["t"],
});
openGuard(claim.logDir, [pipe!.readEnd], process.env);
if (command.length > 0) {
  const env = { ...process.env, GUILD_RUN_ID: claim.id, RUN_DIR: claim.runDir };
  spawn(command[0]!, command.slice(1), { cwd: root, env, stdio: ["ignore", pipe!.writeEnd, pipe!.writeEnd] });
}
process.kill(process.pid, "SIGKILL");
