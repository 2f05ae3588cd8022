import type { Run } from "../run/types.ts";

/** More rows than this make a page slow to load and to filter; older runs stand on further pages. */
export const rowsPerPage = 1000;

export interface RunsPage {
  /** Counts from 1. */
  page: number;
  pages: number;
  runs: Run[];
  /** Site paths of the neighbours, null at the ends. */
  newer: string | null;
  older: string | null;
}

/** One page of a list of runs, newest first. A page beyond the end is empty; no runs give one empty page. */
export function runsPage(runs: readonly Run[], page: number, size: number = rowsPerPage): RunsPage {
  const pages = Math.max(1, Math.ceil(runs.length / size));
  return {
    page,
    pages,
    runs: runs.slice((page - 1) * size, page * size),
    newer: page > 1 ? pathOf(page - 1) : null,
    older: page < pages ? pathOf(page + 1) : null,
  };
}

function pathOf(page: number): string {
  return page === 1 ? "/runs/" : `/runs/page/${page}/`;
}
