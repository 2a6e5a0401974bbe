import { SALE_BYTES_MAX } from '../../schema/limits.ts';
import type { EntryVerdict } from '../../schema/protocol/push.ts';
import type { ExaminedPush } from './examine-push.ts';
import type { JournalWork } from './journal-work.ts';
import { claimOf } from './judge-row.ts';
import { rowText } from './row-text.ts';

/** Rows kept aside per courier. More are refused all the same, and stay on the device that offers them. */
export const ASIDE_KEPT_MAX = 1_000;

/**
 * Characters of a row that is kept aside: what a sale may have. A larger one was never one, and a thousand of them would be gigabytes.
 */
export const ASIDE_LENGTH_MAX = SALE_BYTES_MAX;

/** Refuses a row: it takes no place, and is kept aside while there is room. */
export async function refuseRow(
  work: JournalWork,
  push: ExaminedPush,
  row: unknown,
  reason: string,
): Promise<EntryVerdict> {
  await keepAside(work, push, row, reason);
  return { ...claimOf(row), verdict: 'refused', reason };
}

/** Keeps a row for a person, where the courier has room left. */
async function keepAside(
  { tx, at }: JournalWork,
  { courier: { deviceId } }: ExaminedPush,
  row: unknown,
  reason: string,
): Promise<void> {
  if ((await tx.setAsideCount(deviceId)) >= ASIDE_KEPT_MAX) return;
  const json = rowText(row);
  if (json.length > ASIDE_LENGTH_MAX) return;
  await tx.setAside({ courier: deviceId, entryId: claimOf(row).id, verdict: 'refused', reason, json, receivedAt: at });
}
