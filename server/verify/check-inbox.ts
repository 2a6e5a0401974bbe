import { EMPTY_HEAD } from '../../schema/chain.ts';
import type { Head } from '../../schema/entry/entry.ts';
import type { DeviceId, Hash } from '../../schema/ids.ts';
import { linesOf, readPush } from '../core/read-push.ts';
import { allDevices } from './device-rows.ts';
import { type Look, parseText } from './look.ts';

interface InboxRow {
  readonly deviceId: DeviceId;
  readonly firstSeq: number;
  readonly lastSeq: number;
  readonly lastHash: Hash;
  readonly rows: Uint8Array;
}

/** Checks that what was acknowledged and not taken yet follows the heads of its devices, and is what its hashes say. */
export function checkInbox(look: Look): void {
  const { database, findings } = look;
  const heads = new Map<DeviceId, Head>();
  for (const { deviceId, headSeq, headHash } of allDevices(look)) {
    if (headSeq !== null && headHash !== null) heads.set(deviceId, { seq: headSeq, hash: headHash });
  }
  const waiting = database.prepare<[], InboxRow>(
    `SELECT device_id AS deviceId, first_seq AS firstSeq, last_seq AS lastSeq, last_hash AS lastHash, rows
     FROM inbox ORDER BY device_id, first_seq`,
  );
  for (const row of waiting.iterate()) {
    const { deviceId, firstSeq, lastSeq, lastHash } = row;
    if (!follows(row, heads.get(deviceId) ?? EMPTY_HEAD))
      findings.add(
        'inbox',
        `${deviceId} ${firstSeq}`,
        'does not follow what is here of its device, or is not what its hashes say',
      );
    heads.set(deviceId, { seq: lastSeq, hash: lastHash });
  }
}

function follows({ deviceId, firstSeq, lastSeq, lastHash, rows }: InboxRow, head: Head): boolean {
  const run = readPush({ entries: linesOf(rows).map(parseText) })?.run;
  if (!run || run.deviceId !== deviceId || run.firstSeq !== firstSeq || firstSeq !== head.seq + 1) return false;
  return run.prev === head.hash && run.last.seq === lastSeq && run.last.hash === lastHash;
}
