import type { Entry } from '../../schema/entry/entry.ts';
import type { DeviceRow } from './device-rows.ts';
import type { EntryRow } from './entry-rows.ts';
import type { Findings } from './findings.ts';

/** Receipt numbers: 1, 2, 3 … per device, and none twice in the shop (I5). */
export interface ReceiptCheck {
  /** Takes a device's entries in order; `entry` is null for one that cannot be read or does not count. */
  add(device: DeviceRow, row: EntryRow, entry: Entry | null): void;
}

export function createReceiptCheck(findings: Findings): ReceiptCheck {
  const holders = new Map<string, string>();
  let current: { readonly deviceId: string; nextNo: number | null; lastSeq: number } | null = null;
  const add: ReceiptCheck['add'] = ({ deviceId, forkOf, branch }, row, entry) => {
    if (current?.deviceId !== deviceId)
      current = { deviceId, nextNo: forkOf === null ? 1 : null, lastSeq: forkOf === null ? 0 : row.seq - 1 };
    // Behind an entry that is missing or cannot be read, its number may be missing too.
    if (row.seq !== current.lastSeq + 1 || entry === null) current.nextNo = null;
    current.lastSeq = row.seq;
    if (entry?.kind !== 'sale' && entry?.kind !== 'refund') return;
    const { receipt, receiptNo } = entry.body;
    if (current.nextNo !== null && receiptNo !== current.nextNo) {
      findings.add('entry', row.id, `receiptNo: ${receiptNo} where ${current.nextNo} should be`, { odd: true });
    }
    current.nextNo = receiptNo + 1;
    // A copied device repeats the numbers of the one it was copied from; that is what its fork tells.
    if (forkOf !== null) return;
    const holder = holders.get(`${branch} ${receipt}`);
    if (holder !== undefined)
      findings.add('entry', row.id, `receipt: ${holder} has the number ${receipt} already`, { odd: true });
    holders.set(`${branch} ${receipt}`, row.id);
  };
  return { add };
}
