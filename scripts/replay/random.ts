/** Seeded random numbers for runs that must repeat exactly. Not for secrets. */
export interface Random {
  /** At least 0, less than 1. */
  next(): number;
  /** A whole number from 0 to `below - 1`. */
  whole(below: number): number;
  /** True with this probability. */
  chance(probability: number): boolean;
  /** A number from `least` to `most`. */
  between(least: number, most: number): number;
}

/**
 * Mulberry32 (Tommy Ettinger, public domain): 32 bits of state, good enough to deal invoices and faults. `stream` gives
 * independent sequences for one seed, so that each device has its own.
 */
export function createRandom(seed: number, stream = 0): Random {
  let state = mix(mix(seed >>> 0) ^ Math.imul(stream + 1, 0x9e3779b1));
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let bits = Math.imul(state ^ (state >>> 15), 1 | state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    next,
    whole: (below) => Math.floor(next() * below),
    chance: (probability) => next() < probability,
    between: (least, most) => least + next() * (most - least),
  };
}

/** MurmurHash3's finaliser: neighbouring seeds must not give neighbouring sequences. */
function mix(value: number): number {
  let bits = value >>> 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}
