import type { DeviceEntry } from '../../schema/entry/entry.ts';

/** Receipt numbers count 1, 2, 3 … per device (I5). */
export function judgeReceipts(deviceId: string, entries: readonly DeviceEntry[]): string[] {
  const receipts = entries.flatMap((entry) =>
    entry.kind === 'sale' || entry.kind === 'refund' ? [entry.body.receiptNo] : [],
  );
  const gap = receipts.findIndex((receiptNo, index) => receiptNo !== index + 1);
  return gap < 0 ? [] : [`receipts of ${deviceId}: ${receipts[gap]} where ${gap + 1} should be`];
}
