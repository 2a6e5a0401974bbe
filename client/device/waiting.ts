import type { DeviceEntryKind } from '../../schema/entry/entry.ts';
import type { EntryId } from '../../schema/ids.ts';
import type { Money } from '../../schema/money.ts';
import { receiptOf } from '../store/branch-journal.ts';
import type { Findings } from '../store/findings.ts';
import type { Journal, OwnEntry } from '../store/journal.ts';
import type { JournalRow } from '../store/journal-index.ts';
import type { Acknowledged } from '../store/vault.ts';

/**
 * Why an entry is not on the server yet. `next`: nothing is wrong with it, it goes with the next connection. `refused`: the server did not take
 * it, and is asked again at each start. `too-large`: no request carries it; the server has the note that it exists.
 */
export type WaitingWhy = 'next' | 'refused' | 'too-large';

export interface WaitingEntry {
  readonly id: EntryId;
  readonly kind: DeviceEntryKind;
  /** Device clock. */
  readonly at: number;
  readonly receipt: string | undefined;
  readonly due: Money | undefined;
  readonly why: WaitingWhy;
  /** The server's words, where it refused. */
  readonly reason: string;
}

export interface WaitingDeps {
  readonly journal: { readonly index: Pick<Journal['index'], 'after' | 'row'>; readonly readEach: Journal['readEach'] };
  readonly acknowledged: () => Acknowledged;
  readonly findings: Pick<Findings, 'about'>;
}

/** Own entries that the server does not have: what it did not take first, whatever its age, then the newest; at most `limit`. */
export async function readWaiting(deps: WaitingDeps, limit: number): Promise<readonly WaitingEntry[]> {
  const { journal, findings } = deps;
  const { head, refused = [], stubs = [] } = deps.acknowledged();
  const seqs = [...refused, ...stubs];
  const stuck = seqs.flatMap((seq) => journal.index.row(seq) ?? []);
  const next = journal.index.after(head.seq).toReversed();
  const rows = [...stuck, ...next].slice(0, limit);
  const entries = new Map((await journal.readEach(rows.map(({ id }) => id))).map((entry) => [entry.id, entry]));
  const reasons = new Map((await findings.about('refused')).map(({ about, detail }) => [about, detail.reason]));
  return rows.map((row) => ({
    ...whatOf(row, entries.get(row.id)),
    why: refused.includes(row.seq) ? 'refused' : stubs.includes(row.seq) ? 'too-large' : 'next',
    reason: String(reasons.get(row.id) ?? ''),
  }));
}

/** A damaged row is named by what its neighbours say. */
function whatOf({ id, kind, at }: JournalRow, entry: OwnEntry | undefined) {
  const due = entry?.kind === 'sale' || entry?.kind === 'refund' ? entry.body.totals.due : undefined;
  return { id, kind, at, receipt: receiptOf(entry), due };
}
