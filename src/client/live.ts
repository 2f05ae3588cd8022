/** The live view's half in the page: new points, output and facts appear as they are logged. Never part of a built site. */
import { decodeNumber } from "../run/numbers.ts";
import { type AnsiStyle, ansiHtml, plainStyle } from "../views/ansi.ts";
import type { LiveMessage, RawPoint } from "../views/live-message.ts";
import { appendPoints, fetchPointsAgain, hydrateCharts, type Point } from "./charts.ts";

/** An open page shows this many lines of output at most; all of it is in the run's own directory. */
const OUTPUT_LINES = 5000;

/** Facts are asked for again at most this often, however many runs go on. */
const REFRESH_PAUSE_MS = 500;

const place = document.querySelector<HTMLElement>("[data-live-from]");
if (place) listen(place.dataset.liveStream ?? "", JSON.stringify(offsets(place.dataset.liveFrom ?? "{}")));

/** The output in this page was read a moment before the offsets were: it goes on where it says itself. */
function offsets(from: string): Record<string, Record<string, number>> {
  const runs = JSON.parse(from) as Record<string, Record<string, number>>; // ours: Live.astro
  for (const pre of document.querySelectorAll<HTMLElement>("[data-output-offset]")) {
    const run = runs[pre.dataset.output ?? ""];
    if (run !== undefined) run.output = Number(pre.dataset.outputOffset);
  }
  return runs;
}

function listen(stream: string, from: string): void {
  // Who opens a run in progress wants its newest line.
  for (const pre of document.querySelectorAll("[data-output-offset]")) pre.scrollTop = pre.scrollHeight;
  const source = new EventSource(`${stream}?from=${encodeURIComponent(from)}`);
  source.addEventListener("message", ({ data }) => receive(JSON.parse(String(data)) as LiveMessage)); // ours: live-stream.ts
  // The server was away: whatever happened meanwhile stands in the page that it makes now.
  let wasAway = false;
  source.addEventListener("error", () => {
    wasAway = true;
    document.documentElement.dataset.live = "away";
  });
  source.addEventListener("open", () => {
    document.documentElement.dataset.live = "on";
    if (wasAway) refresh();
    wasAway = false;
  });
  addEventListener("pagehide", () => source.close());
}

function receive(message: LiveMessage): void {
  if (message.kind === "record") {
    refresh();
    return;
  }
  const { run, series, system, events, output, rewritten } = message;
  if (output !== "") appendOutput(run, output);
  appendPoints(run, { series: series.map(toPoint), system: system.map(toPoint), events });
  if (rewritten) fetchPointsAgain(run);
}

function toPoint([tag, step, t, value]: RawPoint): Point {
  return { tag, step: decodeNumber(step), t, value: decodeNumber(value) };
}

const styles = new WeakMap<Element, AnsiStyle>();

function appendOutput(run: string, text: string): void {
  for (const pre of document.querySelectorAll<HTMLElement>(`[data-output="${CSS.escape(run)}"]`)) {
    const atEnd = pre.scrollTop + pre.clientHeight >= pre.scrollHeight - 4;
    const { html, style } = ansiHtml(text, styles.get(pre) ?? plainStyle);
    styles.set(pre, style);
    // A piece of its own for each message, so that the oldest can be taken away whole.
    pre.insertAdjacentHTML("beforeend", `<span>${html}</span>`);
    let lines = 0;
    for (let piece = pre.lastChild; piece !== null; piece = piece.previousSibling) {
      lines += piece.textContent?.split("\n").length ?? 0;
      if (lines > OUTPUT_LINES) {
        while (piece.previousSibling) piece.previousSibling.remove();
        break;
      }
    }
    if (atEnd) pre.scrollTop = pre.scrollHeight;
  }
}

let refreshing: "no" | "now" | "again" = "no";

/** Asks for this page once more and puts its live regions in the place of what stands here. */
function refresh(): void {
  if (refreshing !== "no") {
    refreshing = "again";
    return;
  }
  refreshing = "now";
  const started = performance.now();
  void replaceRegions().finally(() => {
    setTimeout(
      () => {
        const again = refreshing === "again";
        refreshing = "no";
        if (again) refresh();
      },
      Math.max(0, REFRESH_PAUSE_MS - (performance.now() - started)),
    );
  });
}

async function replaceRegions(): Promise<void> {
  const response = await fetch(location.href, { headers: { accept: "text/html" } }).catch(() => null);
  if (response === null || !response.ok) return; // the stream will say when the server is back
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
  for (const old of document.querySelectorAll<HTMLElement>("[data-live]:not(html)")) {
    const twin = fresh.querySelector<HTMLElement>(`[data-live="${CSS.escape(old.dataset.live ?? "")}"]`);
    if (twin === null || isSame(old, twin)) continue;
    const focus = focusPath(old);
    const node = document.adoptNode(twin);
    old.replaceWith(node);
    hydrateCharts(node);
    focus(node);
    // Other modules set up what is theirs in it.
    node.dispatchEvent(new Event("guild:replaced", { bubbles: true }));
  }
}

/** A region with a shape (charts) is replaced only when the shape differs: its charts have grown by themselves. */
function isSame(old: HTMLElement, twin: HTMLElement): boolean {
  const shape = old.dataset.liveShape;
  if (shape !== undefined) return shape === twin.dataset.liveShape;
  const known = served.get(old) ?? old.innerHTML;
  if (known === twin.innerHTML) return true;
  served.set(twin, twin.innerHTML);
  return false;
}

/** What the server sent for a region: scripts may have changed it since. */
const served = new WeakMap<Element, string>();

/** Who is typing or tabbing in a region stays where they are. */
function focusPath(region: HTMLElement): (node: HTMLElement) => void {
  const active = document.activeElement;
  if (active === null || !region.contains(active)) return () => {};
  const at = [...region.querySelectorAll("a, button, input, [tabindex]")].indexOf(active);
  return (node) => {
    const element = [...node.querySelectorAll("a, button, input, [tabindex]")][at];
    if (element instanceof HTMLElement) element.focus({ preventScroll: true });
  };
}
