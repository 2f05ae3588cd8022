/**
 * Text as it may stand in an anchor: `val/acc` → `val-acc`. Letters of every script stay; what is nothing but signs gives
 * its code points, so that two names never fall together in "".
 */
export function slug(text: string): string {
  const plain = text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-|-$/g, "");
  return plain === "" ? [...text].map((character) => character.codePointAt(0)!.toString(16)).join("-") : plain;
}
