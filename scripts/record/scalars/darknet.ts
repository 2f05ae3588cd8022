import { type Family, family, NOWHERE } from "./form.ts";
import { NUMBER, readNumber } from "./number-text.ts";

const LINE = new RegExp(
  String.raw`^(?:\(next \w+ at[^)]{0,80}\)\s*)?(\d+):\s*(${NUMBER}),\s*(${NUMBER})\s+avg(?:\s+loss)?,\s*(${NUMBER})\s+rate,\s*(${NUMBER})\s+seconds,\s*(\d+)\s+images`,
);

/** Darknet: `1000: 0.81, 0.90 avg loss, 0.001 rate, 2.34 seconds, 64000 images` gives `loss`, `avg loss` and `rate` at step 1000. */
export const darknet: Family = family("Darknet", (line) => {
  const match = LINE.exec(line);
  if (match === null) return null;
  const [, step, loss = "", average = "", rate = ""] = match;
  return {
    values: [
      { key: "loss", value: readNumber(loss), sure: true },
      { key: "avg loss", value: readNumber(average), sure: true },
      { key: "rate", value: readNumber(rate), sure: true },
    ],
    position: { ...NOWHERE, step: Number(step) },
    passed: [
      { key: "seconds", reason: "no measurement" },
      { key: "images", reason: "no measurement" },
    ],
  };
});
