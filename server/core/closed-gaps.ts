import { EMPTY_HEAD } from '../../schema/chain.ts';
import type { Head } from '../../schema/entry/entry.ts';
import type { DeviceId } from '../../schema/ids.ts';
import type { JournalChange, ReadTx, WriteTx } from '../store/store.ts';
import { noteLacking } from './lacking.ts';

/** Entries of a device that were said never to come. */
interface Stretch {
  readonly from: number;
  readonly to: number;
}

const keyOf = (deviceId: DeviceId): string => `closed-gaps ${deviceId}`;

/**
 * Notes a closed gap until the head has passed it: what stands behind it may come later, as after a restore, and some of it may be
 * here in spite of all.
 */
export async function noteClosedGap(tx: WriteTx, deviceId: DeviceId, { from, to }: Stretch): Promise<void> {
  const head = (await tx.head(deviceId)) ?? EMPTY_HEAD;
  const open = [...(await closedGaps(tx, deviceId)), { from, to }].filter((stretch) => stretch.to > head.seq);
  await tx.setMeta(keyOf(deviceId), JSON.stringify(open));
}

/** Steps over a closed gap: gives the head right before the next entry that is here, where all between is closed; else it as it is. */
export async function overClosedGap(tx: WriteTx, next: JournalChange, last: Head): Promise<Head> {
  const { deviceId, entrySeq, prev } = next;
  if (entrySeq === last.seq + 1) return last;
  const stretches = await closedGaps(tx, deviceId);
  const isClosed = stretches.some(({ from, to }) => from <= last.seq + 1 && to >= entrySeq - 1);
  if (!isClosed) return last;
  await noteLacking(tx, deviceId, { from: last.seq + 1, to: entrySeq - 1 });
  return { seq: entrySeq - 1, hash: prev };
}

async function closedGaps(tx: ReadTx, deviceId: DeviceId): Promise<readonly Stretch[]> {
  return JSON.parse((await tx.meta(keyOf(deviceId))) ?? '[]') as Stretch[];
}
