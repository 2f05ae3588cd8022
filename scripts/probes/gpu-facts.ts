import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Gpu } from "../../src/run/types.ts";
import { readText, sysRoot } from "./_cgroup.ts";
import { defineFacts, type EnvironmentFacts, type FactsContext } from "./_contract.ts";
import { findNvml, openNvml } from "./_nvml.ts";
import { onPath } from "./_path.ts";
import { visibleGpus } from "./_visible-gpus.ts";

const QUERY = ["--query-gpu=index,uuid,name,memory.total,driver_version,power.limit", "--format=csv,noheader,nounits"];
const TIMEOUT_MS = 5000;

export default defineFacts({
  summary: "Graphics processors that the command may use: model, memory, driver, power limit",
  looks: "once",
  async read({ env, procRoot }) {
    const answer = await askNvidia(env);
    if ("absent" in answer) return withoutNvidiaSmi(answer.absent, env, procRoot);
    const gpus = parseGpus(answer.text, env.CUDA_VISIBLE_DEVICES);
    return gpus.length === 0 ? { gpus, absent: { gpu: "hidden by CUDA_VISIBLE_DEVICES" } } : { gpus };
  },
});

/** The driver's library, where its program is missing; then AMD's, which need neither. */
async function withoutNvidiaSmi(reason: string, env: FactsContext["env"], procRoot: string): Promise<EnvironmentFacts> {
  const path = findNvml(env);
  if (path !== null) {
    try {
      const source = await openNvml(path);
      const gpus = visibleGpus(await source.read(), env);
      source.close();
      const driver = driverVersion(readText(join(procRoot, "driver", "nvidia", "version")));
      if (gpus.length === 0) return { gpus: [], absent: { gpu: "hidden by CUDA_VISIBLE_DEVICES" } };
      return { gpus: gpus.map(({ name, memoryTotal }) => ({ name, memoryBytes: memoryTotal, driver })) };
    } catch (error) {
      return { gpus: [], absent: { gpu: `${reason}; ${error instanceof Error ? error.message : String(error)}` } };
    }
  }
  const gpus = amdGpus(sysRoot(procRoot));
  return gpus.length > 0 ? { gpus } : { gpus, absent: { gpu: reason } };
}

/** `550.54.15` out of `NVRM version: NVIDIA UNIX x86_64 Kernel Module  550.54.15  Thu …`. */
function driverVersion(text: string | null): string | null {
  return /Kernel Module\D*?(?:x86_64|aarch64)?\s+(\d+\.\d+(?:\.\d+)?)\s/.exec(text ?? "")?.[1] ?? null;
}

/** Cards of AMD as the kernel lists them. */
function amdGpus(sys: string): Gpu[] {
  const folder = join(sys, "class", "drm");
  return namesIn(folder)
    .filter((name) => /^card\d+$/.test(name))
    .flatMap((name): Gpu[] => {
      const device = join(folder, name, "device");
      if (readText(join(device, "vendor")) !== "0x1002") return [];
      const bytes = Number(readText(join(device, "mem_info_vram_total")) ?? Number.NaN);
      return [
        {
          name: readText(join(device, "product_name")) || `AMD GPU ${readText(join(device, "device")) ?? ""}`.trim(),
          memoryBytes: Number.isFinite(bytes) ? bytes : null,
          driver: readText(join(sys, "module", "amdgpu", "version")),
        },
      ];
    });
}

function namesIn(path: string): string[] {
  try {
    return readdirSync(path).sort();
  } catch {
    return []; // no graphics at all
  }
}

/** One question, once. The driver's own library would be quicker, but this needs nothing to be installed. */
function askNvidia(env: FactsContext["env"]): Promise<{ text: string } | { absent: string }> {
  const program = onPath("nvidia-smi", env.PATH);
  if (program === null) return Promise.resolve({ absent: "no nvidia-smi" });
  return new Promise((resolve) => {
    execFile(program, QUERY, { timeout: TIMEOUT_MS, env: { ...env, LC_ALL: "C" } }, (error, stdout) => {
      resolve(error === null ? { text: stdout } : { absent: "nvidia-smi failed" });
    });
  });
}

/**
 * The lines of nvidia-smi as GPUs, in its order; `visible` is CUDA_VISIBLE_DEVICES (indices or UUIDs, a beginning is
 * enough): what it leaves out was not there for the command. Values in brackets (`[N/A]`) are null.
 */
export function parseGpus(text: string, visible: string | undefined): Gpu[] {
  const allowed = visible?.split(",").map((word) => word.trim());
  return text.split("\n").flatMap((line): Gpu[] => {
    const [index = "", uuid = "", name = "", mebibytes = "", driver = "", watts = ""] = line
      .split(",")
      .map((cell) => cell.trim());
    if (name === "") return [];
    if (
      allowed !== undefined &&
      !allowed.some((word) => word !== "" && (word === index || (word.includes("-") && uuid.startsWith(word))))
    )
      return [];
    const memory = Number(mebibytes);
    return [
      {
        name,
        memoryBytes: mebibytes !== "" && Number.isFinite(memory) ? memory * 1024 ** 2 : null,
        driver: driver === "" || driver.startsWith("[") ? null : driver,
        ...(/^\d+(?:\.\d+)?$/.test(watts) ? { powerLimitWatts: Number(watts) } : {}),
      },
    ];
  });
}
