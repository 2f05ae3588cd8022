/**
 * Runs a program of the demo: an Error that it throws on purpose becomes one line on stderr and exit code 1.
 *
 * Other errors (TypeError and its like) are bugs, and are left to Node, which prints where they came from.
 */
export async function runProgram(name: string, main: () => void | Promise<void>): Promise<void> {
  try {
    await main();
  } catch (error) {
    if (!(error instanceof Error) || error.constructor !== Error) throw error;
    console.error(`${name}: ${error.message}`);
    process.exitCode = 1;
  }
}

/** Where a program writes: the run's own directory, or `data/out` when it was started without guild. */
export function outputDirectory(): string {
  return process.env.RUN_DIR ?? "data/out";
}
