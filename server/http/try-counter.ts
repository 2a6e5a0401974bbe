import { ENROL_TRIES_MAX } from '../../schema/limits.ts';

/** After the first wrong codes an address waits this long for each further try, in milliseconds. */
export const TRY_AGAIN_MS = 30_000;
/** Addresses remembered; beyond it the oldest is forgotten. */
const ADDRESSES_MAX = 10_000;

/**
 * Slows down whoever guesses enrolment codes: each address has a few wrong tries, and gets one back every half minute.
 * Forty random bits and ten minutes do the rest. In memory: a restart forgives.
 */
export interface TryCounter {
  /** Milliseconds until this address may try again; 0 when it may now. */
  waitMs(address: string): number;
  countWrong(address: string): void;
}

interface Tries {
  readonly wrong: number;
  readonly at: number;
}

export function createTryCounter(now: () => number): TryCounter {
  const byAddress = new Map<string, Tries>();
  /** Wrong tries of an address that still count, as a fraction. */
  const wrongOf = (address: string): number => {
    const tries = byAddress.get(address);
    if (!tries) return 0;
    const at = now();
    // A clock set back takes back no try that was regained, and from there on they are regained.
    if (at < tries.at) byAddress.set(address, { wrong: tries.wrong, at });
    return Math.max(0, tries.wrong - Math.max(0, at - tries.at) / TRY_AGAIN_MS);
  };
  return {
    waitMs: (address) => Math.max(0, Math.ceil((wrongOf(address) + 1 - ENROL_TRIES_MAX) * TRY_AGAIN_MS)),
    countWrong: (address) => {
      const wrong = wrongOf(address) + 1;
      byAddress.delete(address);
      byAddress.set(address, { wrong, at: now() });
      const oldest = byAddress.keys().next();
      if (byAddress.size > ADDRESSES_MAX && !oldest.done) byAddress.delete(oldest.value);
    },
  };
}
