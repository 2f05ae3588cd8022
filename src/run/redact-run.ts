/** The last gate before `content/`: what a program itself has named may hold a secret, too. */
import type { Redactor } from "./redact.ts";
import type { Run, RunEvent, Series } from "./types.ts";

const MOST_SEEN = 100_000;

export interface RecordGate {
  /** The run with redacted names of scalars, files, branch and details. What has been redacted already stays as it is. */
  run(run: Run): Run;
  series(series: readonly Series[]): Series[];
  events(events: readonly RunEvent[]): RunEvent[];
}

/**
 * Redacts what the recorder found out, rather than what it was told: tags, names of files, details of events, the branch. Names lose
 * secrets only: in them, a host's name is a word as any other. Two tags that become the same stand under the later one's numbers.
 */
export function makeRecordGate(redactor: Redactor): RecordGate {
  // The same few hundred names come once a second.
  const seen = new Map<string, string>();
  const name = (text: string): string => {
    const known = seen.get(text);
    if (known !== undefined) return known;
    const shown = redactor.secrets(text);
    if (seen.size < MOST_SEEN) seen.set(text, shown);
    return shown;
  };
  // A path and a tag are names; an epoch's number and the metrics of an evaluation are, too, until a program says more.
  const detail = ({ kind, detail }: RunEvent): string => (kind === "note" ? redactor.text(detail) : name(detail));
  const keys = <T>(map: Record<string, T>): Record<string, T> =>
    Object.fromEntries(Object.entries(map).map(([key, value]) => [name(key), value]));
  const text = (value: string | null): string | null => (value === null ? null : redactor.text(value));
  return {
    run: (run) => ({
      ...run,
      operation: name(run.operation),
      model: run.model === null ? null : name(run.model),
      command: run.command.map(redactor.text),
      label: text(run.label),
      tags: run.tags.map(redactor.text),
      flags: redactor.flags(run.flags),
      scalars: keys(run.scalars),
      system: keys(run.system),
      code: { ...run.code, branch: run.code.branch === null ? null : name(run.code.branch) },
      data: run.data && { ...run.data, sources: run.data.sources.map(redactor.text) },
      files: run.files.map((file) => ({ ...file, path: name(file.path) })),
      outside: run.outside.map(redactor.text),
      ...(run.notRead === undefined ? {} : { notRead: keys(run.notRead) }),
      ...(run.imported === undefined ? {} : { imported: run.imported.map(name) }),
    }),
    series: (series) => series.map((one) => ({ ...one, tag: name(one.tag) })),
    events: (events) => events.map((event) => ({ ...event, detail: detail(event) })),
  };
}
