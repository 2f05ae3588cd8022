/** A piece of a formatted number; units are set smaller than the digits they follow. */
export interface QuantityPart {
  text: string;
  unit: boolean;
}

/** The same text with numbers and their units kept on one line by no-break spaces. */
export function keepUnits(text: string): string {
  return text.replace(/(?<=\d) (?=%|pt\b|°C|[kMGTP]?(?:B|W|J)\b|[mµ]?s\b|min\b|h\b)/g, "\u00a0");
}

/**
 * Splits what `formatValue` and `formatDuration` give into digits and units: `1h 04m` → 1·h· 04·m, `38.2 s` → 38.2· s.
 *
 * A unit is a word right after a digit; exponents (`1.2e-5`) and words of their own (`NaN`) are not. Empty text gives [].
 */
export function splitQuantity(text: string): QuantityPart[] {
  const parts: QuantityPart[] = [];
  let from = 0;
  for (const match of text.matchAll(/(?<=\d)\s?(?!e[-+]?\d)[%°µA-Za-z][\w%/°µ]*/g)) {
    if (match.index > from) parts.push({ text: text.slice(from, match.index), unit: false });
    parts.push({ text: match[0], unit: true });
    from = match.index + match[0].length;
  }
  if (from < text.length) parts.push({ text: text.slice(from), unit: false });
  return parts;
}
