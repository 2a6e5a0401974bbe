import type { StoredDevice } from '../store/store.ts';
import type { Core } from './core.ts';
import { layInInbox } from './lay-in-inbox.ts';
import { pushJournal } from './push-journal.ts';
import { placedRows, type ReadPush } from './read-push.ts';

/** Takes a push that was read, now or, where all its rows are sure to be accepted, when its turn comes. Gives the answer, as JSON. */
export async function receivePush(
  core: Core,
  courier: StoredDevice,
  read: ReadPush,
  protocol: number,
): Promise<string> {
  const laid = await layInInbox(core, courier, read, protocol);
  if (laid !== null) return laid;
  const rows = placedRows(read.rows);
  const request = { ...read.beside, entries: rows.map(({ row }) => row) };
  return JSON.stringify(await pushJournal(core, courier, request, protocol, rows));
}
