import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { SECRETS_MET } from "../../src/load/redactor.ts";
import type { Accumulator } from "../../src/run/accumulate.ts";
import { derive } from "../../src/run/derive.ts";
import { formatEvents } from "../../src/run/events-file.ts";
import type { Redactor } from "../../src/run/redact.ts";
import { makeRecordGate } from "../../src/run/redact-run.ts";
import { formatRun } from "../../src/run/run-file.ts";
import { formatSeries } from "../../src/run/series-file.ts";
import type { Derived, Run } from "../../src/run/types.ts";
import { openOutputText } from "./output-text.ts";
import { replaceFile } from "./replace-file.ts";

/** What a run's public record may take, images and notes aside; and its parts, of which `series.json` gets what is left. */
const TOTAL_BYTES = 250_000;
const SERIES_BYTES = 128_000;
const SYSTEM_BYTES = 64_000;
const RUN_BYTES = 60_000;

export interface PublicRecord {
  /**
   * Writes what has changed since the last time, `run.json` last; where room is `scarce`, first. One file that cannot be written
   * does not keep the others from it. Throws the first thing that the file system throws.
   */
  write(run: Run, log: Accumulator, scarce?: boolean): Promise<void>;
  /** What was derived for the last writing; null before the first. */
  derived(): Derived | null;
}

/**
 * The files of `content/runs/<id>/` that are made of the exact log: the recorder writes them while the run goes on, and
 * `guild runs refresh` writes them again. A person's files (`edits.yml`, `notes.md`) are never touched.
 */
export function openPublicRecord(contentDir: string, outputLog: string, redactor: Redactor): PublicRecord {
  const written = new Map<string, string>();
  let made = false;
  const replace = async (name: string, text: string): Promise<void> => {
    if (written.get(name) === text) return;
    // Made once. Whoever deletes it while the run goes on wants no record.
    if (!made) await mkdir(contentDir, { recursive: true });
    made = true;
    await replaceFile(join(contentDir, name), text);
    written.set(name, text);
  };
  const gate = makeRecordGate(redactor);
  const outputNow = openOutputText(outputLog, redactor);
  let met = "[]";
  let derived: Derived | null = null;
  return {
    derived: () => derived,
    async write(run, log, scarce = false) {
      const output = outputNow();
      const [allSeries, allSystem] = [log.series(), log.system()];
      derived = derive({ run, series: allSeries, system: allSystem, events: log.events(), output });
      const runText = formatRun(fitRun(gate.run({ ...run, scalars: log.scalars(), system: log.systemSummary(), derived })));
      const events = formatEvents(gate.events(log.events()));
      const system = formatSeries(gate.series(allSystem), SYSTEM_BYTES);
      const rest = [runText, events, output, system].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
      const series = formatSeries(gate.series(allSeries), Math.min(SERIES_BYTES, TOTAL_BYTES - rest));
      // `run.json` last, so that whoever is told by its change finds the others new as well.
      const files = [
        ["series.json", series],
        ["system.json", system],
        ["events.json", events],
        ...(existsSync(outputLog) ? [["output.txt", output] as const] : []), // deleted: what was shown of it stays
      ] as const;
      const status = ["run.json", runText] as const;
      let trouble: unknown = null;
      for (const [name, text] of scarce ? [status, ...files] : [...files, status]) {
        try {
          await replace(name, text);
        } catch (error) {
          trouble ??= error;
        }
      }
      if (trouble !== null) throw trouble;
      // They stand in the exact log anyway; whoever rebuilds the record from it has to hide them again.
      const metNow = JSON.stringify(redactor.met());
      if (metNow !== met) await replaceFile(join(dirname(outputLog), SECRETS_MET), `${metNow}\n`);
      met = metNow;
    },
  };
}

/** What did not fit into `run.json`, by key. */
type Fitted = Run & { omitted?: Record<string, number> };

/** A run with thousands of tags or very long words, cut to the file's budget; what was left out is counted under `omitted`. */
export function fitRun(run: Run): Fitted {
  if (Buffer.byteLength(formatRun(run)) <= RUN_BYTES) return run;
  const command = run.command.slice(0, 100).map((word) => (word.length > 500 ? `${word.slice(0, 500)}…` : word));
  const flags = Object.fromEntries(
    Object.entries(run.flags)
      .slice(0, 100)
      .map(([name, value]) => [name, shortFlag(value)]),
  );
  let fitted: Fitted = { ...run, command, flags };
  for (let kept = 1000; kept >= 1 && Buffer.byteLength(formatRun(fitted)) > RUN_BYTES; kept = Math.floor(kept / 2)) {
    const scalars = Object.fromEntries(Object.entries(run.scalars).slice(0, kept));
    const files = run.files.slice(0, kept);
    const omitted = {
      scalars: Object.keys(run.scalars).length - Object.keys(scalars).length,
      files: run.files.length - files.length,
      words: run.command.length - command.length,
    };
    fitted = { ...fitted, scalars, files, omitted };
  }
  return fitted;
}

function shortFlag(value: Run["flags"][string]): Run["flags"][string] {
  if (typeof value === "string" && value.length > 300) return `${value.slice(0, 300)}…`;
  return Array.isArray(value) ? value.slice(0, 20).map(shortFlag) : value;
}
