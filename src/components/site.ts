import { live, project, root, version } from "virtual:guildhall";
import { openSite } from "../load/site.ts";

/** The project that is being rendered: the only place where a page meets `virtual:guildhall`. */
export const { siteData, runData, chartData, runPaths, offsetsInProgress } = openSite(root, { project, version, live });
export { live };
