import { figureParts, tableHtml } from "../charts/figure.ts";
import { drawCursor } from "../charts/line-cursor.ts";
import { type LineLayout, layout } from "../charts/line-layout.ts";
import { tooltipHtml } from "../charts/tooltip.ts";
import { formatValue } from "../run/units.ts";
import type { ChartSpec } from "../views/chart-spec.ts";
import { cursorPlaces, nearestIndex, readingsAt, spokenReading } from "../views/cursor-reading.ts";
import { lineChart } from "../views/line-chart.ts";
import type { Line, LineChartModel } from "../views/line-model.ts";
import { listenToExports } from "./chart-export-menu.ts";
import type { ChartPage, Cursor } from "./chart-page.ts";
import { ChartPointer } from "./chart-pointer.ts";

/** Pixels from cursor to tooltip, and from the figure's edge to the plot. */
const GAP = 14;
const LEFT = 52;

/** One figure of the page: its elements, and what they show now. */
export class ChartFigure {
  readonly element: HTMLElement;
  readonly spec: ChartSpec;
  readonly page: ChartPage;
  readonly height: number;
  /** Near the window: what is far away is drawn when it comes. */
  near = false;
  model: LineChartModel | null = null;
  placed: LineLayout | null = null;
  /** Where the cursor can stand, ascending. */
  places: number[] = [];
  private readonly base: string;
  private readonly pointer: ChartPointer;
  private readonly over: SVGSVGElement;
  private readonly tip: HTMLElement;
  /** What was last written, by selector. */
  private readonly written = new Map<string, string>();
  /** As last laid out, in pixels: asking the page while drawing would make it lay out everything at once. */
  private tipWidth = 0;
  private plotWidth = 0;
  /** Right of the plot. */
  private room = 0;
  private share = 0;
  private awake = false;
  private tableIsOld = false;

  /** Null for a figure that does not hold what a chart holds. */
  static of(element: HTMLElement, page: ChartPage): ChartFigure | null {
    const spec = element.querySelector('script[type="application/json"]')?.textContent;
    const plot = element.querySelector<HTMLElement>(".chart-plot");
    // The page's own build wrote the spec: the one place where it is not checked again.
    return spec && plot ? new ChartFigure(element, plot, JSON.parse(spec) as ChartSpec, page) : null;
  }

  private constructor(element: HTMLElement, plot: HTMLElement, spec: ChartSpec, page: ChartPage) {
    this.element = element;
    this.spec = spec;
    this.page = page;
    this.height = Number(element.dataset.height);
    this.base = element.dataset.base ?? "/";
    this.over = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    this.over.setAttribute("class", "plot chart-over");
    this.over.setAttribute("width", "100%");
    this.over.setAttribute("height", String(this.height));
    this.over.setAttribute("aria-hidden", "true");
    this.tip = document.createElement("div");
    this.tip.className = "chart-tip";
    // Everything in it is spoken by the slider's own text.
    this.tip.setAttribute("aria-hidden", "true");
    this.tip.hidden = true;
    this.pointer = new ChartPointer(this);
    plot.append(this.over, this.pointer.slider, this.pointer.selection, this.tip);
    // Told after layout and before paint: the tooltip never stands in the wrong place.
    const sizes = new ResizeObserver(() => {
      if (this.tip.hidden) return;
      // Below the plot it is as wide as the figure, which says nothing about how wide it wants to be.
      if (!this.tip.classList.contains("below")) this.tipWidth = this.tip.offsetWidth;
      this.plotWidth = plot.clientWidth;
      this.room = element.clientWidth - LEFT - this.plotWidth;
      this.placeTip();
    });
    sizes.observe(this.tip);
    sizes.observe(plot);
    this.find("details.chart-table")?.addEventListener("toggle", () => this.fillTable());
    this.find(".chart-keys")?.addEventListener("click", (event) => this.toggle(event));
    listenToExports(this);
  }

  shows(runId: string): boolean {
    return this.spec.runs.some((run) => run.id === runId);
  }

  /** Fetches the points once; the picture stands already, and is drawn again only if people had chosen something. */
  async wake(): Promise<void> {
    if (this.awake) return;
    this.awake = true;
    try {
      await Promise.all(this.spec.runs.map((run) => this.page.store.load(this.base, run.id)));
    } catch (error) {
      // As a picture the figure is complete. The next time it comes into view there is another try.
      this.awake = false;
      console.warn(`Points of ${this.spec.title} could not be read, it stays a picture: ${error}`);
      return;
    }
    this.think();
    this.page.redraw(this);
  }

  /** For whoever waits until a page can be used. */
  markReady(): void {
    this.element.dataset.ready = "";
  }

  /** Draws everything anew from the points that are here. */
  draw(): void {
    if (!this.awake) return;
    const model = this.think();
    if (model === null) return;
    const parts = figureParts(model, this.height, true);
    const plot = this.find(".chart-plot > svg.plot:not(.chart-over)");
    // What the build drew is read once; from then on this module knows what stands there.
    const drawn = this.written.get(".chart-plot") ?? plot?.outerHTML;
    if (plot !== null && drawn !== parts.plot) plot.outerHTML = parts.plot;
    this.written.set(".chart-plot", parts.plot);
    this.element.dataset.keys = parts.keysMode;
    this.element.style.setProperty("--room", `${parts.labelRoom}px`);
    this.write(".chart-keys", parts.keys);
    this.write(".chart-caption", parts.caption);
    this.tableIsOld = true;
    this.fillTable();
    this.pointer.refresh();
  }

  /** Shows the page's cursor; the tooltip only where people point. */
  showCursor(cursor: Cursor | null): void {
    const { model, placed } = this;
    if (model === null || placed === null) return;
    const [from, to] = placed.x?.domain ?? [0, -1];
    const here = cursor !== null && cursor.kind === model.xKind && cursor.x >= from && cursor.x <= to ? cursor : null;
    this.over.innerHTML = here === null ? "" : drawCursor(model, placed, here.x);
    this.showValues(here?.x ?? null);
    const mine = here !== null && here.figure === this;
    this.tip.hidden = !mine;
    if (!mine) return;
    this.tip.innerHTML = tooltipHtml(model, here.x, this.nearestLine(here));
    this.pointer.speak(nearestIndex(this.places, here.x), spokenReading(model, here.x));
    this.share = placed.x?.share(here.x) ?? 0;
    this.placeTip();
  }

  private think(): LineChartModel | null {
    const data = this.page.store.loaded();
    if (this.spec.runs.some((run) => !data.has(run.id))) return null;
    this.model = lineChart(this.spec, data, this.page.state);
    this.placed = layout(this.model, this.height);
    this.places = cursorPlaces(this.model);
    return this.model;
  }

  private nearestLine(cursor: Cursor): Line | null {
    const { model, placed } = this;
    if (model === null || placed?.y == null || cursor.pointerY === null) return null;
    let nearest: Line | null = null;
    let least = Number.POSITIVE_INFINITY;
    for (const { line, index } of readingsAt(model, cursor.x)) {
      const away = Math.abs(placed.y.place(line.smooth?.[index] ?? line.y[index]!) - cursor.pointerY);
      if (away < least) [nearest, least] = [line, away];
    }
    return nearest;
  }

  /** The names of the lines say the values at the cursor, in every chart of the page. */
  private showValues(x: number | null): void {
    const { model } = this;
    if (model === null) return;
    const readings = new Map(x === null ? [] : readingsAt(model, x).map(({ line, index }) => [line.key, line.y[index]!]));
    for (const item of this.element.querySelectorAll<HTMLElement>(".chart-keys > li")) {
      const value = item.querySelector<HTMLElement>(".value");
      if (value === null) continue;
      value.dataset.end ??= value.textContent ?? "";
      const reading = readings.get(item.dataset.key ?? "");
      const text = x === null ? value.dataset.end : reading === undefined ? "–" : this.format(reading);
      if (value.textContent !== text) value.textContent = text;
    }
  }

  private format(value: number): string {
    return this.model === null ? "" : formatValue(value, this.model.unit);
  }

  /** Beside the cursor where there is room on a side; below the plot, as wide as the figure, where there is none. */
  private placeTip(): void {
    if (this.tip.hidden) return;
    const at = this.share * this.plotWidth;
    // Labels at line ends may be covered, the figure's edge may not be crossed.
    const fitsRight = at + GAP + this.tipWidth <= this.plotWidth + this.room;
    const fitsLeft = at - GAP - this.tipWidth >= -LEFT;
    this.tip.classList.toggle("below", !fitsRight && !fitsLeft);
    this.tip.style.left = fitsRight ? `${at + GAP}px` : fitsLeft ? `${at - GAP - this.tipWidth}px` : "";
  }

  private fillTable(): void {
    const details = this.find<HTMLDetailsElement>("details.chart-table");
    if (!this.tableIsOld || this.model === null || details === null || !details.open) return;
    this.write(".chart-table-scroll", tableHtml(this.model));
    this.tableIsOld = false;
  }

  /** Switches a line; with Alt or Shift it is the only one, and once more brings all back. */
  private toggle(event: Event): void {
    const item = event.target instanceof Element ? event.target.closest<HTMLElement>("li[data-key]") : null;
    const key = item?.dataset.key;
    if (key === undefined || this.model === null) return;
    const { hidden } = this.page.state;
    const only = event instanceof MouseEvent && (event.altKey || event.shiftKey);
    const next = new Set(hidden);
    const keys = this.model.lines.map((line) => line.key);
    if (only) {
      const alone = keys.every((other) => (other === key) !== hidden.has(other));
      for (const other of keys)
        if (alone || other === key) next.delete(other);
        else next.add(other);
    } else if (!next.delete(key)) next.add(key);
    this.page.change({ hidden: next });
  }

  /** Writes only what changed, and keeps the keyboard's place in the list of lines. */
  private write(selector: string, html: string): void {
    const target = this.find(selector);
    if (target === null || this.written.get(selector) === html) return;
    this.written.set(selector, html);
    const focused = target.contains(document.activeElement) ? document.activeElement?.closest<HTMLElement>("[data-key]") : null;
    target.innerHTML = html;
    const key = focused?.dataset.key;
    if (key === undefined) return;
    for (const item of target.querySelectorAll<HTMLElement>("[data-key]")) {
      if (item.dataset.key === key) item.querySelector("button")?.focus();
    }
  }

  private find<E extends Element = HTMLElement>(selector: string): E | null {
    return this.element.querySelector<E>(selector);
  }
}
