/** What decides about the mapping of CUDA's numbers to the driver's. */
export interface VisibleGpu {
  index: number;
  uuid: string;
  name: string;
}

/**
 * The GPUs that CUDA_VISIBLE_DEVICES leaves to the command, in the driver's order; all when it is not set.
 *
 * Words are numbers or beginnings of UUIDs; as CUDA does, the list ends at the first word that names none (`-1`, an empty word).
 * CUDA counts the fastest first unless CUDA_DEVICE_ORDER says PCI_BUS_ID, the driver by bus: where the GPUs are not all of one
 * model and numbers are used, nobody but CUDA knows which is meant, and all are given. So also for parts of a GPU (`MIG-…`).
 */
export function visibleGpus<T extends VisibleGpu>(gpus: readonly T[], env: Readonly<Record<string, string | undefined>>): T[] {
  const visible = env.CUDA_VISIBLE_DEVICES;
  if (visible === undefined) return [...gpus];
  const words = visible.split(",").map((word) => word.trim());
  const byBus = env.CUDA_DEVICE_ORDER === "PCI_BUS_ID" || new Set(gpus.map(({ name }) => name)).size <= 1;
  if (words.some((word) => word.startsWith("MIG-") || (/^\d+$/.test(word) && !byBus))) return [...gpus];
  const chosen = new Set<T>();
  for (const word of words) {
    const gpu = gpus.find(({ index, uuid }) => word === String(index) || (word.startsWith("GPU-") && uuid.startsWith(word)));
    if (gpu === undefined) break;
    chosen.add(gpu);
  }
  return gpus.filter((gpu) => chosen.has(gpu));
}
