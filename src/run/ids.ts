/**
 * Makes the name of a run: UTC start to the second and a random suffix, e.g. `20261123T190119-7f3a`.
 *
 * Sorting by name is sorting by start. Whoever fails to make the directory because it exists asks again with more `digits`.
 */
export function makeRunId(now: Date, random: () => number = Math.random, digits = 4): string {
  const stamp = now.toISOString().slice(0, 19).replaceAll("-", "").replaceAll(":", "");
  const suffix = Array.from({ length: digits }, () => Math.floor(random() * 16).toString(16)).join("");
  return `${stamp}-${suffix}`;
}

/** Does this name a run of ours? Other folders under `runs/` (SummaryWriter's, say) do not. */
export function isRunId(text: string): boolean {
  return /^\d{8}T\d{6}-[0-9a-f]{4,32}$/.test(text);
}

/** The suffix, for places where space is scarce; gives other text back unchanged. Not unique: show, do not look up. */
export function shortId(id: string): string {
  return isRunId(id) ? id.slice(16) : id;
}
