import { ToolError } from "../../src/run/error.ts";

/**
 * The path under which the site will be served, with a slash at both ends: what was typed, else the path of the
 * declared address (`https://ada.github.io/digits` → `/digits/`), else `/`. Throws ToolError `invalid-base`.
 */
export function basePath(typed: string | undefined, site: string | null): string {
  const path = typed ?? (site === null ? "/" : new URL(site).pathname);
  if (!/^[\w./~%-]*$/.test(path) || path.includes("..")) {
    throw new ToolError("invalid-base", `invalid base path: ${path}`, { hint: "It looks like /repo/", exitCode: 2 });
  }
  const inner = path.replace(/^\/+|\/+$/g, "");
  return inner === "" ? "/" : `/${inner}/`;
}
