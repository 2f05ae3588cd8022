import type { OpenSource, Source, SourceContext } from "./_contract.ts";

export interface Sources {
  /** One look of every source, one after the other. Never throws. */
  look(): Promise<void>;
  /** The last look of every source. Never throws. */
  end(): Promise<void>;
}

/**
 * Opens the sources, each behind a guard of its own: one that throws is switched off for this run with one warning, and the
 * others go on.
 */
export function openSources(catalog: Readonly<Record<string, OpenSource>>, context: SourceContext): Sources {
  const open = new Map<string, Source>();
  const off = (name: string, error: unknown): void => {
    open.delete(name);
    context.ledger.warn(`The ${name} are no longer read: ${error instanceof Error ? error.message : String(error)}`);
  };
  for (const [name, openSource] of Object.entries(catalog)) {
    try {
      open.set(name, openSource(context));
    } catch (error) {
      off(name, error);
    }
  }
  const each = async (work: (source: Source) => void | Promise<void>): Promise<void> => {
    for (const [name, source] of [...open]) {
      try {
        await work(source);
      } catch (error) {
        off(name, error);
      }
    }
  };
  return { look: () => each((source) => source.look()), end: () => each((source) => source.end()) };
}
