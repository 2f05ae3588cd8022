import { classCount, type Digit } from "./digits.ts";
import { lossOf } from "./gradient.ts";
import { type Network, predict } from "./network.ts";

/** What the network said of one digit. */
export interface Prediction {
  digit: Digit;
  /** Null when it said nothing, because its weights have overflown. */
  label: number | null;
  /** Probability of that label, of the right one when there is no label: NaN then. */
  probability: number;
}

export interface Score {
  /** Mean loss in nats; NaN for no digits. */
  loss: number;
  /** Share of right answers, 0..1; NaN for no digits. */
  accuracy: number;
  /** One per digit, in the digits' order. */
  predictions: Prediction[];
}

/** Lets the network answer for every digit, and marks its answers. */
export function score(network: Network, digits: readonly Digit[]): Score {
  let loss = 0;
  const predictions = digits.map((digit) => {
    const probabilities = predict(network, digit.pixels);
    loss += lossOf(probabilities, digit.label);
    const label = mostLikely(probabilities);
    return { digit, label, probability: probabilities[label ?? digit.label]! };
  });
  return {
    loss: loss / digits.length,
    accuracy: predictions.filter(isRight).length / digits.length,
    predictions,
  };
}

/** The class with the largest probability, the first of equals; null when there is none because all are NaN. */
export function mostLikely(probabilities: Float64Array): number | null {
  let best: number | null = null;
  for (let label = 0; label < classCount; label++) {
    const probability = probabilities[label]!;
    if (probability > (best === null ? -1 : probabilities[best]!)) best = label;
  }
  return best;
}

/** Was the answer right? No answer is a wrong one. */
export function isRight(prediction: Prediction): boolean {
  return prediction.label === prediction.digit.label;
}

/** The wrong answers, the most confident first: those are the ones worth looking at. Answers of NaN come last. */
export function mistakesOf(predictions: readonly Prediction[]): Prediction[] {
  const confidence = ({ probability }: Prediction) => (Number.isNaN(probability) ? -1 : probability);
  return predictions.filter((prediction) => !isRight(prediction)).sort((a, b) => confidence(b) - confidence(a));
}

/** All answers as CSV with a header, `index,label,predicted,probability`; `predicted` is empty where there is none. */
export function formatPredictions(predictions: readonly Prediction[]): string {
  const rows = predictions.map(({ digit, label, probability }) => [
    digit.index,
    digit.label,
    label ?? "",
    probability.toFixed(4),
  ]);
  return `${[["index", "label", "predicted", "probability"], ...rows].map((row) => row.join(",")).join("\n")}\n`;
}
