import type { DerivedFigure, Series } from "../types.ts";
import { known, unknown } from "./figure.ts";
import type { Progress } from "./progress.ts";
import { meanBetween, stretchesBetween } from "./weighted.ts";

/** Without told steps the start of a program is taken to be over after so many seconds, or a quarter of its time. */
const START_SECONDS = 2;
/** A share of fewer seconds than these says nothing. */
const LEAST_SECONDS = 3;
/** Who runs less than this is not seen to train: it may sleep for any reason. */
const LEAST_BUSY = 0.02;
/** What may be one or the other may make up this much, or the share cannot be told: half of it is the error then. */
const DOUBT = 0.1;

/** The part of a run in which it trained: from the end of warm-up to its last step. Seconds since the start. */
export interface Steady {
  from: number;
  to: number;
  /** In words, for the notes. */
  words: string;
}

/** The steady part by the told steps; without them, all that was sampled but the start. */
export function steadyPart(progress: Progress | null, system: readonly Series[]): Steady {
  if (progress !== null && progress.to - progress.from >= LEAST_SECONDS)
    return { from: progress.from, to: progress.to, words: "after warm-up" };
  const end = Math.max(0, ...system.map(({ times }) => times.at(-1) ?? 0));
  return { from: Math.min(START_SECONDS, end / 4), to: end, words: "without the start" };
}

/** The mean share of time in which the GPUs were busy. */
export function gpuBusy(system: readonly Series[], steady: Steady): DerivedFigure {
  const means = gpus(system).flatMap((series) => meanBetween(series, steady.from, steady.to) ?? []);
  if (gpus(system).length === 0) return unknown("ratio", "no GPU was seen");
  if (means.length === 0) return unknown("ratio", "the run was too short for a sample");
  const several = means.length > 1 ? `, mean of ${means.length} GPUs` : "";
  return known(means.reduce((sum, mean) => sum + mean, 0) / means.length, "ratio", `${steady.words}${several}`);
}

/**
 * The share of time in which the training's main thread waited and nobody worked for it: for a loader, a disk, a network.
 *
 * While the main thread sleeps, other threads of its process, worker processes that do not say they are loaders, or a GPU may work
 * on its behalf; then waiting for data cannot be told from waiting for them. As long as that is at most a tenth of the time, the
 * middle is given, which is right within five points; beyond, the share is unknown and the note says why.
 */
export function dataWait(system: readonly Series[], steady: Steady): DerivedFigure {
  const busySeries = find(system, "op/main/busy");
  if (busySeries === undefined) return unknown("ratio", "its main thread could not be watched");
  const ranks = find(system, "op/main/ranks")?.last.at(-1) ?? 1;
  if (ranks > 1) return unknown("ratio", `one of ${ranks} ranks: it may have waited for the others`);
  const seconds = stretchesBetween(busySeries, steady.from, steady.to).reduce((sum, { weight }) => sum + weight, 0);
  const busy = meanBetween(busySeries, steady.from, steady.to);
  if (busy === null || seconds < LEAST_SECONDS) return unknown("ratio", `fewer than ${LEAST_SECONDS} s were sampled`);
  if (busy < LEAST_BUSY) return unknown("ratio", "it hardly used a processor: nobody knows what it waited for");
  const idle = Math.max(0, 1 - busy);
  const helpedSeries = find(system, "op/main/helped");
  const helped = helpedSeries === undefined ? 0 : (meanBetween(helpedSeries, steady.from, steady.to) ?? 0);
  const gpu = Math.max(0, ...gpus(system).map((series) => meanBetween(series, steady.from, steady.to) ?? 0));
  const doubt = Math.min(idle, helped + gpu);
  if (doubt > DOUBT) {
    const who = gpu > helped ? "a GPU" : "other threads or processes of it";
    return unknown("ratio", `its main thread waited ${percent(idle)} of the time, while ${who} worked: for what cannot be told`);
  }
  return known(idle - doubt / 2, "ratio", `main thread waiting, ${steady.words}`);
}

function gpus(system: readonly Series[]): Series[] {
  return system.filter(({ tag }) => /^sys\/gpu[^/]*\/util$/.test(tag));
}

function find(system: readonly Series[], tag: string): Series | undefined {
  return system.find((series) => series.tag === tag);
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
