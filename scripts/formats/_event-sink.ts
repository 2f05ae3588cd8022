import type { Flags } from "../../src/run/types.ts";

/** Where the points of one tag go. `wallSeconds` is since the epoch. */
export interface Points {
  push(step: number, wallSeconds: number, value: number): void;
}

/** What event records hold, in their order. */
export interface EventSink {
  /** Asked once for each tag with numbers. */
  points(tag: string): Points;
  image(tag: string, step: number, wallSeconds: number, encoded: Uint8Array): void;
  text(tag: string, step: number, wallSeconds: number, text: string): void;
  flags(flags: Flags): void;
  restart(step: number, wallSeconds: number): void;
  damaged(what: string): void;
}
