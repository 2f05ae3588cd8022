/** What loggers and launchers put before a message. */

export interface Message {
  /** The message itself, trimmed. */
  text: string;
  /** Which process of several printed it; null when the line does not say. */
  rank: number | null;
}

const CLOCK = String.raw`\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d+)?`;
const DATE = String.raw`(?:\d{4}[-/]\d{1,2}[-/]\d{1,2}|\d{1,2}/\d{1,2}(?:/\d{2,4})?|\d{4}-\d{2})`;
const LEVEL = "(?:DEBUG|INFO|NOTICE|WARN(?:ING)?|ERROR|CRITICAL|FATAL|SUCCESS|TRACE|debug|info|warn(?:ing)?|error)";
const PLACE = String.raw`[\w./<>-]+(?::[\w.<>-]+){0,2}`;

/** One piece of a prefix each; they are taken off in any order, as long as one fits. */
const PIECES: readonly RegExp[] = [
  // 2026-11-23 18:30:33,120 | [11/23 18:30:33] | 18:30:33.5 | 2026-11-23T18:30:33.123Z
  new RegExp(String.raw`^\[?${DATE}[T ]\s?${CLOCK}(?:Z|[+-]\d{2}:?\d{2})?(?=[\]\s|:,-]|$)\]?:?(?=\s|[|-]|$)`),
  new RegExp(String.raw`^\[${CLOCK}\]|^\d{1,2}:\d{2}:\d{2}(?:[.,]\d+)?(?=\s)`),
  /^\[?\d{4}[-/]\d{1,2}[-/]\d{1,2}\]?(?=\s)/,
  // absl and glog: I1123 18:30:33.123456 140123 train.py:12]
  /^[IWEF]\d{4} \d{2}:\d{2}:\d{2}\.\d+\s+\d+ [\w./-]+:\d+\]/,
  // tensorflow: "2026-11-23 18:30:33.123456: I tensorflow/core/x.cc:12]" after its time
  /^[IWEF] [\w./-]+:\d+\]/,
  // detectron2: [11/23 18:30:33 d2.utils.events]:
  new RegExp(String.raw`^\[${DATE} ${CLOCK} [\w.-]+\](?: [A-Z]+)?:`),
  // levels: INFO:root: | [INFO] | INFO - | | INFO |
  new RegExp(String.raw`^\[?${LEVEL}\]?(?::[\w.<>-]*:|(?=[\s:|-]|$)):?`),
  // logging's "name - INFO - ", "name: INFO:", "| INFO | name |", "[logging.py:68:log_dist]"
  new RegExp(String.raw`^(?:\| )?${PLACE} [-|:] (?=${LEVEL}\b)`),
  /^\[[\w./-]+\.(?:py|cc|cpp|cu)(?::\d+)?(?::[\w<>.-]+)?\]/,
  /^[\w.<>]+:[\w.<>]+:\d+ - /,
  // loggers' own names, where a dash or a bar follows: "mmengine - INFO", "train_inner | ", "__main__ - "
  /^(?:__main__|root|mm\w+|train_inner|train|valid|fairseq[\w.]*|ppdet\.\w+|accelerate\.\w+|transformers\.\w+) (?:\||-) /,
  /^(?:ppdet|ppcls|paddle\w*)(?:\.[\w.]+)? (?=INFO|WARNING)/,
  /^(?:titan|root|tensorflow|absl)(?: - |:)/,
  /^\[(?:titan|transformers|accelerate)\]/,
  // journald: Nov 23 18:30:33 host python[123]:
  /^[A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2} [\w.-]+ [\w./-]+(?:\[\d+\])?:/,
  // kubectl: stdout F
  /^std(?:out|err) [FP] /,
  // Ray: (train_fn pid=123, ip=10.0.0.1)
  /^\(\w+ pid=\d+(?:, ip=[\d.]+)?\)/,
  // docker compose: worker_1  |
  /^[a-z][\w.-]*[-_]\d+\s+\|(?=\s)/,
  /^[-|:]+(?=\s)/,
];

const RANK = /^(?:\[?(?:rank|default|Rank|RANK)[ :=]?\s?(\d+)\]?:?|\[\d+,(\d+)\]<std(?:out|err)>:?|\(rank (\d+)\))(?=[\s|:-]|$)/;

/** Nothing before a message begins otherwise: most lines are passed here. */
const MAY_BEGIN =
  /^[[(\d|:-]|^[A-Z]{4,8}\b|^[IWEF]\d|^[A-Z][a-z]{2} [ \d]\d |^(?:debug|info|warn|error|std(?:out|err)|rank|default)|^[a-z_]\w*(?:[-_]\d+\s+\|| (?:-|\|) |[.:])|^[\w.]+ -/;

/** rich's logger ends its lines with the place in the code. */
const SUFFIX = /\s{2,}[\w.-]+\.py:\d+$/;

/** Takes dates, times, levels, ranks, places in the code and names of loggers off the beginning of a trimmed line. */
export function withoutPrefix(line: string): Message {
  // A row of a table is no prefix.
  if (line.startsWith("|") && line.endsWith("|")) return { text: line, rank: null };
  let text = line;
  let rank: number | null = null;
  for (let i = 0; i < 8; i += 1) {
    if (!MAY_BEGIN.test(text)) break;
    const who = RANK.exec(text);
    const end = who === null ? prefixEnd(text) : who[0].length;
    if (end === 0) break;
    if (who !== null) rank = Number(who[1] ?? who[2] ?? who[3]);
    text = text.slice(end).replace(/^\s*(?:[:|-]\s+)?/, "");
  }
  return { text: text === line || !text.includes(".py:") ? text : text.replace(SUFFIX, ""), rank };
}

function prefixEnd(text: string): number {
  for (const piece of PIECES) {
    const match = piece.exec(text);
    if (match !== null) return match[0].length;
  }
  return 0;
}
