import { ticks } from "d3";

/** Steps that people count time in, in seconds. */
const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400, 172800, 604800];

/** Places and words for a time axis in seconds: at most about `count`, at round seconds, minutes, hours or days. */
export function durationTicks(from: number, to: number, count: number): { value: number; text: string }[] {
  const span = to - from;
  const step = STEPS.find((candidate) => span / candidate <= count);
  if (span <= count || step === undefined) {
    // Shorter than the table, or longer: round decimals of a second or of a day.
    const unit = span <= count ? 1 : 86400;
    return ticks(from / unit, to / unit, count).map((value) => ({
      value: value * unit,
      text: value === 0 ? "0" : `${plain(value)} ${unit === 1 ? "s" : "d"}`,
    }));
  }
  const places: { value: number; text: string }[] = [];
  for (let value = Math.ceil(from / step) * step; value <= to; value += step) places.push({ value, text: duration(value, step) });
  return places;
}

function duration(seconds: number, step: number): string {
  if (seconds === 0) return "0";
  if (step < 60 && seconds < 60) return `${seconds} s`;
  if (step < 3600 && seconds < 3600) return join(seconds, 60, "min", 1, step < 60);
  if (step < 86400 && seconds < 86400) return join(seconds, 3600, "h", 60, step < 3600);
  return join(seconds, 86400, "d", 3600, step < 86400);
}

/** `12 min`, or `12:30` where ticks are finer than the unit. */
function join(seconds: number, unit: number, name: string, part: number, fine: boolean): string {
  const whole = Math.floor(seconds / unit);
  if (!fine) return `${plain(seconds / unit)} ${name}`;
  return `${whole}:${String(Math.floor((seconds % unit) / part)).padStart(2, "0")}`;
}

function plain(value: number): string {
  return String(Number(value.toPrecision(6))).replace("-", "−");
}
