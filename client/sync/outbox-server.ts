import { EMPTY_HEAD } from '../../schema/chain.ts';
import type { DeviceEntry } from '../../schema/entry/entry.ts';
import { splitEntryId } from '../../schema/ids.ts';
import type { EntryVerdict, JournalPushAnswer } from '../../schema/protocol/push.ts';

export const EPOCH = { n: 1, id: '1'.repeat(16) };
export const LATER = { n: 2, id: '2'.repeat(16) };

/** For tests: the little of a server that an outbox sees: a chain per device, a verdict per row. */
export function createOutboxServer() {
  const held: DeviceEntry[] = [];
  let epoch = EPOCH;
  const refusing = new Set<number>();
  const take = (row: DeviceEntry): EntryVerdict => {
    const { id, hash } = row;
    const { seq } = splitEntryId(id);
    if (refusing.has(seq)) return { id, hash, verdict: 'refused', reason: 'no valid signature' };
    const same = held.find((one) => one.id === id);
    if (same) return { id, hash, verdict: same.hash === hash ? 'duplicate' : 'forked' };
    held.push({ ...row, seq });
    held.sort((left, right) => left.seq - right.seq);
    return { id, hash, verdict: row.at === POISON_AT || 'stub' in row ? 'quarantined' : 'accepted' };
  };
  let gap = { from: 1, to: 0 };
  const isClosed = (seq: number) => seq >= gap.from && seq <= gap.to;
  const head = () => {
    let last: DeviceEntry | undefined;
    for (let seq = 1; ; seq += 1) {
      const one = held.find((each) => each.seq === seq);
      if (one === undefined && !isClosed(seq)) return last ?? EMPTY_HEAD;
      last = one ?? last;
    }
  };
  return {
    held,
    refusing,
    head,
    push: (rows: readonly DeviceEntry[]): JournalPushAnswer => {
      const verdicts = rows.map(take);
      return { epoch, head: { seq: head().seq, hash: head().hash }, verdicts };
    },
    /** A snapshot of the machine: only the first entries, and nobody noticed. */
    setBack: (seq: number) => {
      held.length = seq;
    },
    /** What came late, behind a closed gap: the head stands above it. */
    lose: (from: number, to: number) => {
      gap = { from, to };
      held.splice(0, held.length, ...held.filter(({ seq }) => seq < from || seq > to));
    },
    /** Yesterday's backup: only the first entries, in a new epoch. */
    restore: (seq: number) => {
      held.length = seq;
      epoch = LATER;
    },
  };
}

/** The device time of an entry that this server cannot read. */
export const POISON_AT = 666;

export type OutboxServer = ReturnType<typeof createOutboxServer>;
