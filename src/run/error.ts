/**
 * The one error that is meant for people: one sentence with the value in it, and what to type next.
 *
 * Everything else that is thrown is a bug and is shown as one. Caught once, in `scripts/guild.ts`.
 */
export class ToolError extends Error {
  /** Permanent and searchable: documentation and tests refer to it. */
  override readonly name: string;
  readonly hint: string | null;
  /** What the process ends with: 2 for what was typed wrong, 125 when a run cannot be recorded, 1 otherwise. */
  readonly exitCode: number;

  constructor(name: string, message: string, options: { hint?: string; exitCode?: number; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = name;
    this.hint = options.hint ?? null;
    this.exitCode = options.exitCode ?? 1;
  }
}
