import mdx from "@astrojs/mdx";

/**
 * How Astro renders a Guildhall site, wherever it is built. Folders, base path and the live view's middleware depend on the
 * project and are added by `scripts/site/config.ts`.
 *
 * @type {import("astro").AstroUserConfig}
 */
export default {
  output: "static",
  trailingSlash: "always",
  integrations: [mdx()],
  devToolbar: { enabled: false },
  // A page is rendered again only when its files, its status or its template have changed.
  experimental: { incrementalBuild: true },
  build: { format: "directory", inlineStylesheets: "auto" },
  // Pictures are made by the recorder and by the social card's own endpoint, not by Astro.
  image: { service: { entrypoint: "astro/assets/services/noop" } },
};
