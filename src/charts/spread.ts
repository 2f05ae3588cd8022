/**
 * Moves labels apart, as little as possible: each wants a height, and neighbours have to be `gap` apart inside
 * 0..`height`. Gives heights in the order given, or null when they cannot all fit.
 *
 * Neighbours that collide form a block that stands where its members want it on average (least squares: pool adjacent
 * violators, Ayer et al. 1955). Equal wishes keep the given order.
 */
export function spread(wanted: readonly number[], gap: number, height: number): number[] | null {
  if ((wanted.length - 1) * gap > height) return null;
  const order = wanted.map((_, i) => i).sort((a, b) => wanted[a]! - wanted[b]! || a - b);
  // In coordinates y − rank·gap, "at least gap apart" is "ascending", and the walls stay straight.
  const last = height - (wanted.length - 1) * gap;
  const blocks: { sum: number; size: number }[] = [];
  order.forEach((index, rank) => {
    let block = { sum: wanted[index]! - rank * gap, size: 1 };
    while (blocks.length > 0 && blocks.at(-1)!.sum / blocks.at(-1)!.size > block.sum / block.size) {
      const before = blocks.pop()!;
      block = { sum: before.sum + block.sum, size: before.size + block.size };
    }
    blocks.push(block);
  });
  const heights = new Array<number>(wanted.length);
  let rank = 0;
  for (const { sum, size } of blocks) {
    const start = Math.min(last, Math.max(0, sum / size));
    for (let i = 0; i < size; i += 1, rank += 1) heights[order[rank]!] = start + rank * gap;
  }
  return heights;
}
