import { spawn } from "node:child_process";
import { readProject } from "../../src/load/project.ts";
import { ToolError } from "../../src/run/error.ts";
import type { Shell } from "../commands/_contract.ts";
import { astroConfig } from "./config.ts";
import { listDashboards } from "./dashboards.ts";
import { liveIntegration } from "./live-integration.ts";
import { startPulse } from "./pulse.ts";
import { rememberResolutions } from "./resolutions.ts";
import { stageSite } from "./stage.ts";
import { packageVersion } from "./version.ts";

export interface ViewOptions {
  root: string;
  host: string;
  /** Null takes 4321 or the next free one. */
  port: number | null;
  /** Opens the browser. */
  open: boolean;
  shell: Shell;
}

/**
 * Serves the site of a project while runs go on, until it is told to stop (INT, TERM, HUP), and resolves to that signal.
 *
 * The address stands on a line of its own on stdout. Pages are made on demand from `content/` and, for runs in progress, from
 * their exact logs. Throws ToolError `port-in-use`, `invalid-guild-file`.
 */
export async function view({ root, host, port, open, shell }: ViewOptions): Promise<{ signal: NodeJS.Signals }> {
  const project = readProject(root);
  const stage = stageSite(root);
  const keepResolutions = rememberResolutions(stage.cacheDir);
  const pulse = startPulse(root);
  const facts = { root, version: packageVersion(), live: true, project: () => project, dashboards: () => listDashboards(root) };
  const config = await astroConfig({
    facts,
    stage,
    outDir: stage.siteDir,
    base: "/",
    integrations: [liveIntegration(root, pulse)],
  });
  const { dev } = await import("astro");
  const stopped = stopSignal();
  try {
    const ours = new Set(process.listeners("SIGTERM"));
    const server = await dev({ ...config, server: { host, port: port ?? 4321, open: false } });
    // Vite ends the process itself on TERM, with a code, and in a race with us: whoever asked is to see the signal.
    for (const listener of process.listeners("SIGTERM")) if (!ours.has(listener)) process.off("SIGTERM", listener);
    if (port !== null && port !== 0 && server.address.port !== port) {
      await server.stop();
      throw new ToolError("port-in-use", `Port ${port} is in use.`, { hint: "Type another, or none: guild view", exitCode: 2 });
    }
    const shown = server.address.family === "IPv6" ? `[${server.address.address}]` : server.address.address;
    const url = `http://${shown === "127.0.0.1" ? "localhost" : shown}:${server.address.port}/`;
    shell.stdout.write(`${url}\n`);
    if (host !== "127.0.0.1" && host !== "localhost") {
      shell.stderr.write(`Everybody who can reach ${host} can read the records and the output of the runs here.\n`);
    }
    if (open) openBrowser(url);
    const signal = await stopped;
    keepResolutions();
    await server.stop();
    return { signal };
  } finally {
    pulse.close();
  }
}

function stopSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => resolve(signal));
  });
}

/** The address is printed whatever happens here: a machine without a browser is no mistake. */
function openBrowser(url: string): void {
  const [command, ...words] =
    process.platform === "darwin" ? ["open"] : process.platform === "win32" ? ["cmd", "/c", "start", ""] : ["xdg-open"];
  spawn(command!, [...words, url], { stdio: "ignore", detached: true })
    .on("error", () => {})
    .unref();
}
