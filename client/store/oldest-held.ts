import type { JournalIndex } from './journal-index.ts';

/**
 * The first own entry behind the last hole in this journal: what the server lacks before it will never come from here. While held
 * entries before that hole are still to be sent (up to `sentThrough` they have been, or go now), it is the first one held.
 */
export function oldestHeld(index: Pick<JournalIndex, 'next' | 'wholeFrom'>, sentThrough: number): number {
  const whole = index.wholeFrom();
  const next = index.next(sentThrough);
  const allBeforeSent = next === undefined || next.seq >= whole;
  return allBeforeSent ? whole : (index.next(0)?.seq ?? whole);
}
