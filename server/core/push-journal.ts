import type { DeviceId } from '../../schema/ids.ts';
import type { JournalPush, JournalPushAnswer } from '../../schema/protocol/push.ts';
import { PROTOCOL_VERSION } from '../../schema/protocol/version.ts';
import type { ReadTx, StoredDevice } from '../store/store.ts';
import type { Core } from './core.ts';
import { type ExaminedPush, examinePush } from './examine-push.ts';
import type { JournalWork } from './journal-work.ts';
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
  return takeInTurn(core, push, (work) => takePush(work, push));
}

/**
 * The same for a courier that showed its credential some time ago, which is looked at again where its rows are taken: null, and nothing taken, where it
 * opens that device no longer.
 */
export async function pushWhileKnown(
  core: Core,
  courier: StoredDevice,
  request: JournalPush,
  protocol: number,
): Promise<JournalPushAnswer | null> {
  const push = await examinePush(core, courier, request, protocol);
  return takeInTurn(core, push, async (work) => {
    const now = await work.tx.device(courier.deviceId);
    return now?.credentialHash === courier.credentialHash ? takePush(work, push) : null;
  });
}

/** Behind all that waits of those whose rows these are. */
async function takeInTurn<Answer>(core: Core, push: ExaminedPush, take: Take<Answer>): Promise<Answer> {
  const named = [...push.authors.keys()];
  for (;;) {
    await settleInbox(core, named);
    const taken = await takeUnlessBehind(core, push, named, take);
    if (taken) return taken.answer;
  }
}

type Take<Answer> = (work: JournalWork) => Promise<Answer>;

/** Null where something waits of those whose rows these are: it came first. */
async function takeUnlessBehind<Answer>(
  core: Core,
  push: ExaminedPush,
  named: readonly DeviceId[],
  take: Take<Answer>,
): Promise<{ readonly answer: Answer } | null> {
  try {
    return await pushTogether(core, push, async (work) => {
      if (core.inbox.holds(named) && (await isWaitingOf(work.tx, named))) throw new InboxFirst();
      return { answer: await take(work) };
    });
  } catch (error) {
    if (error instanceof InboxFirst) return null;
    throw error;
  }
}

/** The store's own word: what a process believes to wait would hold up a device for ever. */
async function isWaitingOf(tx: ReadTx, devices: readonly DeviceId[]): Promise<boolean> {
  for (const deviceId of devices) if (await tx.inboxEnd(deviceId)) return true;
  return false;
}
