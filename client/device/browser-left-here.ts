import type { TillCode } from '../../schema/ids.ts';
import { listSlots, openBrowserVault } from '../store/browser-vault.ts';
import type { DeviceDeps } from './device-deps.ts';
import { enrolledAs } from './enrol-device.ts';
import { type LeftJournal, readLeftHere } from './left-here.ts';

/** What this browser holds besides: devices under other names, and journals under this one whose enrolment is lost. */
export async function browserLeftHere(
  { name, openDisk, clock }: Pick<DeviceDeps, 'name' | 'openDisk' | 'clock'>,
  indexedDb: IDBFactory,
): Promise<{ others: { slot: string; till: TillCode }[]; journals: LeftJournal[] }> {
  const others: { slot: string; till: TillCode }[] = [];
  for (const slot of await listSlots(indexedDb)) {
    if (slot === name) continue;
    const vault = await openBrowserVault(slot, indexedDb);
    const identity = await enrolledAs({ vault });
    vault.close();
    if (identity) others.push({ slot, till: identity.till });
  }
  // Opening would make it: an empty browser stays empty.
  const isThere = (await indexedDb.databases()).some((database) => database.name?.includes(`laci-${name}--`));
  return { others, journals: isThere ? await readLeftHere(openDisk, name, clock) : [] };
}
