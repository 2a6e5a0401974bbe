import type { BranchId, DeviceId } from '../../schema/ids.ts';
import type { JournalPush } from '../../schema/protocol/push.ts';
import { PROTOCOL_VERSION } from '../../schema/protocol/version.ts';
import { must } from '../../schema/result.ts';
import type { InboxPlace } from '../store/store.ts';
import type { Core } from './core.ts';
import { examinePush } from './examine-push.ts';
import { pushTogether } from './push-together.ts';
import { placedRows } from './read-push.ts';
import { takePush } from './take-push.ts';

/** Takes what waits in the inbox of some devices, or of a whole branch: whatever concerns them comes after it. What is laid down meanwhile stays. */
export async function settleInbox(core: Core, whose: readonly DeviceId[] | BranchId): Promise<void> {
  if (!core.inbox.holds(typeof whose === 'string' ? undefined : whose)) return;
  const places = await core.store.read((tx) => tx.inboxPlaces(Number.MAX_SAFE_INTEGER));
  for (const place of places) {
    const isMeant = typeof whose === 'string' ? place.branch === whose : whose.includes(place.deviceId);
    if (isMeant) await takeWaiting(core, place);
  }
}

/** Takes one push that waits, by the rules for any push, in one transaction with its leaving the inbox. One that was taken already is no fault. */
export async function takeWaiting(core: Core, place: InboxPlace): Promise<void> {
  const found = await core.store.read(async (tx) => {
    const push = await tx.inboxPush(place.n);
    return push && { push, courier: must(await tx.device(push.deviceId), 'the device of a push that waits') };
  });
  if (!found) return;
  const { push, courier } = found;
  const rows = placedRows(push.rows);
  const request = { ...(JSON.parse(push.beside) as object), entries: rows.map(({ row }) => row) } as JournalPush;
  const examined = await examinePush(core, courier, request, PROTOCOL_VERSION, rows);
  const isTaken = await pushTogether(core, examined, async (work) => {
    if (!(await work.tx.dropFromInbox(place.n))) return false;
    await takePush(work, examined);
    return true;
  });
  if (isTaken) core.inbox.left(place);
}
