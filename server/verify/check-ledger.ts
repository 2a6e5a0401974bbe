import type { DeviceId } from '../../schema/ids.ts';
import { isServerJournal } from '../core/server-device.ts';
import type { Ledger } from '../keys/ledger.ts';
import { allDevices } from './device-rows.ts';
import type { Look } from './look.ts';

/** Devices of which the shop's documents say that they were revoked. */
const REVOKED = `SELECT json_extract(json, '$.device') FROM document WHERE collection = 'company'
  AND json_extract(json, '$.kind') = 'device' AND json_extract(json, '$.revokedAt') IS NOT NULL`;

/**
 * Checks that the ledger still knows what it must never forget: a changed byte there gives a generation, and with it receipt numbers, twice,
 * or lets a revoked device in again.
 */
export function checkLedger(look: Look): void {
  const { database, findings, ledger } = look;
  if (!ledger) return;
  // Behind the snapshot of the database, and each line was written before its row.
  ledger.catchUp();
  for (const deviceId of unknownTo(look, ledger)) {
    findings.add('device', deviceId, 'the ledger does not know it, or as another', { odd: true });
  }
  for (const deviceId of database.prepare<[], DeviceId>(REVOKED).pluck().all()) {
    if (!ledger.isRevoked(deviceId))
      findings.add('device', deviceId, 'was revoked, and the ledger does not say so', { odd: true });
  }
}

function unknownTo(look: Look, ledger: Ledger): readonly DeviceId[] {
  const enrolled = allDevices(look).filter((device) => device.forkOf === null && !isServerJournal(device));
  return [...Map.groupBy(enrolled, ({ branch }) => branch)].flatMap(([branch, devices]) => {
    const known = new Map(ledger.devicesOf(branch).map((device) => [device.deviceId, device]));
    const isKnown = ({ deviceId, till, generation }: (typeof devices)[number]) =>
      known.get(deviceId)?.till === till && known.get(deviceId)?.generation === generation;
    return devices.filter((device) => !isKnown(device)).map(({ deviceId }) => deviceId);
  });
}
