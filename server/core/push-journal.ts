import type { DeviceId } from '../../schema/ids.ts';
import type { JournalPush, JournalPushAnswer } from '../../schema/protocol/push.ts';
import { PROTOCOL_VERSION } from '../../schema/protocol/version.ts';
import type { StoredDevice } from '../store/store.ts';
import type { Core } from './core.ts';
import { type ExaminedPush, examinePush } from './examine-push.ts';
import type { PlacedRow } from './judge-row.ts';
import { pushTogether } from './push-together.ts';
import { settleInbox } from './settle-inbox.ts';
import { takePush } from './take-push.ts';

/** Something was laid into the inbox of a device after it was settled, and before this push had its turn. */
class InboxFirst extends Error {
  override readonly name = 'InboxFirst';
}

/**
 * Takes pushed entries: a verdict per row, in the order of the rows, all in one transaction with the stock they move, which other pushes may share. Nothing
 * that is wrong with one row holds back another, and sending the same rows again changes nothing (I1). What proves a row is
 * its author's signature, whoever delivers it; `protocol` is the version that the courier speaks, `read` its rows where they were read before.
 */
export async function pushJournal(
  core: Core,
  courier: StoredDevice,
  request: JournalPush,
  protocol: number = PROTOCOL_VERSION,
  read?: readonly PlacedRow[],
): Promise<JournalPushAnswer> {
  const push = await examinePush(core, courier, request, protocol, read);
  const named = [...push.authors.keys()];
  for (;;) {
    await settleInbox(core, named);
    const answer = await takeUnlessBehind(core, push, named);
    if (answer) return answer;
  }
}

/** Null where something waits of those whose rows these are: it came first. */
async function takeUnlessBehind(
  core: Core,
  push: ExaminedPush,
  named: readonly DeviceId[],
): Promise<JournalPushAnswer | null> {
  try {
    return await pushTogether(core, push, async (work) => {
      if (core.inbox.holds(named)) throw new InboxFirst();
      return takePush(work, push);
    });
  } catch (error) {
    if (error instanceof InboxFirst) return null;
    throw error;
  }
}
