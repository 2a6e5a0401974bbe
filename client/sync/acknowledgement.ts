import { EMPTY_HEAD } from '../../schema/chain.ts';
import type { Head } from '../../schema/entry/entry.ts';
import { type Epoch, sameEpoch } from '../../schema/epoch.ts';
import type { EntryVerdict, JournalPushAnswer } from '../../schema/protocol/push.ts';
import type { JournalIndex } from '../store/journal-index.ts';
import type { Acknowledged } from '../store/vault.ts';

/** Verdicts after which the server answers for an entry: the device need not send it again in this epoch. */
const ACKNOWLEDGING: ReadonlySet<EntryVerdict['verdict']> = new Set(['accepted', 'duplicate', 'quarantined', 'forked']);

/** Finds own rows by seq. */
export type OwnRows = Pick<JournalIndex, 'row' | 'next'>;

/**
 * What an answer acknowledges. Only a verdict that names an entry by id and hash counts, and only without a gap: an answer that
 * leaves one out acknowledges nothing behind it (I3). What this disk has lost is no longer waited for. In another epoch everything
 * begins at the server's head.
 */
export function acknowledge(held: Acknowledged, answer: JournalPushAnswer, own: OwnRows): Acknowledged {
  // An answer of an older history that came late.
  if (answer.epoch.n < held.epoch.n) return held;
  const verdicts = new Map(answer.verdicts.map((verdict) => [`${verdict.id} ${verdict.hash}`, verdict.verdict]));
  const started = sameEpoch(held.epoch, answer.epoch) ? held : adoptEpoch(answer.epoch, answer.head, own);
  let head = started.head;
  for (let next = own.next(head.seq); next !== undefined; next = own.next(head.seq)) {
    const verdict = verdicts.get(`${next.id} ${next.hash}`);
    if (verdict === undefined || !ACKNOWLEDGING.has(verdict)) break;
    head = { seq: next.seq, hash: next.hash };
  }
  return head === held.head ? started : { epoch: answer.epoch, head };
}

/**
 * Where sending begins in an epoch: behind the server's head, when that is an entry of this journal (its hash covers all before
 * it); from the first entry otherwise.
 */
export function adoptEpoch(epoch: Epoch, head: Head, own: OwnRows): Acknowledged {
  return { epoch, head: own.row(head.seq)?.hash === head.hash ? { seq: head.seq, hash: head.hash } : EMPTY_HEAD };
}
