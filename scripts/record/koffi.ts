import { createRequire } from "node:module";
import type { LibraryHandle } from "koffi";

/** What we use of koffi, which lets us call the C library: Node has no pseudo-terminals, no pipe(2), no shared memory. */
export interface Koffi {
  load(path: string | null): LibraryHandle;
  view(pointer: unknown, bytes: number): ArrayBuffer;
}

/**
 * Loads koffi. Throws where it is not installed or has nothing for this machine (ERR_MODULE_NOT_FOUND, or its own error).
 *
 * Its native half first: what is around it (for other machines and older callers) takes three times as long to load, and a wrapped
 * command waits for it.
 */
export async function loadKoffi(): Promise<Koffi> {
  const place = import.meta.resolve("koffi");
  try {
    const native: Koffi = createRequire(place)(`@koromix/koffi-${process.platform}-${process.arch}`);
    if (typeof native.load === "function" && typeof native.view === "function") return native;
  } catch {
    // not where this version of koffi keeps it: koffi itself knows
  }
  return (await import("koffi")).default;
}
