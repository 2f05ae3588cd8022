import type { IncomingMessage, ServerResponse } from "node:http";
import { type LogNews, type LogOffsets, logOffsets, logStart, readLogNews } from "../../src/load/live.ts";
import { encodeNumber } from "../../src/run/numbers.ts";
import type { LiveMessage, RawPoint } from "../../src/views/live-message.ts";
import type { Pulse } from "./pulse.ts";

/** A public record is rewritten every second or so; a page asks for its facts again at most this often. */
const RECORD_PAUSE_MS = 250;

/**
 * Answers one open page with server-sent events until it closes: points, events and output of runs in progress as their logs
 * grow, and the ids of runs whose facts have changed.
 *
 * The page says how far it has seen each log (`?from=`, JSON by run id); a browser that reconnects says it in
 * `Last-Event-ID`. So nothing is missed and nothing is sent twice.
 */
export function streamNews(root: string, pulse: Pulse, request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(200, {
    "content-type": "text/event-stream",
    "cache-control": "no-store",
    connection: "keep-alive",
    "x-accel-buffering": "no",
  });
  response.write("retry: 1000\n\n");
  const seen = new Map<string, LogOffsets>(Object.entries(parseOffsets(request)));
  const send = (message: LiveMessage) =>
    response.write(`id: ${JSON.stringify(Object.fromEntries(seen))}\ndata: ${JSON.stringify(message)}\n\n`);

  const sendLogs = () => {
    for (const id of pulse.inProgress()) {
      // A run that the page knows nothing of: whatever it shows of it later, it fetches then.
      if (!seen.has(id)) seen.set(id, logOffsets(root, id));
    }
    // A run that has ended is read once more below, when its record says so.
    for (const id of pulse.inProgress()) sendNews(id);
  };
  const sendNews = (id: string) => {
    for (;;) {
      const from = seen.get(id) ?? logStart;
      const news = readLogNews(root, id, from);
      if (sameOffsets(from, news.next)) return;
      seen.set(id, news.next);
      send(newsMessage(id, news));
    }
  };
  const sendRecord = throttled(RECORD_PAUSE_MS, (id: string) => {
    if (seen.has(id)) sendNews(id);
    send({ kind: "record", run: id });
  });

  sendLogs();
  const stops = [pulse.onLog(sendLogs), pulse.onRecord(sendRecord.call), sendRecord.stop];
  response.on("close", () => {
    for (const stop of stops) stop();
  });
}

function newsMessage(run: string, { scalars, system, events, output, rewritten }: LogNews): LiveMessage {
  return {
    kind: "log",
    run,
    series: scalars.map(({ t, k, v, step }): RawPoint => [k, encodeNumber(step), t / 1e6, encodeNumber(v)]),
    system: system.flatMap(({ t, v }) =>
      Object.entries(v).map(([tag, value]): RawPoint => [tag, 0, t / 1e6, encodeNumber(value)]),
    ),
    events,
    output,
    rewritten,
  };
}

/** Offsets come from a page, and pages come from anywhere: what is not a count is left out. */
function parseOffsets(request: IncomingMessage): Record<string, LogOffsets> {
  const text = request.headers["last-event-id"] ?? new URL(request.url ?? "/", "http://local").searchParams.get("from");
  try {
    const raw: unknown = JSON.parse(String(text));
    if (typeof raw !== "object" || raw === null) return {};
    return Object.fromEntries(
      Object.entries(raw as Record<string, Record<string, unknown>>) // a door: every value is looked at
        .filter(([id]) => /^[\w-]+$/.test(id))
        .map(([id, offsets]) => [
          id,
          {
            scalars: count(offsets?.scalars),
            system: count(offsets?.system),
            events: count(offsets?.events),
            output: count(offsets?.output),
          },
        ]),
    );
  } catch {
    return {};
  }
}

function count(raw: unknown): number {
  return typeof raw === "number" && Number.isSafeInteger(raw) && raw >= 0 ? raw : 0;
}

function sameOffsets(a: LogOffsets, b: LogOffsets): boolean {
  return a.scalars === b.scalars && a.system === b.system && a.events === b.events && a.output === b.output;
}

/** Calls `act` at once, and at most once in `pauseMs` for each id; what came in between is said at the end of the pause. */
function throttled(pauseMs: number, act: (id: string) => void): { call: (id: string) => void; stop: () => void } {
  const pauses = new Map<string, { timer: NodeJS.Timeout; again: boolean }>();
  const call = (id: string) => {
    const pause = pauses.get(id);
    if (pause !== undefined) {
      pause.again = true;
      return;
    }
    act(id);
    const timer = setTimeout(() => {
      const { again } = pauses.get(id)!;
      pauses.delete(id);
      if (again) call(id);
    }, pauseMs);
    pauses.set(id, { timer, again: false });
  };
  return {
    call,
    stop: () => {
      for (const { timer } of pauses.values()) clearTimeout(timer);
    },
  };
}
