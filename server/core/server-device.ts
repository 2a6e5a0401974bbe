import { type BranchId, type TillCode, tillCodeShape } from '../../schema/ids.ts';
import { serverJournalId } from '../../schema/signature.ts';
import type { StoredDevice, WriteTx } from '../store/store.ts';
import type { Core } from './core.ts';
import { recordAuthor } from './device-record.ts';
import { epochOf } from './epoch.ts';

/**
 * The till code of server journals. No code for a device is ever given out under it, and only the shop key certifies: so an author
 * with this code writes the server's kinds, and no other does.
 */
export const SERVER_TILL: TillCode = tillCodeShape.parse('SERVER');

export function isServerJournal({ till }: Pick<StoredDevice, 'till'>): boolean {
  return till === SERVER_TILL;
}

/** The author of the server's journal in a branch and the current epoch: certified and written down when it first speaks. */
export async function openServerDevice(core: Core, tx: WriteTx, branch: BranchId): Promise<StoredDevice> {
  const epoch = await epochOf(tx);
  const deviceId = serverJournalId(branch, epoch.id);
  const known = await tx.device(deviceId);
  if (known) return known;
  const at = core.deps.now();
  const identity = { deviceId, branch, role: 'manager', till: SERVER_TILL, generation: epoch.n } as const;
  const { publicKey } = core.serverKey;
  const certificate = await core.shopKey.certify(identity, publicKey, at);
  const rest = {
    publicKey: JSON.stringify(publicKey),
    certificate,
    credentialHash: null,
    enrolledAt: at,
    forkOf: null,
  };
  const device: StoredDevice = { ...identity, ...rest };
  await tx.addDevice(device);
  await recordAuthor(tx, device);
  return device;
}
