/** Here, several beside each other. */
import { defineLauncher } from "./_contract.ts";

export default defineLauncher({
  summary: "On this machine, several trials beside each other",
  async launch(work, jobs) {
    let stopped = false;
    const worker = async (): Promise<void> => {
      try {
        // A trial is asked for when there is room for it and not before: an optimizer knows more by then.
        while (!stopped) {
          const trial = await work.next();
          if (trial === null) return;
          await work.record(trial);
        }
      } catch (error) {
        stopped = true;
        throw error;
      }
    };
    const ends = await Promise.allSettled(Array.from({ length: jobs }, worker));
    const failed = ends.find((end) => end.status === "rejected");
    if (failed !== undefined) throw failed.reason;
  },
});
