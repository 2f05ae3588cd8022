/**
 * A number as programs print it, `nan` and `inf` and thousands with commas included, as the source of a regular expression
 * without groups.
 */
export const NUMBER = String.raw`(?:[-+]?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d,])|(?:\d+\.?\d*|\.\d+)(?:[eEdD][-+]?\d+)?)|[-+]?(?:[nN][aA][nN]|[iI][nN][fF](?:inity)?)(?![A-Za-z0-9_]))`;

/** What may follow a number in text: not more of a word, a date, a clock time, a version or a path. A percent sign may. */
export const NUMBER_END = String.raw`(?![\w/\\]|[.:,-]\d|\.\w)`;

const ONLY_A_NUMBER = new RegExp(`^${NUMBER}$`);

/** Reads what NUMBER matched. */
export function readNumber(text: string): number {
  const word = text.toLowerCase().replace(/^\+/, "");
  if (word.endsWith("nan")) return Number.NaN;
  if (word.includes("inf")) return word.startsWith("-") ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  // Fortran writes 6.9D+01.
  return Number(word.replaceAll(",", "").replace("d", "e"));
}

/** The number that a text is, blanks around it aside; null when it is anything else. */
export function numberIn(text: string): number | null {
  const word = text.trim();
  return word.length < 40 && ONLY_A_NUMBER.test(word) ? readNumber(word) : null;
}
