import type { EpochDoc } from '../../schema/company.ts';
import type { DeviceId, TillCode } from '../../schema/ids.ts';
import { addMoney, type Money, subtractMoney } from '../../schema/money.ts';
import type { BranchEntry } from '../../schema/protocol/pull.ts';
import type { Shelf } from '../store/shelf.ts';
import type { CameBack } from './device.ts';

/**
 * What came back in each history after the first: entries that had been acknowledged in an earlier one, or were handed in by others. An
 * entry counts in the history in which the server stored it.
 */
export async function readCameBack(
  epochs: readonly EpochDoc[],
  shelf: Pick<Shelf<BranchEntry>, 'find'>,
  tillOf: (device: DeviceId) => TillCode | undefined,
): Promise<readonly CameBack[]> {
  const begun = epochs.filter(({ cause }) => cause !== 'first').sort((left, right) => right.epoch.n - left.epoch.n);
  const from = Math.min(...begun.map(({ begunAt }) => begunAt));
  if (begun.length === 0) return [];
  const stored = await shelf.find({ where: { receivedAt: { $gte: from } }, sort: ['receivedAt'] });
  const returned = stored.filter(({ flags }) => flags.includes('returned'));
  const byEpoch = Map.groupBy(returned, ({ receivedAt }) => begun.find(({ begunAt }) => begunAt <= receivedAt));
  return begun.map((epoch) => ({ epoch, tills: perTill(byEpoch.get(epoch) ?? [], tillOf) }));
}

function perTill(
  entries: readonly BranchEntry[],
  tillOf: (device: DeviceId) => TillCode | undefined,
): CameBack['tills'] {
  return [...Map.groupBy(entries, ({ deviceId }) => deviceId)]
    .map(([device, own]) => {
      const receipts = own.filter(({ kind }) => kind === 'sale' || kind === 'refund');
      return { till: tillOf(device), entries: own.length, receipts: receipts.length, sum: sumOf(receipts) };
    })
    .sort((left, right) => ((left.till ?? '') < (right.till ?? '') ? -1 : 1));
}

function sumOf(receipts: readonly BranchEntry[]): Money {
  let sum = 0 as Money;
  for (const { kind, entry } of receipts) {
    const due = (entry as { body?: { totals?: { due?: Money } } } | undefined)?.body?.totals?.due ?? (0 as Money);
    sum = kind === 'sale' ? addMoney(sum, due) : subtractMoney(sum, due);
  }
  return sum;
}
