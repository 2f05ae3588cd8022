/** One fact set large, with what is needed to believe it set small beneath. */
export interface Tile {
  /** Stable within the page. */
  key: string;
  label: string;
  /** A formatted number or a few words. */
  value: string;
  /** How it was got: step, spread, baseline. Possibly "". */
  note: string;
  /** Site path without the base; null when the tile leads nowhere. */
  href: string | null;
  /** `words` are set like words and not like a figure. */
  tone: "plain" | "best" | "bad" | "live" | "words";
}
