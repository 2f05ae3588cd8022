import type { SystemLine } from "../../src/run/log-lines.ts";
import type { Probe, ProbeContext, Sampler } from "../probes/_contract.ts";

/** The second sample comes early, so that a short run has rates too. */
const FIRST_MS = 250;

/**
 * Milliseconds between two samples: a second in the first ten minutes, when people look closely, then five, and fifteen after six
 * hours. Rates are means over the whole interval, so nothing that happens between two samples is lost.
 */
export function sampleEveryMs(seconds: number): number {
  if (seconds < 600) return 1000;
  return seconds < 6 * 3600 ? 5000 : 15_000;
}

export interface SamplingContext extends ProbeContext {
  /** Whole microseconds since the start. */
  micros(): number;
  /** Called before the probes read. */
  beforeSample(): void;
  onSample(line: SystemLine): void;
  warn(message: string): void;
}

export interface Sampling {
  /** Sources that are not here, by probe, with the reason. */
  absent: Record<string, string>;
  stop(): void;
}

/**
 * Opens the probes and samples them: now, after a quarter of a second, and as `sampleEveryMs` says; when stopped, a last line holds what
 * probes still have to tell, if they do. A probe that throws is switched off for this run with one warning. Each sample is given to
 * `onSample` even when it holds nothing: it is also the heartbeat.
 */
export function startSampling(probes: Record<string, Probe>, context: SamplingContext): Sampling {
  const absent: Record<string, string> = {};
  const samplers = new Map<string, Sampler>();
  const off = (name: string, error: unknown): void => {
    samplers.delete(name);
    absent[name] = error instanceof Error ? error.message : String(error);
    context.warn(`The probe "${name}" was switched off: ${absent[name]}`);
  };
  for (const [name, probe] of Object.entries(probes)) {
    try {
      const opened = probe.open(context);
      if ("absent" in opened) absent[name] = opened.absent;
      else samplers.set(name, opened);
    } catch (error) {
      off(name, error);
    }
  }

  let last: number | null = null;
  const sample = (): void => {
    context.beforeSample();
    const t = context.micros();
    const elapsed = last === null ? null : (t - last) / 1e6;
    last = t;
    const values: Record<string, number> = {};
    for (const [name, sampler] of samplers) {
      try {
        Object.assign(values, sampler.sample(elapsed));
      } catch (error) {
        off(name, error);
      }
    }
    context.onSample({ t, v: values });
  };

  let timer: NodeJS.Timeout;
  const next = (): void => {
    sample();
    const now = context.micros() / 1000;
    const every = sampleEveryMs(now / 1000);
    timer = setTimeout(next, every - (now % every));
  };
  sample();
  timer = setTimeout(next, FIRST_MS);
  return {
    absent,
    stop() {
      clearTimeout(timer);
      const values: Record<string, number> = {};
      for (const [name, sampler] of samplers) {
        try {
          Object.assign(values, sampler.last?.());
          sampler.close();
        } catch (error) {
          off(name, error);
        }
      }
      if (Object.keys(values).length > 0) context.onSample({ t: context.micros(), v: values });
    },
  };
}
