import type { EntryVerdict } from '../../schema/protocol/push.ts';
import type { SetAside } from '../store/store.ts';
import type { ExaminedPush } from './examine-push.ts';
import type { JournalWork } from './journal-work.ts';
import { claimOf } from './judge-row.ts';
import { rowText } from './row-text.ts';

/** Rows kept aside per courier. More are refused all the same, and stay on the device that offers them. */
export const ASIDE_KEPT_MAX = 1_000;

/** Refuses a row: it takes no place, and is kept aside while there is room. */
export async function refuseRow(
  work: JournalWork,
  push: ExaminedPush,
  row: unknown,
  reason: string,
): Promise<EntryVerdict> {
  await keepAside(work, push, row, 'refused', reason);
  return { ...claimOf(row), verdict: 'refused', reason };
}

/** Keeps a row for a person. False when the courier has no room left. */
export async function keepAside(
  { tx, at }: JournalWork,
  { courier: { deviceId } }: ExaminedPush,
  row: unknown,
  verdict: SetAside['verdict'],
  reason: string,
): Promise<boolean> {
  if ((await tx.setAsideCount(deviceId)) >= ASIDE_KEPT_MAX) return false;
  const kept = { courier: deviceId, entryId: claimOf(row).id, verdict, reason, json: rowText(row), receivedAt: at };
  await tx.setAside(kept);
  return true;
}
