import { expect, test } from 'vitest';
import type { Edit } from '../../schema/edit.ts';
import type { Epoch } from '../../schema/epoch.ts';
import { ok } from '../../schema/result.ts';
import type { OwnEdit } from '../device/device.ts';
import { createEditBook } from '../store/edit-book.ts';
import { createMemoryShelf } from '../store/memory-shelf.ts';
import { sendEdits } from './edit-outbox.ts';
import type { Http } from './http.ts';

const FIRST = { n: 1, id: '1'.repeat(16) } as Epoch;
const SECOND = { n: 2, id: '2'.repeat(16) } as Epoch;
const edit = {
  editId: 'e'.repeat(20),
  collection: 'products',
  docId: 'p1',
  baseRevision: null,
  base: { name: 'Tea' },
  patch: { name: 'Green tea' },
  person: 'budi',
  at: 1,
} as unknown as Edit;

test('[EDT12] [I3] an edit that the disk kept from waiting again when the history began goes with the next ones', async () => {
  const shelf = createMemoryShelf<OwnEdit>('editId');
  const book = createEditBook(shelf, () => undefined);
  let epoch = FIRST;
  const sent: string[] = [];
  const request = async (_method: string, _path: string, { edits }: { edits: Edit[] }) => {
    sent.push(...edits.map(({ editId }) => editId));
    const rev = { epoch: epoch.n, n: 2 };
    return ok({ epoch, verdicts: edits.map(({ editId }) => ({ editId, verdict: 'accepted', rev })) });
  };
  const send = () =>
    sendEdits({
      book,
      http: { request } as unknown as Http,
      rowsMax: () => 10,
      epoch: () => epoch,
      seen: () => ({ epoch, scopes: {} }) as never,
      onEpoch: async () => undefined,
      onSettled: () => undefined,
      onFault: () => undefined,
    });
  await book.add(edit);
  expect(await send()).toEqual({ done: true });
  epoch = SECOND;
  const { replaceAll } = shelf;
  shelf.replaceAll = () => Promise.reject(new Error('The disk failed.'));
  await expect(book.reopen(epoch)).rejects.toThrow('failed');
  shelf.replaceAll = replaceAll;
  expect(await send()).toEqual({ done: true });
  expect(sent).toEqual([edit.editId, edit.editId]);
  expect(book.edits.get()[0]?.verdict).toMatchObject({ verdict: 'accepted', epoch: SECOND });
});
