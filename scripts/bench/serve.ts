/** Serves a built site from memory's nearest thing, a folder, to a browser on this machine. */
import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";

export interface Server {
  /** Ends with a slash. */
  url: string;
  close(): void;
}

const types: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".webp": "image/webp",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".txt": "text/plain; charset=utf-8",
  ".woff2": "font/woff2",
};

/**
 * Serves `folder` on a free port of the loopback interface, under `base` (`/` or `/repo/`) as GitHub Pages would: nothing
 * outside the base, a folder's `index.html`, and `404.html` with status 404 for whatever is not there.
 */
export function serve(folder: string, base = "/"): Promise<Server> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    const inside = pathname.startsWith(base) ? fileOf(folder, decodeURIComponent(pathname.slice(base.length))) : null;
    const path = inside ?? join(folder, "404.html");
    response.statusCode = inside === null ? 404 : 200;
    response.setHeader("content-type", types[extname(path)] ?? "application/octet-stream");
    if (existsSync(path)) createReadStream(path).pipe(response);
    else response.end();
  });
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      const close = () => {
        server.close();
        server.closeAllConnections();
      };
      resolve({ url: `http://127.0.0.1:${port}${base}`, close });
    });
  });
}

function fileOf(folder: string, path: string): string | null {
  const file = join(folder, normalize(`/${path}`));
  const facts = statSync(file, { throwIfNoEntry: false });
  if (facts?.isFile()) return file;
  const index = join(file, "index.html");
  return facts?.isDirectory() && existsSync(index) ? index : null;
}
