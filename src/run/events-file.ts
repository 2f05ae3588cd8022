import { utf8Length } from "./series-file.ts";
import { checkSchema, finite, list, number, object, orElse, orNull, text } from "./shape.ts";
import type { EventKind, RunEvent } from "./types.ts";

const KINDS = ["epoch", "checkpoint", "eval", "restart", "nan", "image", "note"] as const;

/** What `events.json` may take of a run's 250 KB. */
const BUDGET_BYTES = 12_000;

/**
 * Reads `events.json`, in order of time. A kind that this version does not know becomes a `note` whose detail begins with it.
 * Throws ToolError `invalid-run-file`, or `newer-schema` for a newer format.
 */
export function parseEvents(raw: unknown): RunEvent[] {
  const file = object(raw, "events.json");
  checkSchema(file, "events.json");
  return list(file.events, "events").map((item, index) => parseEvent(item, `events[${index}]`));
}

/** Reads one event, of `events.json` or of a line of `events.jsonl`. */
export function parseEvent(raw: unknown, key: string): RunEvent {
  const event = object(raw, key);
  const word = text(event.kind, `${key}.kind`);
  const kind: EventKind = KINDS.find((known) => known === word) ?? "note";
  const detail = orElse(event.detail, `${key}.detail`, text, "");
  return {
    ...event,
    step: orNull(event.step, `${key}.step`, number),
    t: finite(event.t, `${key}.t`),
    kind,
    detail: kind === word ? detail : `${word}: ${detail}`,
  };
}

/**
 * The text of `events.json`, one event a line, in order of time. When there are too many for the file's budget, every second
 * one of the commonest kind is left out until they fit (first and last of a kind stay); `omitted` counts them.
 */
export function formatEvents(events: RunEvent[]): string {
  let kept = [...events].sort((a, b) => a.t - b.t);
  while (sizeOf(kept) > BUDGET_BYTES && kept.length > 2) kept = halveCommonest(kept);
  const omitted = events.length - kept.length;
  const tail = omitted > 0 ? `,"omitted":${omitted}` : "";
  if (kept.length === 0) return `{"schema":1,"events":[]${tail}}\n`;
  return `{"schema":1,"events":[\n${kept.map(eventText).join(",\n")}\n]${tail}}\n`;
}

/** One event as JSON on one line. */
export function eventText(event: RunEvent): string {
  const { step, t, kind, detail, ...unknown } = event;
  return JSON.stringify({ step, t: Math.round(t * 1000) / 1000, kind, detail: detail.slice(0, 200), ...unknown });
}

function sizeOf(events: RunEvent[]): number {
  return events.reduce((sum, event) => sum + utf8Length(eventText(event)) + 2, 60);
}

/** Leaves out every second event of the commonest kind until at most `limit` are left; gives `events` itself when they are few. */
export function thinEvents(events: RunEvent[], limit: number): RunEvent[] {
  let kept = events;
  while (kept.length > limit && kept.length > 2) kept = halveCommonest(kept);
  return kept;
}

function halveCommonest(events: RunEvent[]): RunEvent[] {
  const counts = new Map<EventKind, number>();
  for (const event of events) counts.set(event.kind, (counts.get(event.kind) ?? 0) + 1);
  const [kind, count] = [...counts].reduce((most, next) => (next[1] > most[1] ? next : most));
  if (count <= 2) return events.slice(0, Math.ceil(events.length / 2));
  let index = -1;
  return events.filter((event) => {
    if (event.kind !== kind) return true;
    index += 1;
    return index % 2 === 0 || index === count - 1;
  });
}
