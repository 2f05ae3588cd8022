/** Words that name something measured. A key that holds one as a part (`val/acc`, `train_loss`, `latency_p50_ms`) counts at once. */
const METRIC_WORDS = (
  "loss losses acc accuracy err error errors f1 auc auroc ap map precision recall perplexity ppl bleu rouge wer cer mse rmse mae mape " +
  "r2 iou miou dice psnr ssim fid kl elbo nll ce bce xent crossentropy entropy reward rewards return score lr gnorm norm " +
  "throughput fps latency top1 top5 metric objective"
).split(" ");

const METRICS = new Set(METRIC_WORDS);

/** Source of a regular expression that finds every metric word, and other things: to pass lines over quickly. */
export const METRIC_HINT = [...METRIC_WORDS, "learning.rate", "/s"].join("|");

/** Metrics of more than one part. */
const PHRASES =
  /(?:^|[/_.\s-])(?:learning[_ ]rate|grad(?:ient)?[_ ]norm|(?:samples|examples|images|tokens|tok|it|steps)\/s(?:ec)?|acc@\d+)$/i;

/** Keys that hold numbers without measuring the training: never scalars unless a metric word stands beside them. */
const NOT_MEASURED = new Set(
  (
    "eta elapsed time took remaining total seed pid port rank version params parameters size count number num device gpu cuda worker workers " +
    "line year day hour min sec memory mem kb mb gb"
  ).split(" "),
);

/** Is this key known to be a measurement? */
export function isMetric(key: string): boolean {
  return PHRASES.test(key) || parts(key).some((part) => METRICS.has(part));
}

/** Is this key known to be something else? */
export function isNotMeasured(key: string): boolean {
  return !isMetric(key) && parts(key).some((part) => NOT_MEASURED.has(part));
}

/** `trainLoss/top1_acc` → train, loss, top1, acc; also without trailing digits. */
function parts(key: string): string[] {
  const words = key
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
  return words.flatMap((word) => [word, word.replace(/\d+$/, "")]);
}
