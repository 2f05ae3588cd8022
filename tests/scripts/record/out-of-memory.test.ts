/** A run that is really killed by the kernel for lack of memory, in a small control group of its own. */
import { mkdirSync, rmdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { failureOf } from "../../../src/views/failure.ts";
import { recorded, removeFolders, runWrapped, until } from "./_wrapped.ts";

const test = suite("out-of-memory");
const group = smallGroup(96 * 1024 ** 2);
if (group === null) console.error("SKIPPED: a control group with a memory limit cannot be made here (it needs root)");

test.after(async () => {
  removeFolders();
  if (group !== null) await until(() => removed(group), "the control group is empty");
});

const withGroup = group === null ? test.skip : test;

withGroup("says that it likely ran out of memory, with the kernel's count", async () => {
  const fill = "const held = []; setInterval(() => held.push(Buffer.alloc(2 ** 22, 1)), 5);";
  // It enters the group, waits for the recorder to have seen it there, and fills its memory.
  const enter = `echo $$ > ${group}/cgroup.procs && sleep 1 && exec "${process.execPath}" -e '${fill}'`;
  const { root, signal } = await runWrapped(["sh", "-c", enter]);
  assert.is(signal, "SIGKILL");
  const { run, output } = recorded(root);
  const signs = run.derived?.outOfMemory ?? [];
  assert.is(signs[0], "It was ended by SIGKILL.");
  assert.match(signs[1] ?? "", /^The kernel's out-of-memory killer ended 1 process/);
  assert.is(run.derived?.peakMemory.limit, 96 * 1024 ** 2);
  assert.match(failureOf(run, output, null)?.likely ?? "", "Likely out of memory.");
});

withGroup("a run that somebody kills is not said to have run out of memory", async () => {
  const { root, signal } = await runWrapped(["sh", "-c", `echo $$ > ${group}/cgroup.procs && sleep 1 && kill -KILL $$`]);
  assert.is(signal, "SIGKILL");
  assert.equal(recorded(root).run.derived?.outOfMemory, []);
});

/** A new group with this limit, of version 1 or 2; null where none can be made. */
function smallGroup(bytes: number): string | null {
  for (const [parent, limit] of [
    ["/sys/fs/cgroup/memory", "memory.limit_in_bytes"],
    ["/sys/fs/cgroup", "memory.max"],
  ] as const) {
    const folder = join(parent, `guildhall-test-${process.pid}`);
    try {
      mkdirSync(folder);
      writeFileSync(join(folder, limit), String(bytes));
      return folder;
    } catch {
      removed(folder);
    }
  }
  return null;
}

function removed(folder: string): boolean {
  try {
    rmdirSync(folder);
    return true;
  } catch {
    return false;
  }
}

test.run();
