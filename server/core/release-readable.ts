import type { DeviceEntry } from '../../schema/entry/entry.ts';
import type { BranchId } from '../../schema/ids.ts';
import type { JournalChange } from '../store/store.ts';
import type { Core } from './core.ts';
import { type JournalWork, workOnJournals } from './journal-work.ts';
import { placeRow, readPlacedRow } from './judge-row.ts';
import { isServerJournal } from './server-device.ts';
import { releaseEntry } from './server-journal.ts';

/** Quarantined entries read again in one transaction. */
const PAGE = 100;

/** Reads all quarantined entries of a branch again that an earlier version could not read, and releases those that this one can. */
export async function releaseReadable(core: Core, branch: BranchId): Promise<void> {
  let after: string | null = '';
  while (after !== null) after = await releasePage(core, branch, after);
}

/** Gives the id to go on behind, or null at the end. */
function releasePage(core: Core, branch: BranchId, after: string): Promise<string | null> {
  return workOnJournals(core, branch, async (work) => {
    const page = await work.tx.unreadableEntries(work.scope, after, PAGE);
    for (const entry of page) await rereadEntry(work, entry);
    return page.length < PAGE ? null : (page.at(-1)?.id ?? null);
  });
}

async function rereadEntry(work: JournalWork, entry: JournalChange): Promise<void> {
  const author = await work.tx.device(entry.deviceId);
  if (!author || isServerJournal(author)) return;
  const placed = placeRow(JSON.parse(entry.json));
  if (!placed.ok) return;
  const read = readPlacedRow(placed.value, author);
  if (read.ok) await releaseEntry(work, entry.id, read.value as DeviceEntry, 'it can be read now');
}
