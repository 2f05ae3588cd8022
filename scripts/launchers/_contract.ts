/** What a launcher file exports: a place where the trials of a batch start. The file name is the launcher's name. */

/** Where the trials come from and what is to be done with each; `T` is whatever the batch calls a trial. */
export interface Work<T> {
  /** The next trial, or null when there is none left or nothing new is to be started. Asked only when there is room for it. */
  next(): Promise<T | null>;
  /** Records one trial to its end. Rejects only when none of the others could start either. */
  record(trial: T): Promise<void>;
}

export interface Launcher {
  /** One sentence without a full stop. */
  summary: string;
  /**
   * Starts trials until there is none left, at most `jobs` at a time, and resolves when all that were started have ended. Rejects with
   * the first reason why nothing can be started, when those that still ran have ended.
   */
  launch<T>(work: Work<T>, jobs: number): Promise<void>;
}

/** Gives the launcher back unchanged; it is here for its type. */
export function defineLauncher(launcher: Launcher): Launcher {
  return launcher;
}
