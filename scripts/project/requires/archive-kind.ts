/** Which files are archives, and of which kind. */

type Packing = "zip" | "tar" | "file";
export type Squeezing = "none" | "gzip" | "zstd" | "bzip2" | "xz";

interface Kind {
  packing: Packing;
  squeezing: Squeezing;
}

const KINDS: [RegExp, Kind][] = [
  [/\.zip$/i, { packing: "zip", squeezing: "none" }],
  [/\.tar$/i, { packing: "tar", squeezing: "none" }],
  [/\.(?:tar\.gz|tgz)$/i, { packing: "tar", squeezing: "gzip" }],
  [/\.(?:tar\.zst|tzst)$/i, { packing: "tar", squeezing: "zstd" }],
  [/\.(?:tar\.bz2|tbz2?)$/i, { packing: "tar", squeezing: "bzip2" }],
  [/\.(?:tar\.xz|txz)$/i, { packing: "tar", squeezing: "xz" }],
  [/\.gz$/i, { packing: "file", squeezing: "gzip" }],
];

/** By its name: zip, tar (also squeezed by gzip, zstd, bzip2, xz), and a single file in gzip. */
export function isArchive(path: string): boolean {
  return kindOf(path) !== null;
}

/** Null for what is no archive. */
export function kindOf(path: string): Kind | null {
  return KINDS.find(([name]) => name.test(path))?.[1] ?? null;
}
