/** All ways in which programs print numbers, in the order in which they are asked: the first that knows a line has it. */
import { boosting } from "./boosting.ts";
import { boxTable } from "./box-table.ts";
import { catboost } from "./catboost.ts";
import { cocoSummary } from "./coco-summary.ts";
import { darknet } from "./darknet.ts";
import type { Family } from "./form.ts";
import { headerRows } from "./header-rows.ts";
import { jsonBlock } from "./json-block.ts";
import { jsonLine } from "./json-line.ts";
import { keras } from "./keras.ts";
import { optunaTrial } from "./optuna-trial.ts";
import { pairs } from "./pairs.ts";
import { progressBar } from "./progress-bar.ts";
import { pythonDict } from "./python-dict.ts";
import { wholeLine } from "./whole-line.ts";

/** A further family is one more file, and its place in this list. */
export const FAMILIES: readonly Family[] = [
  jsonLine,
  jsonBlock,
  boxTable,
  boosting,
  catboost,
  darknet,
  optunaTrial,
  headerRows,
  keras,
  progressBar,
  pythonDict,
  cocoSummary,
  wholeLine,
  pairs,
];
