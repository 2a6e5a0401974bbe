import type { DeviceEntry } from '../../schema/entry/entry.ts';
import type { EntryId, TillCode } from '../../schema/ids.ts';
import { type BranchJournal, receiptOf } from '../store/branch-journal.ts';
import type { CompanyBook } from '../store/company-book.ts';
import type { JournalIndex } from '../store/journal-index.ts';
import type { Vault } from '../store/vault.ts';
import type { ServerClock } from '../sync/server-clock.ts';
import type { SyncStatus } from './device.ts';
import { createLive, type Live, type LiveCell } from './live.ts';

/** What the server took of this device after it had been away. */
export interface Homecoming {
  readonly sales: number;
  /** Sales and whatever else. */
  readonly entries: number;
}

/** A sale that another till just made. */
export interface SaleElsewhere {
  readonly id: EntryId;
  readonly till: TillCode | undefined;
  readonly receipt: string;
}

/** Good to know, and nothing to do about it. */
export interface News {
  readonly homecoming: Live<Homecoming | null>;
  readonly elsewhere: Live<SaleElsewhere | null>;
  /** Whether a person wants to hear of sales elsewhere; remembered. */
  readonly wantsElsewhere: Live<boolean>;
  wantElsewhere(wanted: boolean): Promise<void>;
}

export interface NewsDeps {
  readonly status: Live<SyncStatus>;
  /** A new number after each own entry and each acknowledgement. */
  readonly version: Live<number>;
  readonly journal: { readonly index: Pick<JournalIndex, 'head' | 'after'> };
  /** The seq up to which the server named a verdict. */
  readonly answeredThrough: () => number;
  readonly isAcknowledged: (seq: number) => boolean;
  readonly branchJournal: Pick<BranchJournal, 'newest' | 'version'>;
  readonly company: Pick<CompanyBook, 'devices'>;
  readonly serverClock: Pick<ServerClock, 'now'>;
  readonly vault: Vault;
}

/** What is older came with a pull after being away, not just now: nobody wants to hear it one by one. In milliseconds. */
const FRESH_MS = 60_000;

export async function watchNews(deps: NewsDeps): Promise<{ readonly news: News; stop(): void }> {
  const homecoming = createLive<Homecoming | null>(null);
  const elsewhere = createLive<SaleElsewhere | null>(null);
  const wantsElsewhere = createLive(!((await deps.vault.get('quietElsewhere')) ?? false));
  const look = watchHomecoming(deps, homecoming);
  const stops = [
    deps.status.subscribe(look),
    deps.version.subscribe(look),
    deps.branchJournal.version.subscribe(() => wantsElsewhere.get() && tellElsewhere(deps, elsewhere)),
  ];
  look();
  const wantElsewhere = async (wanted: boolean) => {
    await deps.vault.put('quietElsewhere', !wanted);
    wantsElsewhere.set(wanted);
  };
  return {
    news: { homecoming, elsewhere, wantsElsewhere, wantElsewhere },
    stop: () => {
      for (const stop of stops) stop();
    },
  };
}

/** From the first moment without a connection to the verdict on the last entry made since. */
function watchHomecoming(deps: NewsDeps, homecoming: LiveCell<Homecoming | null>): () => void {
  const { status, journal, answeredThrough, isAcknowledged } = deps;
  let awaySince: number | null = null;
  return () => {
    if (status.get().connection !== 'online') awaySince ??= answeredThrough();
    else if (awaySince !== null && answeredThrough() >= journal.index.head().seq) {
      const taken = journal.index.after(awaySince).filter(({ seq }) => isAcknowledged(seq));
      awaySince = null;
      const sales = taken.filter(({ kind }) => kind === 'sale').length;
      if (sales > 0) homecoming.set({ sales, entries: taken.length });
    }
  };
}

function tellElsewhere(deps: NewsDeps, elsewhere: LiveCell<SaleElsewhere | null>): void {
  const { branchJournal, company, serverClock } = deps;
  const [sale] = branchJournal.newest(1);
  const now = serverClock.now();
  if (sale?.kind !== 'sale' || now === null || now - sale.receivedAt > FRESH_MS) return;
  const receipt = receiptOf(sale.entry as DeviceEntry | undefined);
  if (receipt === undefined || sale.id === elsewhere.get()?.id) return;
  const till = company.devices.get().find(({ device }) => device === sale.deviceId)?.till;
  elsewhere.set({ id: sale.id as EntryId, till, receipt });
}
