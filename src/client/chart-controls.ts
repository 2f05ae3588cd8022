import { type ChartState, DEFAULT_STATE, type Range, rangeOf } from "../views/chart-state.ts";
import type { XKind } from "../views/line-model.ts";

/** Who is told what was chosen. */
interface Page {
  change(change: Partial<ChartState>): void;
  defaultKind(): XKind;
}

/** The form over the charts: axis, smoothing, from and to. What can be done with a pointer on a chart can be typed here. */
export class ChartControls {
  readonly form: HTMLFormElement;

  constructor(form: HTMLFormElement, page: Page) {
    this.form = form;
    form.addEventListener("input", (event) => {
      const field = event.target;
      if (!(field instanceof HTMLInputElement)) return;
      if (field.name === "smooth") page.change({ smooth: field.valueAsNumber });
      // A zoom is in the unit of its axis and means nothing on the other one.
      if (field.name === "x") page.change({ x: field.value === "time" ? "time" : "step", range: null });
    });
    form.addEventListener("change", (event) => {
      const field = event.target;
      if (field instanceof HTMLInputElement && (field.name === "from" || field.name === "to"))
        page.change({ range: this.range() });
    });
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", (event) => {
      event.preventDefault();
      page.change(DEFAULT_STATE);
    });
  }

  /** Makes the fields say what holds. */
  show(state: ChartState, kind: XKind): void {
    for (const radio of this.form.querySelectorAll<HTMLInputElement>("input[name=x]")) radio.checked = radio.value === kind;
    const smooth = this.field("smooth");
    if (smooth !== null) {
      smooth.value = String(state.smooth ?? 0.6);
      smooth.setAttribute("aria-valuetext", smoothText(state.smooth));
    }
    const output = this.form.querySelector("output[name=smooth-text]");
    if (output !== null) output.textContent = smoothText(state.smooth);
    const [from, to] = state.range ?? [null, null];
    for (const [name, value] of [
      ["from", from],
      ["to", to],
    ] as const) {
      const field = this.field(name);
      if (field === null || field === document.activeElement) continue;
      field.value = value === null ? "" : String(value);
    }
    for (const unit of this.form.querySelectorAll("[data-axis-unit]")) unit.textContent = kind === "step" ? "step" : "second";
    const changed = state.x !== null || state.smooth !== null || state.range !== null || state.hidden.size > 0;
    const reset = this.form.querySelector<HTMLButtonElement>("button[type=reset]");
    if (reset !== null) reset.disabled = !changed;
  }

  /** Says something once, for everybody. */
  tell(text: string): void {
    const notice = this.form.querySelector("[data-notice]");
    if (notice !== null) notice.textContent = text;
  }

  /** One end alone is enough. Nothing, or nonsense, is no zoom. */
  private range(): Range | null {
    const [from, to] = ["from", "to"].map((name) => {
      const value = this.field(name)?.valueAsNumber ?? Number.NaN;
      return Number.isNaN(value) ? null : value;
    });
    return rangeOf(from ?? null, to ?? null);
  }

  private field(name: string): HTMLInputElement | null {
    return this.form.querySelector<HTMLInputElement>(`input[name=${name}]`);
  }
}

function smoothText(weight: number | null): string {
  if (weight === null) return "auto";
  return weight === 0 ? "none" : weight.toFixed(2);
}
