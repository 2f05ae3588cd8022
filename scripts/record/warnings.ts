export interface Warnings {
  /** Says a sentence on stderr, once, and keeps it for the manifest. */
  warn(message: string): void;
  said(): string[];
}

/**
 * What could not be recorded is said once and never stops anything; a stderr that is gone neither. A full disk shows itself at
 * every file: it is said at the first.
 */
export function makeWarnings(stderr: NodeJS.WritableStream): Warnings {
  const said = new Set<string>();
  let diskFull = false;
  return {
    warn(message) {
      if (said.has(message)) return;
      said.add(message);
      const full = /\b(?:ENOSPC|EDQUOT)\b/.test(message);
      if (full && diskFull) return;
      diskFull ||= full;
      stderr.write(`guild: ${message}\n`, () => {});
    },
    said: () => [...said],
  };
}
