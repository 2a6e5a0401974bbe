import { EMPTY_HEAD, sealEntry } from '../../schema/chain.ts';
import type { BodyOf, DeviceEntry, ServerEntry } from '../../schema/entry/entry.ts';
import { type EntryId, SERVER_PERSON } from '../../schema/ids.ts';
import { entrySigningText } from '../../schema/signature.ts';
import { coverReleased, foldServerEntry } from './fold-server-entry.ts';
import type { JournalWork } from './journal-work.ts';
import { openServerDevice } from './server-device.ts';
import { targets } from './targets.ts';
import { noteTransfer } from './transfer-flags.ts';

/**
 * Appends to the server's own journal of this branch and epoch: chained, signed by the server's key, folded at once, all in the
 * transaction of what made it necessary. Devices get it like every other's entries.
 */
export async function writeServerEntry<Kind extends ServerEntry['kind']>(
  work: JournalWork,
  kind: Kind,
  body: BodyOf<Kind>,
): Promise<void> {
  const { core, tx, branch, scope, at } = work;
  const { deviceId } = await openServerDevice(core, tx, branch);
  const head = (await tx.head(deviceId)) ?? EMPTY_HEAD;
  const entry = sealEntry({ deviceId, branch, person: SERVER_PERSON, at, kind, body }, head) as ServerEntry;
  const { id, seq: entrySeq, prev, hash } = entry;
  const signature = core.serverKey.sign(entrySigningText(id, hash));
  const text = { kind, at, json: JSON.stringify(entry), signature, courier: deviceId, receivedAt: at };
  const place = { id, deviceId, entrySeq };
  await tx.insertEntry({ ...place, prev, hash, scope, ...text, verdict: 'accepted', reason: '', flags: [] });
  // Before it is folded: what it releases may make another entry necessary, which takes the next place.
  await tx.setHead(deviceId, { seq: entrySeq, hash });
  await noteTransfer(work, id, entry);
  const fault = await foldServerEntry(work, place, entry);
  if (fault) await tx.quarantineEntry(id, fault);
}

/** Counts an entry that cannot count in its own place, once, through the server's journal. */
export async function releaseEntry(
  work: JournalWork,
  target: EntryId,
  readable: DeviceEntry,
  reason: string,
): Promise<void> {
  if (await work.tx.settledBy(targets.release(readable.id, readable.hash)))
    return coverReleased(work, target, readable);
  await writeServerEntry(work, 'release', { target, readable: { ...readable }, reason });
}
