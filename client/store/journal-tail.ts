import { EMPTY_HEAD } from '../../schema/chain.ts';
import type { Head } from '../../schema/entry/entry.ts';
import type { Money } from '../../schema/money.ts';
import type { Vault } from './vault.ts';

/**
 * Where the own journal stood after its last entry. It lies in the vault, apart from the journal, so that a journal that lost its
 * last rows or all of them is gone on with behind them: nothing forks, and no receipt number comes twice.
 */
export interface JournalTail {
  readonly head: Head;
  readonly receiptNo: number;
  /** All sales less all refunds since the first entry. */
  readonly perpetualTotal: Money;
}

/** The tail, kept beside the journal. */
export interface TailKeeper {
  read(): Promise<JournalTail | undefined>;
  /** The last entry that the server acknowledged, in whatever epoch: what is known of a device that kept no tail yet. */
  readAcknowledged(): Promise<Head>;
  /** Resolves when it is on disk. */
  keep(tail: JournalTail): Promise<void>;
}

export function createTailKeeper(vault: Pick<Vault, 'get' | 'put'>): TailKeeper {
  return {
    read: () => vault.get('tail'),
    readAcknowledged: async () => (await vault.get('acknowledged'))?.head ?? EMPTY_HEAD,
    keep: (tail) => vault.put('tail', tail),
  };
}

/**
 * Where to go on, from what the rows on disk say and what the vault says. The vault's tail wins where it is not behind the rows: of a
 * damaged last row it knows the true hash. Of entries that are known only by their acknowledgement each may have been a
 * receipt, so as many numbers are left out.
 */
export function laterTail(rows: JournalTail, kept: JournalTail | undefined, acknowledged: Head): JournalTail {
  const tail = kept && kept.head.seq >= rows.head.seq ? kept : rows;
  const unknown = acknowledged.seq - tail.head.seq;
  return unknown > 0 ? { ...tail, head: acknowledged, receiptNo: tail.receiptNo + unknown } : tail;
}
