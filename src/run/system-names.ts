/**
 * The system tags and what other trackers call the same thing. Pure data: the documentation shows it, exporters and importers use it.
 * `{}` stands for a number or a name. Their names: W&B's documentation of system metrics, MLflow's `system_metrics` package.
 */

/** Another tracker's name, and what our value is multiplied by to be theirs. */
export interface OtherName {
  name: string;
  factor: number;
}

export interface SystemName {
  tag: string;
  wandb: OtherName | null;
  mlflow: OtherName | null;
}

const PERCENT = 100;
const MEBIBYTES = 1 / 1024 ** 2;
const GIBIBYTES = 1 / 1024 ** 3;
const MEGABYTES = 1e-6;

/**
 * In the order in which they are shown. Where no factor leads from ours to theirs (MLflow counts network bytes since the start, ours is
 * a rate) there is null. W&B's `gpu.{}.memory` is the share of time in which memory was accessed, as is `sys/gpu{}/mem/util`.
 */
export const SYSTEM_NAMES: readonly SystemName[] = [
  row("op/cpu/util", ["cpu", PERCENT]),
  row("op/threads", ["proc.cpu.threads", 1]),
  row("op/mem/rss", ["proc.memory.rssMB", MEBIBYTES]),
  row("sys/cpu/util", null, ["system/cpu_utilization_percentage", PERCENT]),
  row("sys/mem/used", null, ["system/system_memory_usage_megabytes", MEGABYTES]),
  row("sys/disk{}/used", ["disk.{}.usageGB", GIBIBYTES], ["system/disk_usage_megabytes", MEGABYTES]),
  row("sys/disk{}/free", null, ["system/disk_available_megabytes", MEGABYTES]),
  row("sys/gpu{}/util", ["gpu.{}.gpu", PERCENT], ["system/gpu_{}_utilization_percentage", PERCENT]),
  row("sys/gpu{}/mem/util", ["gpu.{}.memory", PERCENT]),
  row("sys/gpu{}/mem/used", ["gpu.{}.memoryAllocatedBytes", 1], ["system/gpu_{}_memory_usage_megabytes", MEGABYTES]),
  row("sys/gpu{}/temp", ["gpu.{}.temp", 1]),
  row("sys/gpu{}/power", ["gpu.{}.powerWatts", 1], ["system/gpu_{}_power_usage_watts", 1]),
];

function row(tag: string, wandb: [string, number] | null, mlflow: [string, number] | null = null): SystemName {
  const named = (other: [string, number] | null): OtherName | null =>
    other === null ? null : { name: other[0], factor: other[1] };
  return { tag, wandb: named(wandb), mlflow: named(mlflow) };
}
