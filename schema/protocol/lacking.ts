import { z } from 'zod';

/** Entries `from` to `to` of one device, both included. */
const stretchShape = z.object({ from: z.int().min(1), to: z.int().min(1) });
type Stretch = z.infer<typeof stretchShape>;

/** Stretches named of one device: a device can make thousands of gaps, and nobody's answer may grow with them. */
export const LACKING_STRETCHES_MAX = 50;

/**
 * What a server lacks of a device below its head, because the gap was closed there: in order, and rather too much than too little where
 * there are more stretches than are named.
 */
export const lackingShape = z.array(stretchShape).max(LACKING_STRETCHES_MAX);
export type Lacking = readonly Readonly<Stretch>[];

/** With one more stretch, behind all others. */
export function addStretch(lacking: Lacking, stretch: Readonly<Stretch>): Lacking {
  return keepBound([...lacking, stretch]);
}

/** Without an entry that is there now. */
export function cutOut(lacking: Lacking, seq: number): Lacking {
  const left = lacking.flatMap(({ from, to }) => {
    if (seq < from || seq > to) return [{ from, to }];
    const parts = [
      { from, to: seq - 1 },
      { from: seq + 1, to },
    ];
    return parts.filter((part) => part.from <= part.to);
  });
  return keepBound(left);
}

/** Joins the two that have the least between them, until there are no more than may be named. */
function keepBound(lacking: Lacking): Lacking {
  let kept = lacking;
  while (kept.length > LACKING_STRETCHES_MAX) {
    const distance = (at: number) => (kept[at]?.from ?? 0) - (kept[at - 1]?.to ?? 0);
    let nearest = 1;
    for (let at = 2; at < kept.length; at += 1) if (distance(at) < distance(nearest)) nearest = at;
    const joined = { from: kept[nearest - 1]?.from ?? 1, to: kept[nearest]?.to ?? 1 };
    kept = [...kept.slice(0, nearest - 1), joined, ...kept.slice(nearest + 1)];
  }
  return kept;
}
