import { render } from "../charts/line.ts";
import { chartCsv, chartJson } from "../views/chart-export.ts";
import type { ChartFigure } from "./chart-figure.ts";

/** Of exported pictures, in CSS pixels; PNGs have twice as many. */
const WIDTH = 860;
const PNG_SCALE = 2;

/** Makes the buttons of a figure's export menu save files: the picture as it is now, or its points. */
export function listenToExports(figure: ChartFigure): void {
  const menu = figure.element.querySelector<HTMLDetailsElement>("details.chart-menu");
  menu?.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-export]") : null;
    const kind = button?.dataset.export;
    if (kind === undefined) return;
    menu.open = false;
    menu.querySelector("summary")?.focus();
    void save(figure, kind);
  });
  menu?.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary")?.focus();
  });
  menu?.addEventListener("focusout", (event) => {
    if (!(event.relatedTarget instanceof Node && menu.contains(event.relatedTarget))) menu.open = false;
  });
}

async function save(figure: ChartFigure, kind: string): Promise<void> {
  await figure.wake();
  const { model, spec, page, height } = figure;
  if (model === null) return;
  const data = page.store.loaded();
  const picture = () => render(model, { width: WIDTH, height: Math.max(height, 260), source: location.href });
  if (kind === "svg") download(new Blob([picture()], { type: "image/svg+xml" }), `${spec.id}.svg`);
  if (kind === "csv") download(new Blob([chartCsv(spec, data)], { type: "text/csv" }), `${spec.id}.csv`);
  if (kind === "json") download(new Blob([chartJson(spec, data)], { type: "application/json" }), `${spec.id}.json`);
  if (kind === "png") download(await rasterize(picture()), `${spec.id}.png`);
}

/** Paints an SVG text on a canvas. Rejects where the browser cannot. */
async function rasterize(svg: string): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = image.naturalWidth * PNG_SCALE;
  canvas.height = image.naturalHeight * PNG_SCALE;
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob === null ? reject(new Error("the canvas gave no picture")) : resolve(blob)), "image/png");
  });
}

function download(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // The browser has read the address by the next turn.
  setTimeout(() => URL.revokeObjectURL(link.href), 0);
}
