import type { JournalPushAnswer } from '../../schema/protocol/push.ts';
import type { StoredDevice } from '../store/store.ts';
import type { Core } from './core.ts';
import { type LaidAnswer, layInInbox } from './lay-in-inbox.ts';
import { pushJournal } from './push-journal.ts';
import { placedRows, type ReadPush } from './read-push.ts';

/** What becomes of a push: it was taken, or it waits in the inbox, and all its rows are accepted. */
export type Received =
  | { readonly isLaid: true; readonly answer: LaidAnswer }
  | { readonly isLaid: false; readonly answer: JournalPushAnswer };

/** Takes a push that was read, now or, where all its rows are sure to be accepted, when its turn comes. */
export async function receivePush(
  core: Core,
  courier: StoredDevice,
  read: ReadPush,
  protocol: number,
): Promise<Received> {
  const laid = await layInInbox(core, courier, read, protocol);
  if (laid !== null) return { isLaid: true, answer: laid };
  const rows = placedRows(read.rows);
  const request = { ...read.beside, entries: rows.map(({ row }) => row) };
  return { isLaid: false, answer: await pushJournal(core, courier, request, protocol, rows) };
}
