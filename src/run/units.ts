/** Units of tags, and numbers as people read them. */
import { isSystemTag, systemUnit } from "./system-units.ts";
import type { Unit } from "./types.ts";

/** A number and its unit apart, so that a page can set the unit smaller. `unit` is empty for plain numbers. */
export interface Quantity {
  number: string;
  unit: string;
}

/** Tags of programs; what the machine's own series are counted in stands in `system-units.ts`. */
const TAG_UNITS: [RegExp, Unit][] = [
  [/(?:^|[/_.-])(?:steps?|it|iters?|batches)(?:\/s|_per_s(?:ec(?:ond)?)?)$/i, "steps/s"],
  [/(?:^|[/_.-])(?:examples?|samples?|images?|img|tokens|rows)(?:\/s|_per_s(?:ec(?:ond)?)?)$/i, "examples/s"],
  [/(?:^|[/_.-])bytes(?:\/s|_per_s(?:ec(?:ond)?)?)$/i, "B/s"],
  [/(?:^|[/_.-])bytes$/i, "B"],
  [/(?:^|[/_.-])(?:seconds|secs?|elapsed|duration)$/i, "s"],
  [/[a-z0-9]_s$/, "s"],
  [/(?:^|[/_.-])watts$/i, "W"],
  [/(?:^|[/_.-])joules$/i, "J"],
];

/**
 * The unit that a tag's name tells; `1` when it tells none.
 *
 * An accuracy is a plain number until `guild.yml` says `unit: ratio`: half the programs print it as 0.97 and half as 97.
 * Milliseconds are not SI base, so `latency_p50_ms` stays plain under its own name.
 */
export function unitOf(tag: string): Unit {
  if (isSystemTag(tag)) return systemUnit(tag);
  return TAG_UNITS.find(([pattern]) => pattern.test(tag))?.[1] ?? "1";
}

/**
 * A value with its unit, e.g. `0.9341`, `93.4 %`, `1.2 GB`, `2 min 05 s`. `digits` are significant digits (4, or 3
 * beside a unit). Non-finite values are words: `NaN`, `∞`, `−∞`.
 */
export function formatValue(value: number, unit: Unit, digits?: number): string {
  const { number, unit: suffix } = quantity(value, unit, digits);
  return suffix === "" ? number : `${number} ${suffix}`;
}

/** Like `formatValue`, with number and unit apart. Durations of a minute and more are all number. */
export function quantity(value: number, unit: Unit, digits?: number): Quantity {
  if (!Number.isFinite(value)) return { number: formatNonFinite(value), unit: "" };
  switch (unit) {
    case "1":
      return { number: formatNumber(value, digits ?? 4), unit: "" };
    case "ratio":
      return { number: formatNumber(value * 100, digits ?? 3), unit: "%" };
    case "s":
      return Math.abs(value) >= 60 ? { number: formatDuration(value), unit: "" } : splitLast(formatDuration(value));
    case "B":
      return scaled(value, "B", digits);
    case "B/s":
      return scaled(value, "B/s", digits);
    case "W":
      return scaled(value, "W", digits);
    case "J":
      return scaled(value, "J", digits);
    case "Hz":
      return scaled(value, "Hz", digits);
    case "degC":
      return { number: formatNumber(value, digits ?? 3), unit: "°C" };
    default:
      return { number: formatNumber(value, digits ?? 3), unit };
  }
}

/**
 * A plain number with `digits` significant digits: no trailing zeros, thousands separated, powers of ten only below
 * 0.0001 and from a thousand million on. Integers below that are never shortened.
 */
export function formatNumber(value: number, digits = 4): string {
  if (!Number.isFinite(value)) return formatNonFinite(value);
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e9)) return trimExponent(value.toExponential(digits - 1));
  if (Number.isInteger(value)) return formatCount(value);
  const integerDigits = size >= 1 ? Math.floor(Math.log10(size)) + 1 : 0;
  const places = size >= 1 ? Math.max(0, digits - integerDigits) : Math.min(8, digits - 1 - Math.floor(Math.log10(size)));
  const [whole = "", fraction = ""] = size.toFixed(places).split(".");
  const kept = fraction.replace(/0+$/, "");
  return sign(value) + separate(whole) + (kept === "" ? "" : `.${kept}`);
}

/** Seconds as `3.1 ms`, `0.85 s`, `12.3 s`, `2 min 05 s`, `1 h 02 min`, `3 d 4 h`. Non-finite: `–`. */
export function formatDuration(seconds: number): string {
  if (!Number.isFinite(seconds)) return "–";
  const size = Math.abs(seconds);
  const mark = sign(seconds);
  if (size === 0) return "0 s";
  if (size < 1e-3) return `${mark}${formatNumber(size * 1e6, 3)} µs`;
  if (size < 0.1) return `${mark}${formatNumber(size * 1e3, 3)} ms`;
  if (size < 10) return `${mark}${size.toFixed(2).replace(/\.?0+$/, "")} s`;
  if (size < 59.95) return `${mark}${size.toFixed(1).replace(/\.0$/, "")} s`;
  const whole = Math.round(size);
  if (whole < 3600) return `${mark}${Math.floor(whole / 60)} min ${two(whole % 60)} s`;
  const minutes = Math.round(size / 60);
  if (minutes < 24 * 60) return `${mark}${Math.floor(minutes / 60)} h ${two(minutes % 60)} min`;
  const hours = Math.round(size / 3600);
  return `${mark}${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** Bytes in powers of a thousand: `812 B`, `1.23 GB`. Non-finite: `–`. */
export function formatBytes(bytes: number): string {
  if (!Number.isFinite(bytes)) return "–";
  const { number, unit } = scaled(bytes, "B");
  return `${number} ${unit}`;
}

/** A whole number with thousands separated: `1,797`. Rounds; non-finite: `–`. */
export function formatCount(count: number): string {
  if (!Number.isFinite(count)) return "–";
  const rounded = Math.round(count);
  return sign(rounded) + separate(String(Math.abs(rounded)));
}

const PREFIXES = ["", "k", "M", "G", "T", "P"];

function scaled(value: number, unit: string, digits = 3): Quantity {
  let size = Math.abs(value);
  let prefix = 0;
  // 999.6 kB would be rounded to 1,000 kB.
  while (size >= 999.5 && prefix < PREFIXES.length - 1) {
    size /= 1000;
    prefix += 1;
  }
  return { number: sign(value) + formatNumber(size, digits), unit: `${PREFIXES[prefix]}${unit}` };
}

function formatNonFinite(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  return value > 0 ? "∞" : "−∞";
}

/** A true minus sign: as wide as a plus, so that columns of figures stand. */
function sign(value: number): string {
  return value < 0 ? "−" : "";
}

function separate(digits: string): string {
  return digits.replace(/\B(?=(?:\d{3})+$)/g, ",");
}

function trimExponent(text: string): string {
  return text
    .replace(/\.?0+e/, "e")
    .replace("e+", "e")
    .replace(/^-/, "−");
}

function two(count: number): string {
  return String(count).padStart(2, "0");
}

function splitLast(text: string): Quantity {
  const at = text.lastIndexOf(" ");
  return at < 0 ? { number: text, unit: "" } : { number: text.slice(0, at), unit: text.slice(at + 1) };
}
