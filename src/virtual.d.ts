/** The one door through which a project reaches the pages; made by `scripts/site/vite-plugin.ts`. */
declare module "virtual:guildhall" {
  /** The project's directory, absolute. */
  export const root: string;
  /** This package's version: part of every page's cache key. */
  export const version: string;
  /** True in the live view, where nothing may be remembered between two pages. */
  export const live: boolean;
  /** `guild.yml` as the site sees it; here so that editing it renders every page again. */
  export const project: import("./run/types.ts").Project;
}

/** People's dashboards by slug: compiled, or what was wrong with them. */
declare module "virtual:guildhall/dashboards" {
  type Dashboard =
    | {
        slug: string;
        title: string;
        load: () => Promise<{ default: import("astro/runtime/server/index.js").AstroComponentFactory }>;
      }
    | { slug: string; title: string; problem: string };
  export const dashboards: Dashboard[];
}
