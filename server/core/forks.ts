import { type EntryId, entryId, type Hash } from '../../schema/ids.ts';
import { forkDeviceId } from '../../schema/signature.ts';
import type { JournalChange, ReadTx, StoredDevice } from '../store/store.ts';
import { recordAuthor } from './device-record.ts';
import type { JournalWork } from './journal-work.ts';

/** Runs that may diverge from one device's journal. More are kept aside: a person must look at such a device. */
export const FORKS_MAX = 100;

/** What routing needs of a row. */
export interface ForkLink {
  readonly id: EntryId;
  readonly seq: number;
  readonly prev: Hash;
  readonly hash: Hash;
}

/** The fork of `author` that holds this very entry already. */
export async function forkHolding(
  tx: ReadTx,
  author: StoredDevice,
  link: ForkLink,
): Promise<JournalChange | undefined> {
  for (const fork of await tx.forksOf(author.deviceId)) {
    const stored = await tx.entry(entryId(fork.deviceId, link.seq));
    if (stored?.hash === link.hash) return stored;
  }
  return undefined;
}

/**
 * The device under which a diverging row is filed: the fork whose last entry it follows, else a new one, named after this row.
 * Undefined when the device has too many.
 */
export async function forkFor(
  work: JournalWork,
  author: StoredDevice,
  link: ForkLink,
): Promise<StoredDevice | undefined> {
  const forks = await work.tx.forksOf(author.deviceId);
  for (const fork of forks) {
    const head = await work.tx.head(fork.deviceId);
    if (head?.seq === link.seq - 1 && head.hash === link.prev) return fork;
  }
  return forks.length < FORKS_MAX ? beginFork(work, author, link) : undefined;
}

async function beginFork({ tx }: JournalWork, author: StoredDevice, link: ForkLink): Promise<StoredDevice> {
  const deviceId = forkDeviceId(link.id, link.hash);
  const fork: StoredDevice = { ...author, deviceId, credentialHash: null, forkOf: author.deviceId };
  await tx.addDevice(fork);
  await recordAuthor(tx, fork);
  await tx.setHead(deviceId, { seq: link.seq - 1, hash: link.prev });
  return fork;
}

/** Files a stored entry, which does not follow its device's journal, as the fork it is. False when there are too many. */
export async function copyToFork(work: JournalWork, author: StoredDevice, entry: JournalChange): Promise<boolean> {
  const fork = await forkFor(work, author, { ...entry, seq: entry.entrySeq });
  if (!fork) return false;
  const { seq: _seq, ...stored } = entry;
  const { deviceId } = fork;
  const id = entryId(deviceId, entry.entrySeq);
  await work.tx.insertEntry({ ...stored, id, deviceId, verdict: 'accepted', flags: [...entry.flags, 'forked'] });
  work.toFold.set(deviceId, fork);
  return true;
}
