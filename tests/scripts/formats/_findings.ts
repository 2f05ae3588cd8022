import type { Findings, Tail } from "../../../scripts/formats/_contract.ts";
import type { Flags } from "../../../src/run/types.ts";

type Told = [tag: string, step: number | null, wallSeconds: number | null];

/** Everything that a tail has told, in order; `lines` holds each scalar as `tag@step=value` and each restart as `restart@step`. */
export class Collected implements Findings {
  readonly lines: string[] = [];
  readonly scalars: [...Told, value: number][] = [];
  readonly images: [...Told, bytes: number, head: string][] = [];
  readonly texts: [...Told, text: string][] = [];
  readonly all: Flags = {};
  readonly damage: string[] = [];

  scalar(tag: string, step: number | null, wallSeconds: number | null, value: number): void {
    this.scalars.push([tag, step, wallSeconds, value]);
    this.lines.push(`${tag}@${step}=${value}`);
  }
  image(tag: string, step: number | null, wallSeconds: number | null, encoded: Uint8Array): void {
    this.images.push([tag, step, wallSeconds, encoded.length, Buffer.from(encoded.subarray(1, 4)).toString("latin1")]);
  }
  text(tag: string, step: number | null, wallSeconds: number | null, text: string): void {
    this.texts.push([tag, step, wallSeconds, text]);
  }
  flags(flags: Flags): void {
    Object.assign(this.all, flags);
  }
  restart(step: number): void {
    this.lines.push(`restart@${step}`);
  }
  damaged(what: string): void {
    this.damage.push(what);
  }
}

/** Reads a file to its end in pieces of `budget` bytes. */
export function readAll(tail: Tail, budget = 1 << 20): Collected {
  const collected = new Collected();
  while (tail.read(collected, budget));
  tail.end(collected);
  return collected;
}
