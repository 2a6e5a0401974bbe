import { EMPTY_HEAD } from '../../schema/chain.ts';
import type { BodyOf } from '../../schema/entry/entry.ts';
import { type DeviceId, type EntryId, entryId, type Hash, SEQ_MAX } from '../../schema/ids.ts';
import { forkDeviceId } from '../../schema/signature.ts';
import type { JournalChange, StoredDevice } from '../store/store.ts';
import { recordAuthor } from './device-record.ts';
import { noteSoldCart } from './draft-writer.ts';
import type { JournalWork } from './journal-work.ts';
import { noteStoredReturn } from './refund-flags.ts';

/** Runs that may diverge from one device's journal. More are refused: a person must look at such a device. */
export const FORKS_MAX = 100;

const DRAWN = 'prev: it follows a diverging run';

/** What routing needs of a row. */
export interface ForkLink {
  readonly id: EntryId;
  readonly seq: number;
  readonly prev: Hash;
  readonly hash: Hash;
}

/** The fork of `author` that holds this very entry already. */
export async function forkHolding(
  work: JournalWork,
  author: StoredDevice,
  link: ForkLink,
): Promise<JournalChange | undefined> {
  return (await forkEntries(work, author.deviceId, link.seq)).find(({ hash }) => hash === link.hash);
}

/** What a device's forks hold at a place. Few devices were ever copied, and of the others nothing is read. */
export async function forkEntries(
  { tx, copied }: JournalWork,
  deviceId: DeviceId,
  seq: number,
): Promise<readonly JournalChange[]> {
  const isCopied = copied.get(deviceId) ?? (await tx.forksOf(deviceId)).length > 0;
  copied.set(deviceId, isCopied);
  return isCopied ? tx.forkEntries(deviceId, seq) : [];
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
  const { tx } = work;
  const taken = new Set((await forkEntries(work, author.deviceId, link.seq)).map(({ deviceId }) => deviceId));
  const before = link.seq > 1 ? await forkEntries(work, author.deviceId, link.seq - 1) : [];
  const followed = before.find(({ hash, deviceId }) => hash === link.prev && !taken.has(deviceId));
  if (followed) return tx.device(followed.deviceId);
  return (await tx.forksOf(author.deviceId)).length < FORKS_MAX ? beginFork(work, author, link) : undefined;
}

async function beginFork(
  { core, tx, copied }: JournalWork,
  author: StoredDevice,
  link: ForkLink,
): Promise<StoredDevice> {
  const deviceId = forkDeviceId(link.id, link.hash);
  const fork: StoredDevice = { ...author, deviceId, credentialHash: null, forkOf: author.deviceId };
  await tx.addDevice(fork);
  copied.set(author.deviceId, true);
  await recordAuthor(tx, fork);
  await tx.setHead(deviceId, { seq: link.seq - 1, hash: link.prev });
  core.deps.log.warn(
    { deviceId: author.deviceId, fork: deviceId, from: link.id },
    'a device was copied: its entries diverge',
  );
  return fork;
}

/** Files a stored entry, which does not follow its device's journal, as the fork it is. False when there are too many. */
export async function copyToFork(work: JournalWork, author: StoredDevice, entry: JournalChange): Promise<boolean> {
  const fork = await forkFor(work, author, { ...entry, seq: entry.entrySeq });
  if (!fork) return false;
  const { seq: _seq, ...stored } = entry;
  const { deviceId } = fork;
  const id = entryId(deviceId, entry.entrySeq);
  await work.tx.insertEntry({ ...stored, id, deviceId, flags: [...entry.flags, 'forked'] });
  if (entry.kind === 'sale') {
    const { body } = JSON.parse(entry.json) as { body: BodyOf<'sale'> };
    await noteSoldCart(work, body.cartId, id);
  }
  await noteStoredReturn(work, { ...entry, id });
  work.toFold.set(deviceId, fork);
  return true;
}

/**
 * A fork now ends with `filed`, and entries that follow it wait in the device's own chain, before a gap that will never be filled there:
 * they join it, as many as there is room for. The rest joins when the fork is folded next.
 */
export async function drawToFork(
  work: JournalWork,
  author: StoredDevice,
  filed: Pick<ForkLink, 'seq' | 'hash'>,
): Promise<void> {
  const { tx, turned } = work;
  const head = (await tx.head(author.deviceId)) ?? EMPTY_HEAD;
  let last = filed;
  for (let drawn = 0; drawn < work.room.entries && last.seq < SEQ_MAX; drawn += 1) {
    const next = await tx.entry(entryId(author.deviceId, last.seq + 1));
    if (!next || next.entrySeq <= head.seq || next.prev !== last.hash) return;
    if (!(await copyToFork(work, author, next))) return;
    if (next.verdict === 'accepted') {
      await tx.quarantineEntry(next.id, DRAWN);
      turned.set(next.id, { verdict: 'forked', reason: DRAWN });
      await noteStoredReturn(work, next);
    }
    last = { hash: next.hash, seq: next.entrySeq };
  }
}
