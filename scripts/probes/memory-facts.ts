import { totalmem } from "node:os";
import { join } from "node:path";
import { memoryLimit, readText, subject } from "./_cgroup.ts";
import { defineFacts } from "./_contract.ts";

export default defineFacts({
  summary: "Memory: how much the machine has, how much the command may use",
  async read({ procRoot, pids }) {
    const kilobytes = /^MemTotal:\s+(\d+) kB/m.exec(readText(join(procRoot, "meminfo")) ?? "")?.[1];
    const totalBytes = kilobytes === undefined ? totalmem() : Number(kilobytes) * 1024;
    const limit = memoryLimit(procRoot, subject(procRoot, pids()));
    // A limit above what is there limits nothing.
    return { memory: { totalBytes, limitBytes: limit !== null && limit < totalBytes ? limit : null } };
  },
});
