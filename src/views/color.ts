/** How many palette colours there are: `--series-0` … `--series-7` of `styles/chart.css`. */
export const SLOTS = 8;

/**
 * Gives each key its palette slot 0..7, the same on every page, build and machine: a hash of the key decides, and a key that
 * finds its slot taken takes the next free one.
 *
 * Keys are served in the order given, so pass them oldest first and a newcomer changes nobody's colour. Keys in `pinned`
 * (by hand, `#rrggbb`) need no slot and get -1. Beyond eight keys slots are shared, each by its hash.
 * Repeated keys count once; no keys give an empty map.
 */
export function assignSlots(keys: Iterable<string>, pinned: Readonly<Record<string, string>> = {}): Map<string, number> {
  const slots = new Map<string, number>();
  const taken = new Set<number>();
  for (const key of keys) {
    if (slots.has(key)) continue;
    if (Object.hasOwn(pinned, key)) {
      slots.set(key, -1);
      continue;
    }
    const wanted = hash(key) % SLOTS;
    let slot = wanted;
    while (taken.size < SLOTS && taken.has(slot)) slot = (slot + 1) % SLOTS;
    taken.add(slot);
    slots.set(key, slot);
  }
  return slots;
}

/** FNV-1a over UTF-16 code units with a final mix, 32 bits: the low bits of similar keys have to differ. */
function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  return (h ^ (h >>> 13)) >>> 0;
}
