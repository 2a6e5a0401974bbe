import type { Entry } from '../../schema/entry/entry.ts';
import type { EntryId, TransferId } from '../../schema/ids.ts';
import { type TransferEvent, transferEvent } from '../../schema/stock/transfer.ts';
import { TRANSFER_FLAGS, transferFlags } from '../../schema/stock/transfer-flag.ts';
import type { JournalChange } from '../store/store.ts';
import type { JournalWork } from './journal-work.ts';

/** Entries of one transfer that are compared with each other: two, and a few that correct them. */
const TRANSFER_ENTRIES_MAX = 200;

/** Under which the entries of a transfer are noted beside the sold carts. No cart's id has a colon. */
function transferKey(transferId: TransferId): string {
  return `transfer:${transferId}`;
}

/** An entry that says something of a transfer is stored, or does not count any more: all of them are looked at again at the end. */
export async function noteTransfer({ tx, scope, transfers }: JournalWork, id: EntryId, entry: Entry): Promise<void> {
  const event = transferEvent(entry);
  if (!event) return;
  transfers.add(event.transferId);
  await tx.addSoldCart(scope, transferKey(event.transferId), id);
}

/**
 * Flags what does not fit what else this branch knows of a transfer, and takes flags back from what fits: whatever order both branches are
 * heard in, the same end up flagged.
 */
export async function flagTransfers(work: JournalWork): Promise<void> {
  for (const transferId of work.transfers) await flagTransfer(work, transferId);
}

interface Seen {
  readonly stored: JournalChange;
  readonly event: TransferEvent;
}

async function flagTransfer({ tx, scope }: JournalWork, transferId: TransferId): Promise<void> {
  const ids = await tx.cartEntries(scope, transferKey(transferId), TRANSFER_ENTRIES_MAX);
  const seen: Seen[] = [];
  for (const id of ids) {
    const stored = await tx.entry(id);
    const event = stored?.verdict === 'accepted' && transferEvent(JSON.parse(stored.json) as Entry);
    if (stored && event) seen.push({ stored, event });
  }
  // The first of several that say the same: an entry and its release, or what two histories told.
  const events = new Map(
    seen
      .sort(byArrival)
      .toReversed()
      .map(({ event }) => [event.key, event]),
  );
  const flags = transferFlags([...events.values()].toReversed());
  for (const { stored, event } of seen) {
    const others = stored.flags.filter((flag) => !TRANSFER_FLAGS.has(flag));
    const wanted = [...others, ...(flags.get(event.key) ?? [])];
    if (wanted.join() !== stored.flags.join()) await tx.reflagEntry(stored.id, wanted);
  }
}

function byArrival({ stored: left }: Seen, { stored: right }: Seen): number {
  return left.receivedAt - right.receivedAt || (left.id < right.id ? -1 : 1);
}
