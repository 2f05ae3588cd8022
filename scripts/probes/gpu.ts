import { existsSync } from "node:fs";
import { readSmallFile } from "../../src/load/small-file.ts";
import { defineProbe, type ProbeContext } from "./_contract.ts";
import { GPU_TAGS, type GpuReading, type GpuSource, makeGpuValues } from "./_gpu.ts";
import { openNvidiaSmi } from "./_nvidia-smi.ts";
import { findNvml, openNvml } from "./_nvml.ts";
import { onPath } from "./_path.ts";
import { visibleGpus } from "./_visible-gpus.ts";

export default defineProbe({
  summary: "NVIDIA GPUs that the command may use: by the driver's library, or by nvidia-smi where that cannot be called",
  tags: { ...GPU_TAGS, "op/gpu{}/mem/used": "B" },
  open(context) {
    const library = findNvml(process.env);
    const program = onPath("nvidia-smi", process.env.PATH);
    if (library === null && program === null) return { absent: "no NVIDIA driver" };
    const env = commandEnvironment(context);
    const values = makeGpuValues();
    let source: GpuSource | null = null;
    let closed = false;
    let broken: Error | null = null;
    let fresh: Record<string, number> | null = null;
    let reading = false;

    const open = async (): Promise<void> => {
      const opened = await openFirst(library, program);
      if (closed) opened.close();
      else source = opened;
    };
    const read = async (from: GpuSource): Promise<void> => {
      reading = true;
      const all = await from.read();
      const visible = visibleGpus(all, env);
      if (all.length > 0 && visible.length === 0) throw new Error("hidden by CUDA_VISIBLE_DEVICES");
      fresh = { ...values(visible), ...ownMemory(visible, context) };
      reading = false;
    };
    const failed = (error: unknown): void => {
      broken = error instanceof Error ? error : new Error(String(error));
    };
    void open().catch(failed);
    return {
      // What was read since the last sample: drivers may take their time, and nothing here waits for them.
      sample() {
        if (broken !== null) throw broken;
        const found = fresh ?? {};
        fresh = null;
        if (source !== null && !reading) void read(source).catch(failed);
        return found;
      },
      last: () => fresh ?? {},
      close() {
        closed = true;
        source?.close();
      },
    };
  },
});

/** The library, else the program. Throws the library's reason when there is no program. */
async function openFirst(library: string | null, program: string | null): Promise<GpuSource> {
  try {
    if (library !== null) return await openNvml(library);
  } catch (error) {
    if (program === null) throw error;
  }
  if (program === null) throw new Error("no nvidia-smi");
  return openNvidiaSmi(program, process.env);
}

/**
 * Memory of the command's own processes on each GPU. In a container the driver tells the host's process numbers, which mean nothing
 * here: where none of them is ours, that is 0 only when this is the host, and else unknown.
 */
function ownMemory(gpus: readonly GpuReading[], { pids, procRoot }: ProbeContext): Record<string, number> {
  const own = new Set(pids());
  const values: Record<string, number> = {};
  for (const { index, processes } of gpus) {
    if (processes === null) continue;
    const used = [...processes].filter(([pid]) => own.has(pid));
    if (used.length === 0 && processes.size > 0 && !isHost(procRoot)) continue;
    values[`op/gpu${index}/mem/used`] = used.reduce((sum, [, bytes]) => sum + bytes, 0);
  }
  return values;
}

/** Process 2 is the kernel's own kthreadd where process numbers are the machine's. */
function isHost(procRoot: string): boolean {
  return existsSync(`${procRoot}/2/comm`) && readSmallFile(`${procRoot}/2/comm`)?.trim() === "kthreadd";
}

/** The command's own variables, as it was started; ours where they cannot be read. */
function commandEnvironment({ procRoot, pids }: ProbeContext): Record<string, string | undefined> {
  const environ = readSmallFile(`${procRoot}/${pids()[0] ?? "self"}/environ`);
  if (environ === null || environ === "") return process.env;
  return Object.fromEntries(
    environ.split("\0").flatMap((variable): [string, string][] => {
      const at = variable.indexOf("=");
      return at < 1 ? [] : [[variable.slice(0, at), variable.slice(at + 1)]];
    }),
  );
}
