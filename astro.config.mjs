/**
 * How Astro renders a Guildhall site, wherever it is built. Folders, base path and the live view's middleware depend on the
 * project and are added by `scripts/site/config.ts`.
 *
 * @type {import("astro").AstroUserConfig}
 */
export default {
  output: "static",
  trailingSlash: "always",
  devToolbar: { enabled: false },
  // A page is rendered again only when its files, its status or its template have changed.
  experimental: { incrementalBuild: true },
  // One page's files are written while the next is rendered: 6 to 7 s instead of 8 to 9 s for 1,000 runs.
  build: { format: "directory", inlineStylesheets: "auto", concurrency: 8 },
  // Pictures are made by the recorder and by the social card's own endpoint, not by Astro.
  image: { service: { entrypoint: "astro/assets/services/noop" } },
};

/** What MDX dashboards need; a site without any does not wait for it (a twentieth of a second). */
export async function dashboardIntegrations() {
  const { default: mdx } = await import("@astrojs/mdx");
  return [mdx()];
}
