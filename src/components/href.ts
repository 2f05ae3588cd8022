/**
 * A site path with the base it is served under: `/runs/x/` → `/repo/runs/x/`. The only place that joins the two, because
 * Astro leaves links as they are written. Addresses with a scheme and anchors stay as they are.
 */
export function href(path: string): string {
  if (/^([a-z][a-z0-9+.-]*:|#)/i.test(path)) return path;
  return `${import.meta.env.BASE_URL.replace(/\/$/, "")}/${path.replace(/^\//, "")}`;
}
