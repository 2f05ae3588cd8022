import { diskTrouble } from "./disk-trouble.ts";

export type Guarded = (what: string, work: () => void | Promise<void>) => Promise<boolean>;

/** Makes a function that does some work; when it fails, that is a warning ("what: why") and false. */
export function makeGuarded(warn: (message: string) => void): Guarded {
  return async (what, work) => {
    try {
      await work();
      return true;
    } catch (error) {
      warn(diskTrouble(what, error));
      return false;
    }
  };
}

/** Resolves with `work`, or after so long without it: then `late` is called. */
export async function within(milliseconds: number, work: Promise<unknown>, late: () => void): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<void>((done) => {
    timer = setTimeout(() => {
      late();
      done();
    }, milliseconds);
  });
  await Promise.race([work, patience]);
  clearTimeout(timer);
}
