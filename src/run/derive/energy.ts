import type { DerivedFigure, Series } from "../types.ts";
import { known, unknown } from "./figure.ts";
import { integralBetween } from "./weighted.ts";

/**
 * Joules of the GPUs over the whole run: measured where each has a counter, else estimated as the sum of sampled watts times the
 * seconds between samples. Whoever else used them is in it.
 */
export function gpuEnergy(system: readonly Series[]): DerivedFigure {
  const power = system.filter(({ tag }) => /^sys\/gpu[^/]*\/power$/.test(tag));
  const counters = system.filter(({ tag }) => /^sys\/gpu[^/]*\/energy$/.test(tag));
  if (power.length === 0 && counters.length === 0) return unknown("J", "no GPU that tells its power was seen");
  const uncounted = power.filter(({ tag }) => !counters.some((counter) => deviceOf(counter.tag) === deviceOf(tag)));
  const counted = counters.reduce((sum, { last }) => sum + (last.at(-1) ?? 0), 0);
  const summed = uncounted.reduce((sum, series) => sum + integralBetween(series, 0, Number.POSITIVE_INFINITY), 0);
  const note = uncounted.length === 0 ? "by the GPU's own counter" : "sampled power times time";
  return known(counted + summed, "J", note, { method: uncounted.length === 0 ? "measured" : "estimated" });
}

/** Joules of the processor packages over the whole run, by their counter: of everything that ran on the machine. */
export function cpuEnergy(system: readonly Series[]): DerivedFigure {
  const joules = system.find(({ tag }) => tag === "sys/cpu/energy")?.last.at(-1);
  if (joules === undefined) return unknown("J", "no energy counter of the processor can be read here");
  return known(joules, "J", "of the whole machine's processors, by their counter", { method: "measured" });
}

function deviceOf(tag: string): string {
  return tag.slice(0, tag.lastIndexOf("/"));
}
