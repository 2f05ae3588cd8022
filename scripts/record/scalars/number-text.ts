/** A number as programs print it, `nan` and `inf` included, as the source of a regular expression without groups. */
export const NUMBER = String.raw`(?:[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?|[-+]?(?:[nN][aA][nN]|[iI][nN][fF](?:inity)?)(?![A-Za-z0-9_]))`;

/** What may follow a number in text: not more of a word, a date, a clock time, a version or a path. A percent sign may. */
export const NUMBER_END = String.raw`(?![\w/\\]|[.:,-]\d|\.\w)`;

/** Reads what NUMBER matched. */
export function readNumber(text: string): number {
  const word = text.toLowerCase().replace(/^\+/, "");
  if (word.endsWith("nan")) return Number.NaN;
  if (word.includes("inf")) return word.startsWith("-") ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  return Number(word);
}
