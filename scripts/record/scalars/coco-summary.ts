import { type Family, family, NOWHERE } from "./form.ts";
import { NUMBER, readNumber } from "./number-text.ts";

const LINE = new RegExp(
  String.raw`^Average (Precision|Recall)\s+\((?:AP|AR)\)\s+@\[ IoU=([\d.:]+)\s*\| area=\s*(\w+)\s*\| maxDets=\s*(\d+)\s*\] = (${NUMBER})$`,
);

/** COCO's summary: `Average Precision (AP) @[ IoU=0.50:0.95 | area= all | maxDets=100 ] = 0.377` gives `AP@[0.50:0.95|all|100]`. */
export const cocoSummary: Family = family("COCO summary", (line) => {
  const match = line.startsWith("Average ") ? LINE.exec(line) : null;
  if (match === null) return null;
  const [, kind, iou, area, detections, number = ""] = match;
  const key = `${kind === "Recall" ? "AR" : "AP"}@[${iou}|${area}|${detections}]`;
  return { values: [{ key, value: readNumber(number), sure: true }], position: NOWHERE, passed: [] };
});
