import type { BranchId, DeviceId } from '../../schema/ids.ts';
import type { JournalPush } from '../../schema/protocol/push.ts';
import { PROTOCOL_VERSION } from '../../schema/protocol/version.ts';
import { must } from '../../schema/result.ts';
import { type InboxPlace, StoreFault } from '../store/store.ts';
import type { Core } from './core.ts';
import { examinePush } from './examine-push.ts';
import { pushTogether } from './push-together.ts';
import { placedRows } from './read-push.ts';
import { takePush } from './take-push.ts';

/** Takes what waits in the inbox of some devices, or of a whole branch: whatever concerns them comes after it. What is laid down meanwhile stays. */
export async function settleInbox(core: Core, whose: readonly DeviceId[] | BranchId): Promise<void> {
  for (const place of await placesOf(core, whose)) await takeWaiting(core, place);
}

/**
 * The same for acts that stand on nothing that waits, and only come after it where that can be: what cannot be taken, or a disk that takes
 * nothing, is logged and holds up none of them.
 */
export async function settleWhatCan(core: Core, whose: readonly DeviceId[] | BranchId): Promise<void> {
  const stuck = new Set<DeviceId>();
  try {
    for (const place of await placesOf(core, whose)) {
      if (!stuck.has(place.deviceId)) await takeOr(core, place, stuck);
    }
  } catch (error) {
    if (!(error instanceof StoreFault)) throw error;
    core.deps.log.error({ err: error }, 'what was acknowledged could not be taken; it is tried again');
  }
}

async function placesOf(core: Core, whose: readonly DeviceId[] | BranchId): Promise<readonly InboxPlace[]> {
  if (!core.inbox.holds(typeof whose === 'string' ? undefined : whose)) return [];
  const places = await core.store.read((tx) => tx.inboxPlaces(Number.MAX_SAFE_INTEGER));
  return places.filter(({ branch, deviceId }) =>
    typeof whose === 'string' ? branch === whose : whose.includes(deviceId),
  );
}

/** Takes one push that waits; where that cannot be done its device is added to `stuck`. Rejects with a StoreFault. */
export async function takeOr(core: Core, place: InboxPlace, stuck: Set<DeviceId>): Promise<void> {
  try {
    await takeWaiting(core, place);
  } catch (error) {
    if (error instanceof StoreFault) throw error;
    stuck.add(place.deviceId);
    core.deps.log.error({ err: error, device: place.deviceId }, 'a push that was acknowledged could not be taken');
  }
}

/** Takes one push that waits, by the rules for any push, in one transaction with its leaving the inbox. One that was taken already is no fault. */
async function takeWaiting(core: Core, place: InboxPlace): Promise<void> {
  const found = await core.store.read(async (tx) => {
    const push = await tx.inboxPush(place.n);
    return push && { push, courier: must(await tx.device(push.deviceId), 'the device of a push that waits') };
  });
  if (!found) return core.inbox.left(place.n);
  const { push, courier } = found;
  const rows = placedRows(push.rows);
  const request = { ...(JSON.parse(push.beside) as object), entries: rows.map(({ row }) => row) } as JournalPush;
  const examined = await examinePush(core, courier, request, PROTOCOL_VERSION, rows);
  try {
    await pushTogether(core, examined, async (work) => {
      if (await work.tx.dropFromInbox(place.n)) await takePush(work, examined);
    });
  } catch (error) {
    // It may have been taken, and what is folded behind that failed.
    if (await core.store.read((tx) => tx.inboxPush(place.n))) throw error;
    core.inbox.left(place.n);
    throw error;
  }
  core.inbox.left(place.n);
}
