import { setFlagsFromString } from "node:v8";

const NEWEST_TRIED = 24;

/**
 * Keeps the memory for young objects as small as it is at the start. V8 lets it grow to tens of megabytes when there is much to
 * throw away, as lines and points are; collected more often it costs no more time. Tried with Node 24 beside a training that
 * writes event files: 110 MB of resident memory became 75, at the same processor time. Only for engines that are known to have
 * the setting: others would complain on stderr.
 */
export function keepHeapSmall(nodeMajor = Number.parseInt(process.versions.node, 10)): void {
  if (nodeMajor <= NEWEST_TRIED) setFlagsFromString("--semi-space-growth-factor=1");
}
