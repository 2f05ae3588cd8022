export interface Warnings {
  /** Says a sentence on stderr, once, and keeps it for the manifest. */
  warn(message: string): void;
  said(): string[];
}

/** What could not be recorded is said once and never stops anything; a stderr that is gone neither. */
export function makeWarnings(stderr: NodeJS.WritableStream): Warnings {
  const said = new Set<string>();
  return {
    warn(message) {
      if (said.has(message)) return;
      said.add(message);
      stderr.write(`guild: ${message}\n`, () => {});
    },
    said: () => [...said],
  };
}
