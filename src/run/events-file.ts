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
  let kept = [...events].sort(inTime);
  while (sizeOf(kept) > BUDGET_BYTES && kept.length > 2) kept = halveCommonest(kept);
  const omitted = events.length - kept.length;
  const tail = omitted > 0 ? `,"omitted":${omitted}` : "";
  if (kept.length === 0) return `{"schema":1,"events":[]${tail}}\n`;
  return `{"schema":1,"events":[\n${kept.map(eventText).join(",\n")}\n]${tail}}\n`;
}

/** One event as JSON on one line. */
export function eventText(event: RunEvent): string {
  const { step, t, kind, detail, ...unknown } = event;
  return JSON.stringify({ step, t: milliseconds(t), kind, detail: detail.slice(0, 200), ...unknown });
}

/**
 * The order of events: by time as files keep it, then by kind and detail. The recorder knows finer times than its log does,
 * and what happened in one millisecond must not stand in another order when the record is made again from the log.
 */
export function inTime(a: RunEvent, b: RunEvent): number {
  return milliseconds(a.t) - milliseconds(b.t) || order(a.kind, b.kind) || order(a.detail, b.detail);
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function milliseconds(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
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
