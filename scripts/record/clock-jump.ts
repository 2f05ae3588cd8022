import { formatDuration } from "../../src/run/units.ts";
import type { Clock } from "./effects.ts";

/** Clocks are corrected by fractions of a second all the time. */
const JUMP_SECONDS = 5;

/** A sentence for the user when the wall clock was set while the run went on; null when it was not. */
export function clockJump(clock: Clock): string | null {
  const seconds = clock.ahead();
  if (Math.abs(seconds) < JUMP_SECONDS) return null;
  return seconds < 0
    ? `This machine's clock was set back by ${formatDuration(-seconds)} during the run: its times follow the clock that it began with.`
    : `This machine's clock went ahead by ${formatDuration(seconds)} during the run (it was set, or the machine slept): the duration counts only the time that the run had.`;
}
