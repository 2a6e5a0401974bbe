import { EMPTY_HEAD } from '../../schema/chain.ts';
import type { Head } from '../../schema/entry/entry.ts';
import type { Money } from '../../schema/money.ts';
import type { ShiftState } from './shift-state.ts';
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
  readonly shift: ShiftState;
}

/** A tail as the vault holds it: an older version knew of no shifts. */
export type KeptTail = Omit<JournalTail, 'shift'> & Partial<Pick<JournalTail, 'shift'>>;

/** The tail, kept beside the journal. */
export interface TailKeeper {
  read(): Promise<KeptTail | undefined>;
  /** The last entry that the server acknowledged, in whatever epoch: what is known of a device that kept no tail yet. */
  readAcknowledged(): Promise<Head>;
  /**
   * Puts it on disk behind the entry, which is there already: a tail that is lost matters only where the journal's rows are lost with it. One
   * that is overtaken meanwhile is not written. Resolves when all is on disk, or the vault failed.
   */
  keep(tail: JournalTail): Promise<void>;
  /** Resolves when nothing is being kept any more. */
  settled(): Promise<void>;
}

export function createTailKeeper(vault: Pick<Vault, 'get' | 'put'>): TailKeeper {
  let wanted: JournalTail | null = null;
  let keeping: Promise<void> | null = null;
  const keepAll = async () => {
    for (let tail = wanted; tail !== null; tail = wanted) {
      wanted = null;
      await putForward(vault, tail).catch(() => undefined);
    }
    keeping = null;
  };
  return {
    read: () => vault.get('tail'),
    readAcknowledged: async () => (await vault.get('acknowledged'))?.head ?? EMPTY_HEAD,
    keep: (tail) => {
      wanted = tail;
      keeping ??= keepAll();
      return keeping;
    },
    settled: async () => keeping ?? undefined,
  };
}

/** Never back: a tab that slept may still hold an older one than another tab has written. */
async function putForward(vault: Pick<Vault, 'get' | 'put'>, tail: JournalTail): Promise<void> {
  const held = await vault.get('tail');
  if (held === undefined || held.head.seq <= tail.head.seq) await vault.put('tail', tail);
}

/**
 * Where to go on, from what the rows on disk say and what the vault says. The vault's tail wins where it is not behind the rows: of a
 * damaged last row it knows the true hash. Of entries that are known only by their acknowledgement each may have been a
 * receipt, so as many numbers are left out.
 */
export function laterTail(rows: JournalTail, kept: KeptTail | undefined, acknowledged: Head): JournalTail {
  const tail = kept && kept.head.seq >= rows.head.seq ? { ...rows, ...kept } : rows;
  const unknown = acknowledged.seq - tail.head.seq;
  return unknown > 0 ? { ...tail, head: acknowledged, receiptNo: tail.receiptNo + unknown } : tail;
}
