import { execFile } from "node:child_process";
import type { Gpu } from "../../src/run/types.ts";
import { defineFacts, type FactsContext } from "./_contract.ts";
import { onPath } from "./_path.ts";

const QUERY = ["--query-gpu=index,uuid,name,memory.total,driver_version", "--format=csv,noheader,nounits"];
const TIMEOUT_MS = 5000;

export default defineFacts({
  summary: "NVIDIA graphics processors that the command may use: model, memory, driver",
  async read({ env }) {
    const answer = await askNvidia(env);
    if ("absent" in answer) return { gpus: [], absent: { gpu: answer.absent } };
    const gpus = parseGpus(answer.text, env.CUDA_VISIBLE_DEVICES);
    return gpus.length === 0 ? { gpus, absent: { gpu: "hidden by CUDA_VISIBLE_DEVICES" } } : { gpus };
  },
});

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
    const [index = "", uuid = "", name = "", mebibytes = "", driver = ""] = line.split(",").map((cell) => cell.trim());
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
      },
    ];
  });
}
