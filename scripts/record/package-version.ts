import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The version of Guildhall that is running: of the nearest package.json above this file, be it a source or compiled. */
export function packageVersion(from: string = import.meta.dirname): string {
  const path = join(from, "package.json");
  if (!existsSync(path)) return dirname(from) === from ? "" : packageVersion(dirname(from));
  const raw: unknown = JSON.parse(readFileSync(path, "utf8"));
  return typeof raw === "object" && raw !== null && "version" in raw && typeof raw.version === "string" ? raw.version : "";
}
