/** Makes the charts of a page interactive. */
export function hydrateCharts(root: ParentNode): void {
  for (const figure of root.querySelectorAll<HTMLElement>("figure[data-chart]")) figure.dataset.ready = "";
}
