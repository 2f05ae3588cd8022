import { nearestIndex } from "../views/cursor-reading.ts";
import type { ChartFigure } from "./chart-figure.ts";

/** Pixels that a pointer has to travel before a drag is a zoom. */
const DRAG = 8;

/**
 * The hand on a chart: a native slider laid over the plot, so that arrow keys, touch and screen readers need nothing of ours.
 * A mouse moves the cursor by hovering and zooms by dragging; a finger moves the cursor.
 */
export class ChartPointer {
  readonly slider = document.createElement("input");
  readonly selection = document.createElement("div");
  private readonly figure: ChartFigure;
  /** Where a mouse went down, in pixels from the plot's left edge. */
  private dragFrom: number | null = null;
  private pointing = false;

  constructor(figure: ChartFigure) {
    this.figure = figure;
    const { slider } = this;
    slider.type = "range";
    slider.className = "chart-slider";
    slider.min = "0";
    slider.max = "0";
    slider.step = "1";
    slider.setAttribute("aria-label", `Cursor in ${figure.spec.title}`);
    slider.autocomplete = "off";
    this.selection.className = "chart-selection";
    this.selection.hidden = true;
    slider.addEventListener("pointermove", (event) => this.move(event));
    slider.addEventListener("pointerdown", (event) => this.press(event));
    slider.addEventListener("pointerup", (event) => this.release(event));
    slider.addEventListener("pointercancel", () => this.endDrag());
    slider.addEventListener("pointerleave", (event) => this.leave(event));
    slider.addEventListener("dblclick", () => figure.page.zoom(null, figure.model?.xKind ?? "step"));
    slider.addEventListener("input", () => this.step());
    slider.addEventListener("focus", () => {
      if (slider.matches(":focus-visible") && !this.pointing) this.step();
    });
    slider.addEventListener("blur", () => figure.page.moveCursor(null));
    slider.addEventListener("keydown", (event) => this.key(event));
  }

  /** Fits the slider to the places of a newly drawn chart. */
  refresh(): void {
    const most = Math.max(0, this.figure.places.length - 1);
    if (this.slider.max !== String(most)) this.slider.max = String(most);
    this.slider.disabled = this.figure.places.length === 0;
  }

  /** Says where the cursor is; the slider's own number would be an index. */
  speak(index: number, text: string): void {
    if (index >= 0) this.slider.value = String(index);
    this.slider.setAttribute("aria-valuetext", text);
  }

  private move(event: PointerEvent): void {
    this.pointing = true;
    const { model, places, placed, page } = this.figure;
    if (model === null || placed?.x == null) return;
    const box = this.slider.getBoundingClientRect();
    const [from, to] = placed.x.domain;
    const x = places[nearestIndex(places, from + ((event.clientX - box.left) / box.width) * (to - from))];
    if (x !== undefined) page.moveCursor({ x, kind: model.xKind, figure: this.figure, pointerY: event.clientY - box.top });
    if (this.dragFrom !== null) this.select(this.dragFrom, event.clientX - box.left, box.width);
  }

  private press(event: PointerEvent): void {
    this.pointing = true;
    if (event.pointerType === "mouse" && event.button === 0) this.dragFrom = this.offset(event);
    else this.move(event);
  }

  private release(event: PointerEvent): void {
    const from = this.dragFrom;
    this.endDrag();
    const { model, placed, page } = this.figure;
    if (from === null || model === null || placed?.x == null) return;
    const to = this.offset(event);
    if (Math.abs(to - from) < DRAG) return;
    const { width } = this.slider.getBoundingClientRect();
    const [first, last] = placed.x.domain;
    const at = (pixels: number) => first + (Math.min(width, Math.max(0, pixels)) / width) * (last - first);
    const range = [at(Math.min(from, to)), at(Math.max(from, to))] as const;
    page.zoom(rounded(range), model.xKind);
  }

  /** Keyboard and screen readers move the slider itself; what a pointer does to it is undone by the next `speak`. */
  private step(): void {
    const { model, places, page } = this.figure;
    const x = places[this.slider.valueAsNumber];
    if (this.pointing || model === null || x === undefined) return;
    page.moveCursor({ x, kind: model.xKind, figure: this.figure, pointerY: null });
  }

  private key(event: KeyboardEvent): void {
    this.pointing = false;
    if (event.key !== "Escape") return;
    this.endDrag();
    this.figure.page.moveCursor(null);
  }

  /** A finger that is lifted leaves too: what it pointed at stays, until it points elsewhere. */
  private leave(event: PointerEvent): void {
    if (event.pointerType !== "mouse") return;
    this.pointing = false;
    this.endDrag();
    this.figure.page.moveCursor(null);
  }

  private endDrag(): void {
    this.dragFrom = null;
    this.selection.hidden = true;
  }

  private select(from: number, to: number, width: number): void {
    const [left, right] = [Math.min(from, to), Math.max(from, to)].map((pixels) => Math.min(width, Math.max(0, pixels)));
    this.selection.hidden = Math.abs(to - from) < DRAG;
    this.selection.style.left = `${left}px`;
    this.selection.style.width = `${right! - left!}px`;
  }

  private offset(event: PointerEvent): number {
    return event.clientX - this.slider.getBoundingClientRect().left;
  }
}

/** Ends as people would type them: three digits of the stretch are finer than a hand. */
function rounded([from, to]: readonly [number, number]): [number, number] {
  const unit = 10 ** Math.floor(Math.log10((to - from) / 100));
  const round = (value: number) => Number((Math.round(value / unit) * unit).toPrecision(12));
  return [round(from), round(to)];
}
