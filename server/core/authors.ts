import type { DeviceId } from '../../schema/ids.ts';
import type { ReadTx, StoredDevice } from '../store/store.ts';
import type { Core } from './core.ts';
import { changeDeviceDoc, recordAuthor } from './device-record.ts';
import type { JournalWork } from './journal-work.ts';

/**
 * The devices whose rows a courier may hand in, of those named: its own branch's, known here or proven by a certificate of the shop key.
 * Of others it learns nothing, not even that they exist (I9). A fork is no author: its entries carry the names their device gave them.
 */
export async function findAuthors(
  core: Core,
  courier: StoredDevice,
  named: Iterable<DeviceId>,
  certificates: readonly string[],
): Promise<ReadonlyMap<DeviceId, StoredDevice>> {
  const others = [...new Set(named)].filter((deviceId) => deviceId !== courier.deviceId);
  const authors = new Map([[courier.deviceId, courier]]);
  const unknown = new Set(others);
  if (others.length > 0) {
    for (const author of await core.store.read((tx) => readAll(tx, others))) {
      unknown.delete(author.deviceId);
      if (author.branch === courier.branch && author.forkOf === null) authors.set(author.deviceId, author);
    }
  }
  for (const certificate of unknown.size > 0 ? certificates : []) {
    const author = readAuthor(core, certificate);
    if (author?.branch === courier.branch && unknown.has(author.deviceId)) authors.set(author.deviceId, author);
  }
  return authors;
}

async function readAll(tx: ReadTx, ids: readonly DeviceId[]): Promise<StoredDevice[]> {
  const known: StoredDevice[] = [];
  for (const id of ids) {
    const device = await tx.device(id);
    if (device) known.push(device);
  }
  return known;
}

function readAuthor(core: Core, certificate: string): StoredDevice | undefined {
  const certified = core.shopKey.readCertificate(certificate);
  if (!certified) return undefined;
  const { identity, publicKey, at } = certified;
  const rest = {
    publicKey: JSON.stringify(publicKey),
    certificate,
    credentialHash: null,
    enrolledAt: at,
    forkOf: null,
  };
  return { ...identity, ...rest };
}

/** Writes an author down again that the store lost: its entries count, and no credential opens it until it asks itself. */
export async function ensureAuthor(
  { core, tx }: Pick<JournalWork, 'core' | 'tx'>,
  author: StoredDevice,
): Promise<void> {
  const { deviceId } = author;
  if (await tx.device(deviceId)) return;
  await tx.addDevice(author);
  await recordAuthor(tx, author);
  const revokedAt = core.ledger.revocations().get(deviceId);
  if (revokedAt !== undefined) await changeDeviceDoc(tx, deviceId, { revokedAt });
}
