import { EMPTY_HEAD } from '../../schema/chain.ts';
import type { EntryId } from '../../schema/ids.ts';
import type { EntryVerdict, JournalPushAnswer } from '../../schema/protocol/push.ts';
import { foldAll } from './advance-head.ts';
import { closeGapsUpTo } from './close-gap.ts';
import type { ExaminedPush } from './examine-push.ts';
import type { JournalWork } from './journal-work.ts';
import { refuseRow } from './set-aside.ts';
import { takeRow } from './take-row.ts';
import { toldHead } from './told-head.ts';

/** Takes a push in a transaction: a verdict per row, in the order of the rows, and the stock they move. */
export async function takePush(work: JournalWork, push: ExaminedPush): Promise<JournalPushAnswer> {
  const { courier, request } = push;
  const verdicts = await takeRows(work, push);
  await foldAll(work);
  if (request.oldestHeld !== undefined) {
    await closeGapsUpTo(work, courier, request.oldestHeld - 1, 'its device no longer holds these entries');
  }
  const head = await toldHead(work.tx, courier.deviceId, work.core.inbox);
  const answer = { epoch: work.epoch, head, verdicts: verdicts.map((verdict) => turnedVerdict(work, verdict)) };
  return push.protocol === 1 ? answer : { ...answer, heads: await otherHeads(work, push) };
}

/** Rows are taken author by author in the order of their chains, and answered in the order they came. */
async function takeRows(work: JournalWork, push: ExaminedPush): Promise<EntryVerdict[]> {
  const verdicts: EntryVerdict[] = [];
  for (const [index, row] of push.rows.entries()) {
    if (!row.ok) verdicts[index] = await refuseRow(work, push, push.request.entries[index], row.error);
  }
  const placed = push.rows.flatMap((row, index) => (row.ok ? [{ index, row: row.value }] : []));
  placed.sort((left, right) => compareText(left.row.place.id, right.row.place.id) || left.index - right.index);
  for (const { index, row } of placed) {
    verdicts[index] = await takeRow(work, push, row);
    await work.step();
  }
  return verdicts;
}

function compareText(left: string, right: string): number {
  return left < right ? -1 : Number(left > right);
}

/** An entry that was accepted and then did not follow the one before it is answered as what it is now. */
function turnedVerdict({ turned }: JournalWork, verdict: EntryVerdict): EntryVerdict {
  const now = verdict.verdict === 'accepted' ? turned.get(verdict.id as EntryId) : undefined;
  return now ? { ...verdict, ...now } : verdict;
}

/** The heads of the other devices whose rows were taken here. */
async function otherHeads({ tx }: JournalWork, { authors, courier }: ExaminedPush) {
  const heads: NonNullable<JournalPushAnswer['heads']> = {};
  for (const deviceId of authors.keys()) {
    if (deviceId !== courier.deviceId) heads[deviceId] = (await tx.head(deviceId)) ?? EMPTY_HEAD;
  }
  return heads;
}
