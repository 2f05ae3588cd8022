import { type ChartState, DEFAULT_STATE } from "../views/chart-state.ts";
import type { XKind } from "../views/line-model.ts";
import { readAddress, writeAddress } from "./address.ts";
import { ChartControls } from "./chart-controls.ts";
import { ChartFigure } from "./chart-figure.ts";
import { ChartStore, type NewPoints } from "./chart-store.ts";

/** Where the cursor stands, and which chart shows its tooltip. */
export interface Cursor {
  x: number;
  kind: XKind;
  figure: ChartFigure;
  /** Pixels from the top of the plot, to find the nearest line; null when moved by keyboard. */
  pointerY: number | null;
}

/** The charts of a page, which share one cursor, one zoom, one smoothing and one choice of axis. */
export class ChartPage {
  readonly store = new ChartStore();
  state: ChartState = DEFAULT_STATE;
  private readonly figures = new Map<Element, ChartFigure>();
  private readonly controls: ChartControls[] = [];
  private readonly near = new IntersectionObserver((entries) => this.meet(entries), { rootMargin: "200px 0px" });
  private cursor: Cursor | null = null;
  private frame = 0;
  private readonly dirty = new Set<ChartFigure>();
  private cursorMoved = false;

  constructor() {
    const { state, refused } = readAddress();
    this.state = state;
    this.refused = refused;
  }

  private readonly refused: readonly string[];

  /** Takes over the figures and controls below `root`; those it has already are left alone, those gone are forgotten. */
  adopt(root: ParentNode): void {
    for (const [element, figure] of this.figures) {
      if (element.isConnected) continue;
      this.near.unobserve(element);
      this.figures.delete(element);
      this.dirty.delete(figure);
      if (this.cursor?.figure === figure) this.cursor = null;
    }
    for (const form of root.querySelectorAll<HTMLFormElement>("form[data-chart-controls]")) {
      if (this.controls.some((one) => one.form === form)) continue;
      const controls = new ChartControls(form, this);
      controls.show(this.state, this.defaultKind());
      if (this.refused.length > 0) controls.tell(`Not understood in the address and ignored: ${this.refused.join(", ")}.`);
      this.controls.push(controls);
    }
    for (const element of root.querySelectorAll<HTMLElement>("figure[data-chart]")) {
      if (this.figures.has(element)) continue;
      const figure = ChartFigure.of(element, this);
      if (figure === null) continue;
      this.figures.set(element, figure);
      this.near.observe(element);
    }
    for (const controls of this.controls) controls.show(this.state, this.defaultKind());
  }

  /** Changes what people can choose, in the address too, and draws again what can be seen. */
  change(change: Partial<ChartState>): void {
    this.state = { ...this.state, ...change };
    writeAddress(this.state);
    for (const controls of this.controls) controls.show(this.state, this.defaultKind());
    for (const figure of this.figures.values()) this.redraw(figure);
  }

  /** The axis of charts that have not been told otherwise. */
  defaultKind(): XKind {
    const [first] = this.figures.values();
    return this.state.x ?? first?.spec.x ?? "step";
  }

  /** Zooms every chart to a stretch of one chart's axis. */
  zoom(range: readonly [number, number] | null, kind: XKind): void {
    this.change(range === null || this.defaultKind() === kind ? { range } : { range, x: kind });
  }

  append(runId: string, points: NewPoints): void {
    if (!this.store.append(runId, points)) return;
    for (const figure of this.figures.values()) if (figure.shows(runId)) this.redraw(figure);
  }

  /** The charts stay as they are when the files cannot be had: a server that went away is told elsewhere. */
  async fetchAgain(runId: string): Promise<void> {
    const renewed = await this.store.reload(runId).catch(() => false);
    if (!renewed) return;
    for (const figure of this.figures.values()) if (figure.shows(runId)) this.redraw(figure);
  }

  moveCursor(cursor: Cursor | null): void {
    this.cursor = cursor;
    this.cursorMoved = true;
    this.schedule();
  }

  /** Draws a figure in the next frame; several changes before it are drawn at once. */
  redraw(figure: ChartFigure): void {
    this.dirty.add(figure);
    this.schedule();
  }

  private schedule(): void {
    if (this.frame === 0) this.frame = requestAnimationFrame(() => this.draw());
  }

  private draw(): void {
    this.frame = 0;
    for (const figure of this.dirty) {
      if (!figure.near) continue;
      figure.draw();
      this.dirty.delete(figure);
      this.cursorMoved = true;
    }
    if (!this.cursorMoved) return;
    this.cursorMoved = false;
    for (const figure of this.figures.values()) if (figure.near) figure.showCursor(this.cursor);
  }

  /** Figures wake when they come near the window, and draw then what they missed. */
  private meet(entries: IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting } of entries) {
      const figure = this.figures.get(target);
      if (figure === undefined) continue;
      figure.near = isIntersecting;
      // Ready for use: with its points where it can be seen, and asleep where it cannot.
      if (isIntersecting) void figure.wake().finally(() => figure.markReady());
      else figure.markReady();
      if (isIntersecting && this.dirty.has(figure)) this.schedule();
    }
  }
}
