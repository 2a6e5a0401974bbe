import { EMPTY_HEAD } from '../../schema/chain.ts';
import type { Head } from '../../schema/entry/entry.ts';
import { type Epoch, sameEpoch } from '../../schema/epoch.ts';
import type { Lacking } from '../../schema/protocol/lacking.ts';
import type { EntryVerdict, JournalPushAnswer } from '../../schema/protocol/push.ts';
import type { JournalIndex, JournalRow } from '../store/journal-index.ts';
import type { Acknowledged } from '../store/vault.ts';

/** Verdicts after which the server answers for an entry: the device need not send it again in this epoch. */
const ACKNOWLEDGING: ReadonlySet<EntryVerdict['verdict']> = new Set(['accepted', 'duplicate', 'quarantined', 'forked']);

/** Refused entries, and stubs, that the head steps over. With more of them something else is wrong, and sending stops there. */
export const REFUSED_MAX = 1_000;

/** Finds own rows by seq. */
export type OwnRows = Pick<JournalIndex, 'row' | 'next'>;

/** What an answer says of a row that it names by id and hash. */
export type VerdictOf = (row: Pick<JournalRow, 'id' | 'hash'>) => EntryVerdict['verdict'] | undefined;

export function verdictsOf(verdicts: readonly EntryVerdict[]): VerdictOf {
  const named = new Map(verdicts.map((verdict) => [`${verdict.id} ${verdict.hash}`, verdict.verdict]));
  return ({ id, hash }) => named.get(`${id} ${hash}`);
}

/** True when the server answers for the own entry `seq`: below the head a refused one, and one of which it has only the stub, is still this device's alone. */
export function isAcknowledged({ head, refused, stubs }: Acknowledged, seq: number): boolean {
  return seq <= head.seq && !refused?.includes(seq) && !stubs?.includes(seq);
}

/**
 * What an answer acknowledges. Only a verdict that names an entry by id and hash counts, and only without a gap: an answer that
 * leaves one out acknowledges nothing behind it (I3). A refused entry holds back none of the others: it is remembered by its seq.
 * What travelled as a stub is remembered too. What this disk has lost is no longer waited for. In another epoch everything begins at
 * the server's head.
 */
export function acknowledge(
  held: Acknowledged,
  answer: JournalPushAnswer,
  own: OwnRows,
  sentAsStub: ReadonlySet<number> = new Set(),
): Acknowledged {
  // An answer of an older history that came late.
  if (answer.epoch.n < held.epoch.n) return held;
  const verdictOf = verdictsOf(answer.verdicts);
  const isNew = !sameEpoch(held.epoch, answer.epoch);
  const started = isNew ? adoptEpoch(held, answer.epoch, answer.head, own) : held;
  const refused = new Set(started.refused?.filter((seq) => !isAnswered(own.row(seq), verdictOf)));
  const isWhole = (seq: number) => !sentAsStub.has(seq) && isAnswered(own.row(seq), verdictOf);
  const stubs = new Set(started.stubs?.filter((seq) => !isWhole(seq)));
  let head = started.head;
  for (let next = own.next(head.seq); next !== undefined; next = own.next(head.seq)) {
    const verdict = verdictOf(next);
    if (verdict === undefined) break;
    if (refused.size + stubs.size >= REFUSED_MAX && (!ACKNOWLEDGING.has(verdict) || sentAsStub.has(next.seq))) break;
    if (!ACKNOWLEDGING.has(verdict)) refused.add(next.seq);
    else if (sentAsStub.has(next.seq)) stubs.add(next.seq);
    head = { seq: next.seq, hash: next.hash };
  }
  const [refusedBefore, stubsBefore] = [started.refused?.length ?? 0, started.stubs?.length ?? 0];
  const changed = head !== started.head || refused.size !== refusedBefore || stubs.size !== stubsBefore;
  const named = Math.max(started.named ?? 0, answer.head.seq);
  return changed ? { ...started, head, named, refused: [...refused], stubs: [...stubs] } : started;
}

/** True when the server answers for a row now. What this disk has lost is waited for no more. */
function isAnswered(row: JournalRow | undefined, verdictOf: VerdictOf): boolean {
  if (row === undefined) return true;
  const verdict = verdictOf(row);
  return verdict !== undefined && ACKNOWLEDGING.has(verdict);
}

/**
 * Where sending begins in an epoch: behind the server's head, when that is an entry of this journal (its hash covers all before
 * it); from the first entry otherwise. Of what it refused the head says nothing, because it may stand behind a closed gap. What was
 * acknowledged before goes on record: sent again, it came back.
 */
export function adoptEpoch(held: Acknowledged, epoch: Epoch, head: Head, own: OwnRows): Acknowledged {
  const begin = own.row(head.seq)?.hash === head.hash ? { seq: head.seq, hash: head.hash } : EMPTY_HEAD;
  const before = sameEpoch(held.epoch, epoch) ? 0 : held.head.seq;
  const below = (seqs: readonly number[] = []) => seqs.filter((seq) => seq <= begin.seq);
  const [refused, stubs] = [below(held.refused), below(held.stubs)];
  return { epoch, head: begin, named: head.seq, refused, stubs, resent: Math.max(held.resent ?? 0, before) };
}

/** True when the server names a head below the one it named before in this epoch: its history was set back, and it lost entries. */
export function hasLostEntries(held: Acknowledged, epoch: Epoch, head: Head): boolean {
  return sameEpoch(held.epoch, epoch) && head.seq < (held.named ?? 0);
}

/** Sending begins again behind what the server still has. */
export function beginAgain(held: Acknowledged, head: Head, own: OwnRows): Acknowledged {
  const begun = adoptEpoch(held, held.epoch, head, own);
  return { ...begun, resent: Math.max(begun.resent ?? 0, held.head.seq) };
}

/** Own entries that were acknowledged and that the server lacks below its head, in order. */
export function lackedRows(held: Acknowledged, lacking: Lacking, own: OwnRows): readonly JournalRow[] {
  const lacked: JournalRow[] = [];
  for (const { from, to } of lacking) {
    for (let row = own.next(from - 1); row !== undefined && row.seq <= to; row = own.next(row.seq)) {
      if (isAcknowledged(held, row.seq)) lacked.push(row);
    }
  }
  return lacked;
}

/** Sending begins again at an own entry. */
export function beginAt(held: Acknowledged, { seq }: JournalRow, own: OwnRows): Acknowledged {
  const before = own.row(seq - 1);
  const head = before ? { seq: before.seq, hash: before.hash } : EMPTY_HEAD;
  const below = (seqs: readonly number[] = []) => seqs.filter((each) => each <= head.seq);
  const resent = Math.max(held.resent ?? 0, held.head.seq);
  return { ...held, head, refused: below(held.refused), stubs: below(held.stubs), resent };
}
