import { NOWHERE, type Position } from "./form.ts";

/** `epoch 3`, `Epoch: 3/20`, `[Epoch 3]`, `step=120`, `Iteration [100/600]` … A count (`epochs: 20`, `20 steps`) is no position. */
const STEP_WORD =
  /(?<![\w/.-])(global[_ ]?step|step|iter(?:ation)?|batch|update|it(?=[=:])|epoch)\s{0,4}(?:[:=#]\s{0,4})?[[(]?\s{0,9}(\d+(?:\.\d+)?)(?:\s?(?:\/|of)\s{0,9}(\d+))?\s?[\])]?(?![\w%]|[.:-]\d)[:,]?/gi;

/**
 * Takes the step words out of a line: says where the line stands, and gives the rest of the line back.
 *
 * `global_step` goes before any other finer word; of the same word the first counts. A finer counter with a total beside an
 * epoch is taken to begin anew with each epoch.
 */
export function takePosition(line: string): { position: Position; rest: string } {
  if (!/epoch|step|iter|batch|update|it[=:]/i.test(line)) return { position: NOWHERE, rest: line };
  let epoch: number | null = null;
  let step: number | null = null;
  let global: number | null = null;
  let total = false;
  const rest = line.replace(STEP_WORD, (_, word: string, count: string, of: string | undefined) => {
    const kind = word.toLowerCase();
    if (kind === "epoch") epoch ??= Number(count);
    else if (kind.startsWith("global")) global ??= Number(count);
    else {
      total ||= step === null && of !== undefined;
      step ??= Number(count);
    }
    return " ";
  });
  return { position: { epoch, step: global ?? step, local: global === null && step !== null && epoch !== null && total }, rest };
}

/** The position that a key and value of a structured line give (`{"epoch": 3}`, `step: 5`), or null when the key is no step word. */
export function positionOf(key: string, value: number): Position | null {
  if (!Number.isFinite(value)) return null;
  const name = key.toLowerCase();
  if (name === "epoch") return { ...NOWHERE, epoch: value };
  if (/^(?:global_?step|step|iter|iteration|batch|update)$/.test(name)) return { ...NOWHERE, step: value };
  return null;
}
