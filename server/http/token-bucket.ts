/** How much one key may use: at once, and regained per second. */
export interface BucketSize {
  readonly burst: number;
  readonly perSecond: number;
}

/** Counts what keys use. In memory: a restart forgives. */
export interface TokenBuckets {
  /** Takes `amount` where there is enough, and gives 0; else takes nothing and gives the milliseconds to wait. */
  take(key: string, amount: number): number;
  /** Takes `amount` whether it is there or not: what was used already is paid for before anything more is taken. */
  charge(key: string, amount: number): void;
}

/** Keys remembered; beyond it the one used longest ago is forgotten, which only gives it a full bucket again. */
const KEYS_MAX = 10_000;

interface Bucket {
  readonly left: number;
  readonly at: number;
}

export function createTokenBuckets({ burst, perSecond }: BucketSize, now: () => number): TokenBuckets {
  const byKey = new Map<string, Bucket>();
  const leftOf = (key: string): number => {
    const bucket = byKey.get(key);
    if (!bucket) return burst;
    const at = now();
    // A clock set back takes away nothing of what was there, and from there on it is regained.
    if (at < bucket.at) byKey.set(key, { left: bucket.left, at });
    const regained = (Math.max(0, at - bucket.at) * perSecond) / 1000;
    return Math.min(burst, bucket.left + regained);
  };
  const keep = (key: string, left: number): void => {
    byKey.delete(key);
    byKey.set(key, { left, at: now() });
    const oldest = byKey.keys().next();
    if (byKey.size > KEYS_MAX && !oldest.done) byKey.delete(oldest.value);
  };
  return {
    charge: (key, amount) => keep(key, leftOf(key) - amount),
    take: (key, amount) => {
      const left = leftOf(key);
      // More than a full bucket is let through by a full one: it could never pass otherwise.
      if (left < Math.min(amount, burst)) return Math.ceil(((Math.min(amount, burst) - left) / perSecond) * 1000);
      keep(key, left - amount);
      return 0;
    },
  };
}
