import type { BackupRecord } from '../keys/ledger.ts';
import type { DatabaseHeads, DeviceHead } from './read-heads.ts';

/** What a device will send again after a restore. */
export interface ReturningDevice {
  /** As people know it: `utama K1`, with the generation where it is not the first. */
  readonly name: string;
  /** The last entry that the restored database holds. */
  readonly held: number;
  /** The last entry that the server is known to have held; more may wait on the device. */
  readonly last: number;
}

/** Every device of which the replaced database, or else the newest backup, held more than the restored one does. */
export function returningDevices(
  restored: DatabaseHeads,
  replaced: DatabaseHeads | null,
  newest: BackupRecord | undefined,
): ReturningDevice[] {
  const held = new Map(restored.heads.map(({ deviceId, seq }) => [deviceId as string, seq]));
  const known = replaced?.heads ?? restored.heads;
  const returning = known.map((head) => {
    const last = Math.max(head.seq, newest?.heads[head.deviceId]?.seq ?? 0);
    return { name: nameOf(head), held: held.get(head.deviceId) ?? 0, last };
  });
  return returning.filter(({ held: before, last }) => last > before);
}

function nameOf({ branch, till, generation }: DeviceHead): string {
  return `${branch} ${till}${generation > 1 ? ` (${generation})` : ''}`;
}
