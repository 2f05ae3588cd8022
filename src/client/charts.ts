/** What other modules of the browser may ask of the charts. */
import { ChartPage } from "./chart-page.ts";
import type { NewPoints } from "./chart-store.ts";

export type { NewPoints, Point } from "./chart-store.ts";

const page = new ChartPage();

/** Makes the charts and chart controls below `root` interactive; again for what came later, and harmless to repeat. */
export function hydrateCharts(root: ParentNode): void {
  page.adopt(root);
}

/**
 * Adds what a running run has just logged to every chart that shows it; they are drawn again at most once a frame. Each list
 * in order of arrival. Points that the page has already are dropped, and points of runs that no chart shows are ignored.
 */
export function appendPoints(runId: string, points: NewPoints): void {
  page.append(runId, points);
}

/** Fetches the points of a run again, where charts show it: its past has changed, by a restart or by a more trusted source. */
export function fetchPointsAgain(runId: string): void {
  void page.fetchAgain(runId);
}
