import { type ChartState, formatState, parseState, STATE_NAMES, type StateQuery } from "../views/chart-state.ts";

/** The charts' state as it stands in the page's address. */
export function readAddress(): { state: ChartState; refused: string[] } {
  const parameters = new URLSearchParams(location.search);
  const query: StateQuery = {};
  for (const name of STATE_NAMES) {
    const value = parameters.get(name);
    if (value !== null) query[name] = value;
  }
  return parseState(query);
}

let timer: ReturnType<typeof setTimeout> | undefined;

/**
 * Puts the state into the address, without a new entry in the history; other parameters stay. A moment later, because a
 * slider would write a hundred times and browsers refuse that.
 */
export function writeAddress(state: ChartState): void {
  clearTimeout(timer);
  timer = setTimeout(() => {
    const url = new URL(location.href);
    const query = formatState(state);
    for (const name of STATE_NAMES) {
      const value = query[name];
      if (value === undefined) url.searchParams.delete(name);
      else url.searchParams.set(name, value);
    }
    // Commas and dots are legal in a query and far easier to read.
    url.search = url.search.replaceAll("%2C", ",");
    history.replaceState(history.state, "", url);
  }, 150);
}
