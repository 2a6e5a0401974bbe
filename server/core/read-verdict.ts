import type { EntryId } from '../../schema/ids.ts';
import type { EntryVerdict } from '../../schema/protocol/push.ts';
import type { StoredDevice } from '../store/store.ts';
import { readableScopes } from './checkpoint.ts';
import type { Core } from './core.ts';

/** What the server made of an entry and why, as its author was told; undefined for what it does not have, or not for this device (I9). */
export function readVerdict(core: Core, device: StoredDevice, id: EntryId): Promise<EntryVerdict | undefined> {
  return core.store.read(async (tx) => {
    const entry = await tx.entry(id);
    if (!entry || !readableScopes(device).includes(entry.scope)) return undefined;
    const { hash, verdict, reason } = entry;
    return { id, hash, verdict, ...(reason === '' ? {} : { reason }) };
  });
}
