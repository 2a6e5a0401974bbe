import type { DeviceId, Hash } from '../../schema/ids.ts';
import type { StoredDevice } from '../store/store.ts';
import type { Look } from './look.ts';

/** A device with the head that the server holds of it. */
export interface DeviceRow extends StoredDevice {
  readonly headSeq: number | null;
  readonly headHash: Hash | null;
  readonly isRetired: 0 | 1;
}

export function allDevices({ database }: Look): DeviceRow[] {
  const rows = database.prepare<[], DeviceRow>(
    `SELECT d.id AS deviceId, d.branch, d.role, d.till, d.generation, d.public_key AS publicKey, d.certificate,
      d.credential_hash AS credentialHash, d.enrolled_at AS enrolledAt, d.fork_of AS forkOf,
      h.entry_seq AS headSeq, h.hash AS headHash,
      EXISTS (SELECT 1 FROM settled_target t WHERE t.target = 'retired ' || d.id) AS isRetired
     FROM device d LEFT JOIN head h ON h.device_id = d.id ORDER BY d.id`,
  );
  return rows.all();
}

/** Devices named by entries or heads, but written down nowhere. */
export function unknownDevices({ database }: Look): DeviceId[] {
  const rows = database.prepare<[], DeviceId>(
    `SELECT DISTINCT device_id FROM (SELECT device_id FROM entry UNION SELECT device_id FROM head UNION SELECT courier FROM entry)
     WHERE device_id NOT IN (SELECT id FROM device)`,
  );
  return rows.pluck().all();
}
