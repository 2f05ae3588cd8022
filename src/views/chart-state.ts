/** What a person has chosen for the charts of a page. Nothing chosen is `DEFAULT_STATE`, and that is what the build draws. */
export interface ChartState {
  /** `null` is each chart's own default. */
  x: "step" | "time" | null;
  /** EMA weight 0..0.99; `null` is 0.6 for series of at least 200 points and 0 for shorter ones. */
  smooth: number | null;
  /** Zoom on the x axis, in its own unit (steps, or seconds since the start). A null end is as far as the points go. */
  range: Range | null;
  /** Keys of lines and ids of runs that are not drawn. */
  hidden: ReadonlySet<string>;
}

/** Ascending; at least one end is a number. */
export type Range = readonly [number | null, number | null];

export const DEFAULT_STATE: ChartState = { x: null, smooth: null, range: null, hidden: new Set() };

/** The strongest smoothing that can be chosen: beyond it a curve says more about the average than about the run. */
export const MOST_SMOOTH = 0.99;

/** The names of the state in an address: `?x=time&smooth=0.3&xr=200..400&hide=a,b`. */
export const STATE_NAMES = ["x", "smooth", "xr", "hide"] as const;
export type StateQuery = Partial<Record<(typeof STATE_NAMES)[number], string>>;

/**
 * Reads the state from an address. What is absent or cannot be understood keeps its default; `refused` holds the latter as
 * `name=value`, so that a page can say so.
 */
export function parseState(query: StateQuery): { state: ChartState; refused: string[] } {
  const refused: string[] = [];
  const read = <T>(name: keyof StateQuery, parse: (text: string) => T | null): T | null => {
    const text = query[name];
    if (text === undefined || text === "") return null;
    const value = parse(text);
    if (value === null) refused.push(`${name}=${text}`);
    return value;
  };
  const state: ChartState = {
    x: read("x", (text) => (text === "step" || text === "time" ? text : null)),
    smooth: read("smooth", (text) => numberIn(text, 0, MOST_SMOOTH)),
    range: read("xr", parseRange),
    hidden: new Set(read("hide", parseList) ?? []),
  };
  return { state, refused };
}

/** The state as it stands in an address; what is the default is left out. Lists are in alphabetical order. */
export function formatState(state: ChartState): StateQuery {
  const query: StateQuery = {};
  if (state.x !== null) query.x = state.x;
  if (state.smooth !== null) query.smooth = String(state.smooth);
  if (state.range !== null) query.xr = `${state.range[0] ?? ""}..${state.range[1] ?? ""}`;
  // A comma inside a key would look like the next key.
  if (state.hidden.size > 0)
    query.hide = [...state.hidden]
      .sort()
      .map((key) => key.replace(/[%,]/g, encodeURIComponent))
      .join(",");
  return query;
}

function numberIn(text: string, low: number, high: number): number | null {
  const value = Number(text);
  return text.trim() !== "" && value >= low && value <= high ? value : null;
}

/** `200..400`, `200..` or `..400`. */
function parseRange(text: string): Range | null {
  const ends = text.split("..");
  if (ends.length !== 2) return null;
  const [from, to] = ends.map((end) => (end === "" ? null : numberIn(end, -Number.MAX_VALUE, Number.MAX_VALUE)));
  if ((from === null) !== (ends[0] === "") || (to === null) !== (ends[1] === "")) return null;
  return rangeOf(from ?? null, to ?? null);
}

/** A range if the ends make one: ascending, and not both open. */
export function rangeOf(from: number | null, to: number | null): Range | null {
  if (from === null && to === null) return null;
  return from === null || to === null || from < to ? [from, to] : null;
}

function parseList(text: string): string[] | null {
  try {
    return text
      .split(",")
      .map((part) => decodeURIComponent(part))
      .filter((part) => part !== "");
  } catch {
    // A lone percent sign.
    return null;
  }
}
