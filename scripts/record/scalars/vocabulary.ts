/** Words that name something measured, wherever they stand. A key that holds one as a part (`val/acc`, `train_loss`) counts at once. */
const STRONG = (
  "loss losses logloss mlogloss softloss acc accuracy f1 auc auroc auprc ppl perplexity bleu rouge rougel wer cer mse rmse rmsle mae mape " +
  "r2 iou miou dice psnr ssim fid kl elbo nll ce bce xent crossentropy inertia map50 map gnorm reward rewards precision recall " +
  "throughput latency top1 top5 mcc kappa ndcg mrr spearman pearson"
).split(" ");

/** Words that name something measured, and other things too: they count at once only where nothing but numbers is printed, or beside a step. */
const WEAK = "err error errors merror ap entropy return score lr norm fps metric objective fitness mfu".split(" ");

const STRONGS = new Set(STRONG);
const METRICS = new Set([...STRONG, ...WEAK]);

/** Source of a regular expression that finds every metric word, and other things: to pass lines over quickly. */
export const METRIC_HINT = [...STRONG, ...WEAK, "learning.rate", "/s"].join("|");

/** Metrics of more than one part. */
const PHRASES =
  /(?:^|[/_.\s-])(?:learning[_ ]rate|grad(?:ient)?[_ ]norm|(?:samples|examples|images|tokens|tok|it|steps|words|frames|episodes)(?:\/s(?:ec)?|[_ ]per[_ ]sec(?:ond)?)|(?:acc|prec|map|ap|hit|recall|precision|ndcg|mrr)@\d+)$/i;

/** Keys that hold numbers without measuring the training: never scalars unless a metric word stands beside them. */
const NOT_MEASURED = new Set(
  (
    "eta elapsed time took remaining total seed pid port rank version params parameters size count number num device gpu cuda worker workers " +
    "line year day hour min sec memory mem kb mb gb id index idx vnum v_num batches epochs steps threads cpus nodes devices classes " +
    "bytes date uid code status http port timeout depth layers heads build revision max_mem data_time batch_cost data_cost"
  ).split(" "),
);

const LEARNING_RATE = /(?:^|[/_.\s-])(?:lr|learning[_ ]rate)$/i;
/** `loss_weight` and `reward scale` are chosen, not measured. */
const CHOSEN = /^(?:weight|coef\w*|alpha|gamma|threshold|margin|scale|type|fn|function|smoothing)$/;

/** `train.py:17` is a place in the code. */
const FILE_NAME = /\.(?:py|pyc|cc?|cpp|cu|hh?|hpp|m?js|tsx?|rs|go|java|sh|json|ya?ml|toml|txt|log|so|whl|gz|zip|html?)$/i;

const cache = new Map<string, number>();
const METRIC = 1;
const STRONG_METRIC = 2;
const OTHER = 4;
const SETTING = 8;

/** Is this key known to be a measurement? */
export function isMetric(key: string): boolean {
  return (kindOf(key) & METRIC) !== 0;
}

/** Is this key known to be a measurement and nothing else? */
export function isStrongMetric(key: string): boolean {
  return (kindOf(key) & STRONG_METRIC) !== 0;
}

/** Is this key known to be something else? */
export function isNotMeasured(key: string): boolean {
  return (kindOf(key) & OTHER) !== 0;
}

/** Is this key measured by some and set by others, as a learning rate? */
export function isSetting(key: string): boolean {
  return (kindOf(key) & SETTING) !== 0;
}

/** Programs print the same keys again and again. */
function kindOf(key: string): number {
  const known = cache.get(key);
  if (known !== undefined) return known;
  const words = parts(key);
  const phrase = PHRASES.test(key);
  const metric = phrase || words.some((word) => METRICS.has(word));
  const setting = LEARNING_RATE.test(key);
  const strong = (phrase || words.some((word) => STRONGS.has(word))) && !setting && !words.some((word) => CHOSEN.test(word));
  const other = !metric && (words.some((word) => NOT_MEASURED.has(word)) || FILE_NAME.test(key));
  const kind = (metric ? METRIC : 0) | (strong ? STRONG_METRIC : 0) | (other ? OTHER : 0) | (setting ? SETTING : 0);
  if (cache.size < 2000) cache.set(key, kind);
  return kind;
}

/** `trainLoss/top1_acc` → train, loss, top1, acc; also without trailing digits. */
function parts(key: string): string[] {
  const words = key
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
  // `mIoU` is a word of its own.
  const whole = key.toLowerCase().split(/[^a-z0-9]+/);
  return [...words, ...whole].flatMap((word) => [word, word.replace(/\d+$/, "")]);
}
