import type { DeviceId } from '../../schema/ids.ts';
import { REASON_MAX } from '../../schema/limits.ts';
import type { Core } from './core.ts';
import { workOnJournals } from './journal-work.ts';
import { isServerJournal } from './server-device.ts';
import { writeServerEntry } from './server-journal.ts';
import { settleWhatCan } from './settle-inbox.ts';
import { targets } from './targets.ts';
import { writeOffRetired } from './write-off-share.ts';

/**
 * Retires a device or a fork for good: its counters move into each product's base, in one transaction with the server's entry that says
 * so; what arrives of it later counts in the base. False for a device that is unknown, retired already, or a server's journal.
 */
export async function retireDevice(core: Core, deviceId: DeviceId, reason: string): Promise<boolean> {
  const author = await core.store.read((tx) => tx.device(deviceId));
  if (!author || isServerJournal(author)) return false;
  await settleWhatCan(core, [deviceId]);
  return workOnJournals(core, author.branch, async (work) => {
    if (await work.tx.settledBy(targets.retired(deviceId))) return false;
    await writeServerEntry(work, 'retired', { deviceId, reason: reason.slice(0, REASON_MAX).toWellFormed() });
    await writeOffRetired(work, deviceId);
    return true;
  });
}
