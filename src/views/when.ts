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
