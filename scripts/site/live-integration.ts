import type { AstroIntegration } from "astro";
import { serveData } from "./data-server.ts";
import { streamNews } from "./live-stream.ts";
import type { Pulse } from "./pulse.ts";

/** Where an open page listens. */
const STREAM_PATH = "/__guild/stream";

/**
 * The live view's half of the server: pages on demand (Astro remembers getStaticPaths in development, so that a run which
 * starts later would not be found), the data files, and the stream of news.
 */
export function liveIntegration(root: string, pulse: Pulse): AstroIntegration {
  return {
    name: "guildhall:live",
    hooks: {
      "astro:route:setup": ({ route }) => {
        route.prerender = false;
      },
      "astro:server:setup": ({ server }) => {
        server.middlewares.use((request, response, next) => {
          const path = pathOf(request.url);
          if (path === STREAM_PATH) return streamNews(root, pulse, request, response);
          try {
            if (!serveData(root, path.slice(1), response)) next();
          } catch (error) {
            next(error);
          }
        });
      },
    },
  };
}

/** The path alone, decoded; what cannot be decoded matches nothing. */
function pathOf(url: string | undefined): string {
  try {
    return decodeURIComponent(new URL(url ?? "/", "http://local").pathname);
  } catch {
    return "/";
  }
}
