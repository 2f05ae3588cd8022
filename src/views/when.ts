/**
 * Times as they stand in a page: absolute and in UTC, so that two builds agree and no "3 hours ago" grows stale.
 */

/** `2026-11-23T18:30:33.123Z` → `2026-11-23 18:30` (UTC, to the minute). Text that is no date is given back as it is. */
export function dateAndMinute(iso: string): string {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(iso) ? `${iso.slice(0, 10)} ${iso.slice(11, 16)}` : iso;
}

/** `2026-11-23T18:30:33.123Z` → `2026-11-23 18:30:33` (UTC, to the second). */
export function dateAndSecond(iso: string): string {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.test(iso) ? `${iso.slice(0, 10)} ${iso.slice(11, 19)}` : iso;
}

/** Dates of one column: without the year when all are of the same one, which is then given apart. */
export function columnDates(isos: readonly string[]): { texts: string[]; year: string | null } {
  const years = new Set(isos.map((iso) => iso.slice(0, 4)));
  const [year = null] = years;
  if (years.size !== 1 || year === null || !/^\d{4}$/.test(year)) return { texts: isos.map(dateAndMinute), year: null };
  return { texts: isos.map((iso) => dateAndMinute(iso).slice("2026-".length)), year };
}
