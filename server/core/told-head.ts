import { EMPTY_HEAD } from '../../schema/chain.ts';
import type { Head } from '../../schema/entry/entry.ts';
import type { DeviceId } from '../../schema/ids.ts';
import type { ReadTx } from '../store/store.ts';
import type { Inbox } from './inbox.ts';

/** How far the server holds a device's own chain without a gap: what waits in the inbox follows its head. */
export async function receivedHead(tx: ReadTx, deviceId: DeviceId, inbox?: Pick<Inbox, 'holds'>): Promise<Head> {
  const waits = inbox === undefined || inbox.holds([deviceId]);
  return (waits ? await tx.inboxEnd(deviceId) : undefined) ?? (await tx.head(deviceId)) ?? EMPTY_HEAD;
}

/**
 * The head of a device as it is told to that device, which takes an entry of its own at the head for the word that all before it is
 * here too. Of a device that was copied nobody can say so: one copy's entry may stand on the other's. It is told a hash that no entry
 * has, and offers everything again.
 */
export async function toldHead(tx: ReadTx, deviceId: DeviceId, inbox?: Pick<Inbox, 'holds'>): Promise<Head> {
  const head = await receivedHead(tx, deviceId, inbox);
  const isCopied = (await tx.forksOf(deviceId)).length > 0;
  return isCopied ? { seq: head.seq, hash: EMPTY_HEAD.hash } : head;
}
