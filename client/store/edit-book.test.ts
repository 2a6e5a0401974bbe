import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Edit, mergeEdit, overlayEdits } from '../../schema/edit.ts';
import type { Product } from '../../schema/product.ts';
import type { EditVerdict } from '../../schema/protocol/push.ts';
import type { OwnEdit } from '../device/device.ts';
import { wireEdit } from './edit-again.ts';
import { createEditBook } from './edit-book.ts';
import { createMemoryShelf } from './memory-shelf.ts';

type Doc = Product & Record<string, unknown>;
const tea = {
  id: 'tea',
  scope: '*',
  rev: { epoch: 1, n: 1 },
  name: 'Tea',
  price: 100,
  category: 'a',
} as unknown as Doc;

/** A device that edits, and a server that merges as the server does; the document travels when the test says so. */
function createTrial() {
  const shelf = createMemoryShelf<OwnEdit>('editId');
  const open = () => createEditBook(shelf, () => arrived.rev);
  let served: Doc = tea;
  let arrived: Doc = tea;
  let book = open();
  let epoch = { n: 1, id: '1'.repeat(16) };
  const seen = () => overlayEdits(arrived, book.patchesFor('tea')) as Doc;
  const edit = (id: string, patch: Edit['patch']) => {
    const base = Object.fromEntries(Object.keys(patch).map((field) => [field, seen()[field] as never]));
    const baseRevision = arrived.rev;
    const made = {
      editId: `edit-000${id}`,
      collection: 'products',
      docId: 'tea',
      baseRevision,
      base,
      patch,
      person: 'budi',
      at: 1,
    };
    return book.add(made as unknown as Edit);
  };
  const write = (patch: Record<string, unknown>) => {
    served = { ...served, ...patch, rev: { epoch: epoch.n, n: served.rev.n + 1 } } as Doc;
  };
  const serve = (row: OwnEdit): EditVerdict => {
    const { verdict, fields, conflicts } = mergeEdit(served, wireEdit(row));
    write(fields);
    return { editId: row.editId, verdict, fields: Object.keys(fields), conflicts: [...conflicts], rev: served.rev };
  };
  const trial = {
    edit,
    seen,
    write,
    served: () => served,
    book: () => book,
    pull: () => {
      arrived = served;
    },
    push: async () => {
      for (let batch = book.sendable(9); batch.length > 0; batch = book.sendable(9))
        await book.settle(batch.map(serve), epoch);
    },
    pushOne: () => book.settle(book.sendable(1).map(serve), epoch),
    /** Yesterday's backup: this document, in a new history. */
    restore: (backup = tea) => {
      epoch = { n: epoch.n + 1, id: String(epoch.n + 1).repeat(16) };
      served = { ...backup, rev: { epoch: epoch.n, n: backup.rev.n } };
      return book.reopen(epoch);
    },
    /** The same without anybody's noticing. */
    rollBack: () => {
      trial.slip();
      trial.notice();
    },
    slip: () => {
      served = { ...tea, rev: { epoch: 1, n: 1 } };
    },
    notice: () => {
      epoch = { n: epoch.n + 1, id: String(epoch.n + 1).repeat(16) };
    },
    reopen: () => book.reopen(epoch),
    /** The server judges what is sent now; gives the way to let its answer come. */
    underWay: () => {
      const judged = book.sendable(1).map(serve);
      return () => book.settle(judged, epoch);
    },
    refuse: () =>
      book.settle(
        book.sendable(1).map(({ editId }) => ({ editId, verdict: 'refused', reason: 'no' })),
        epoch,
      ),
    reload: async () => {
      book = open();
      await book.load();
    },
  };
  return trial;
}

const verdicts = (edits: readonly OwnEdit[]) => edits.map(({ verdict }) => verdict?.verdict ?? null);

test('[OFFICE3] a pending edit shows at once, and after a reload', async () => {
  const trial = createTrial();
  await trial.edit('one', { price: 120 });
  expect(trial.seen().price).toBe(120);
  await trial.reload();
  expect(trial.seen().price).toBe(120);
  expect(trial.book().waiting()).toHaveLength(1);
});

test('[EDT11] an accepted edit stays laid over its document until that has arrived, over a reload too', async () => {
  const trial = createTrial();
  await trial.edit('one', { price: 120 });
  await trial.push();
  expect(trial.seen().price).toBe(120);
  await trial.reload();
  expect(trial.seen().price).toBe(120);
  trial.pull();
  trial.write({ price: 150 });
  trial.pull();
  expect(trial.seen().price).toBe(150);
});

test('[OFFICE3] a lost edit rolls back, and is kept with base, mine and theirs', async () => {
  const trial = createTrial();
  await trial.edit('one', { price: 120, name: 'Green tea' });
  trial.write({ price: 90 });
  await trial.push();
  expect(trial.book().edits.get()[0]?.verdict).toMatchObject({
    verdict: 'conflict',
    conflicts: [{ field: 'price', base: 100, mine: 120, theirs: 90 }],
  });
  expect([trial.seen().price, trial.seen().name]).toEqual([100, 'Green tea']);
  trial.pull();
  expect([trial.seen().price, trial.seen().name]).toEqual([90, 'Green tea']);
});

test('[I15] a second edit of a document waits for the verdict of the first; other documents do not', async () => {
  const trial = createTrial();
  await trial.edit('one', { price: 120 });
  await trial.edit('two', { price: 130 });
  await trial.book().add({ ...(trial.book().waiting()[0] as OwnEdit), editId: 'edit-other' as never, docId: 'rice' });
  expect(
    trial
      .book()
      .sendable(9)
      .map(({ editId }) => editId),
  ).toEqual(['edit-000one', 'edit-other']);
  await trial.pushOne();
  expect(
    trial
      .book()
      .sendable(9)
      .map(({ editId }) => editId),
  ).toEqual(['edit-000two', 'edit-other']);
});

test('[I15] an edit made while the first one’s document is still on its way does not conflict with it', async () => {
  const trial = createTrial();
  await trial.edit('one', { price: 120 });
  await trial.push();
  await trial.reload();
  await trial.edit('two', { price: 130 });
  await trial.push();
  expect(verdicts(trial.book().edits.get())).not.toContain('conflict');
  expect(trial.served().price).toBe(130);
});

test('[I15] after a refused edit the next one stands on what that one stood on', async () => {
  const trial = createTrial();
  await trial.edit('one', { price: 120 });
  await trial.edit('two', { price: 130 });
  await trial.refuse();
  expect(trial.seen().price).toBe(130);
  await trial.push();
  expect(verdicts(trial.book().edits.get())).toEqual(['accepted', 'refused']);
});

test('[I15] after a refused edit only the next one of its field moves; those behind stand on that one', async () => {
  const trial = createTrial();
  for (const [id, price] of [
    ['one', 1],
    ['two', 2],
    ['three', 1],
  ] as const)
    await trial.edit(id, { price });
  await trial.refuse();
  expect(
    trial
      .book()
      .waiting()
      .map(({ base }) => base.price),
  ).toEqual([100, 2]);
  await trial.push();
  expect(verdicts(trial.book().edits.get())).toEqual(['accepted', 'accepted', 'refused']);
});

test('[I15] after a lost edit the next one conflicts with the other person, and says from what it came', async () => {
  const trial = createTrial();
  await trial.edit('one', { price: 120 });
  await trial.edit('two', { price: 130 });
  trial.write({ price: 90 });
  await trial.push();
  expect(trial.book().edits.get()[0]?.verdict?.conflicts).toEqual([
    { field: 'price', base: 100, mine: 130, theirs: 90 },
  ]);
});

test('[I15] a device that edits alone never gets a conflict, whenever verdicts and documents arrive and whatever history is restored', async () => {
  const step = fc.oneof(
    fc.record({ edit: fc.constantFrom('name', 'price', 'category'), to: fc.integer({ min: 1, max: 3 }) }),
    fc.constantFrom('push', 'pushOne', 'pull', 'reload', 'refuse', 'restore'),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      const trial = createTrial();
      for (const [index, one] of steps.entries()) {
        if (typeof one === 'string') await trial[one as 'push']();
        else await trial.edit(`${index}`.padStart(4, '0'), { [one.edit]: one.to });
      }
      await trial.push();
      expect(verdicts(trial.book().edits.get())).not.toContain('conflict');
      trial.pull();
      expect(trial.seen()).toEqual(trial.served());
    }),
    { numRuns: 300 },
  );
});

test('[I15] an edit on top of one that a restore lost and the server then refused does not conflict with it', async () => {
  const trial = createTrial();
  await trial.edit('one', { name: 1 });
  await trial.push();
  trial.pull();
  await trial.restore();
  await trial.refuse();
  await trial.edit('two', { name: 1 });
  await trial.push();
  await trial.push();
  expect(verdicts(trial.book().edits.get())).not.toContain('conflict');
  expect(trial.served().name).toBe(1);
});

test('[EDT12] in a new history what the server lost waits again, and shows as waiting', async () => {
  const trial = createTrial();
  await trial.edit('1', { price: 110 });
  await trial.push();
  trial.pull();
  await trial.edit('2', { price: 120 });
  await trial.push();
  trial.pull();
  expect((await trial.restore()).map(({ editId }) => editId)).toEqual(['edit-0002', 'edit-0001']);
  expect([trial.book().waiting().length, trial.book().edits.get()[0]?.verdict]).toEqual([2, null]);
  await trial.push();
  trial.pull();
  expect([trial.served().price, trial.book().waiting()]).toEqual([120, []]);
  expect(trial.book().edits.get()[0]?.verdict).toMatchObject({ epoch: { n: 2 } });
});

test('[EDT12] [I15] what a later own edit has written in the new history does not go again behind it', async () => {
  const trial = createTrial();
  await trial.edit('1', { price: 100, name: 'Green tea' });
  await trial.push();
  trial.pull();
  trial.rollBack();
  await trial.edit('2', { price: 115 });
  await trial.pushOne();
  expect((await trial.reopen()).map(({ editId, again }) => [editId, again])).toEqual([['edit-0001', ['name']]]);
  await trial.push();
  expect(verdicts(trial.book().edits.get())).not.toContain('conflict');
  expect(trial.served()).toMatchObject({ price: 115, name: 'Green tea' });
});

test('[EDT12] [I15] an own edit that goes again behind a later own one, which was under way, is nobody’s decision', async () => {
  const trial = createTrial();
  await trial.edit('1', { price: 100, name: 'Green tea' });
  await trial.push();
  trial.pull();
  await trial.edit('2', { price: 115 });
  trial.rollBack();
  const answer = trial.underWay();
  await trial.reopen();
  await answer();
  await trial.push();
  expect(verdicts(trial.book().edits.get())).toEqual(['merged', 'merged']);
  expect(trial.served()).toMatchObject({ price: 115, name: 'Green tea' });
});

test('[EDT12] [I15] a later own edit that the server still has is nobody’s conflict when the one before it goes again', async () => {
  const trial = createTrial();
  await trial.edit('1', { price: 100, name: 'Green tea' });
  await trial.push();
  trial.pull();
  trial.slip();
  await trial.edit('2', { price: 115 });
  await trial.push();
  trial.notice();
  await trial.reopen();
  await trial.push();
  expect(verdicts(trial.book().edits.get())).not.toContain('conflict');
  expect(trial.served()).toMatchObject({ price: 115, name: 'Green tea' });
});

test('[EDT12] an edit that was refused goes again in no history', async () => {
  const trial = createTrial();
  await trial.edit('1', { price: 110 });
  await trial.refuse();
  expect(await trial.restore()).toEqual([]);
});

test('[EDT10] a decided conflict is kept; in a new history only what the person let stand of it goes again', async () => {
  const trial = createTrial();
  await trial.edit('1', { price: 110, name: 'Mine' });
  trial.write({ price: 500 });
  await trial.push();
  const id = trial.book().edits.get()[0]?.editId as never;
  await trial.book().decide(id, { at: 1, fields: { price: 'theirs' } }, null);
  await trial.reload();
  expect(trial.book().edits.get()[0]).toMatchObject({ decided: { fields: { price: 'theirs' } } });
  await trial.restore();
  await trial.push();
  expect([trial.served().price, trial.served().name]).toEqual([100, 'Mine']);
});

test('[I15] after a restore an own edit that stands against an own earlier one is carried on by the device', async () => {
  const trial = createTrial();
  await trial.edit('1', { price: 110 });
  await trial.push();
  trial.write({ price: 500 });
  trial.pull();
  await trial.edit('2', { price: 120 });
  await trial.push();
  trial.pull();
  // The other person's 500 has not come again yet.
  await trial.restore();
  await trial.push();
  expect([trial.served().price, trial.book().waiting()]).toEqual([120, []]);
  expect(trial.book().edits.get()).toMatchObject([
    { editId: 'edit-0002_1', verdict: { verdict: 'accepted' } },
    { editId: 'edit-0002', verdict: { verdict: 'merged' }, decided: { as: 'edit-0002_1' } },
    { editId: 'edit-0001' },
  ]);
});

/** So many edits of products of their own, and the disk that they lie on. */
async function createImport(count: number) {
  const shelf = createMemoryShelf<OwnEdit>('editId');
  const writes = { many: 0, one: 0 };
  const disk = { fails: false };
  const counting: typeof shelf = {
    ...shelf,
    replace: async (doc) => {
      writes.one += 1;
      await shelf.replace(doc);
    },
    replaceAll: async (docs) => {
      writes.many += 1;
      if (disk.fails) throw new Error('QuotaExceededError');
      await shelf.replaceAll(docs);
    },
  };
  const book = createEditBook(counting, () => undefined);
  await book.load();
  const made = Array.from({ length: count }, (_, place) => ({
    ...{ editId: `import-${place}`, collection: 'products', docId: `p${place}`, person: 'budi', at: 1 },
    ...{ baseRevision: null, base: {}, patch: { name: `Product ${place}` } },
  }));
  await book.add(...(made as unknown as Edit[]));
  const epoch = { n: 1, id: '1'.repeat(16) };
  const verdicts = (batch: readonly OwnEdit[]): EditVerdict[] =>
    batch.map(({ editId }) => ({ editId, verdict: 'accepted', rev: { epoch: 1, n: 1 } }));
  return { book, writes, disk, shelf, settle: (batch: readonly OwnEdit[]) => book.settle(verdicts(batch), epoch) };
}

test('[EDT21] the verdicts of one answer go to the disk in one write, however many they are', async () => {
  const { book, writes, shelf, settle } = await createImport(1_000);
  const orders = book.edits.get().map(({ order }) => order);
  expect(orders).toEqual(orders.toSorted((left, right) => right - left));
  for (let batch = book.sendable(200); batch.length > 0; batch = book.sendable(200)) {
    expect(batch).toHaveLength(200);
    expect(await settle(batch)).toHaveLength(200);
  }
  expect(writes).toEqual({ many: 5, one: 0 });
  const again = createEditBook(shelf, () => undefined);
  await again.load();
  expect(again.waiting()).toEqual([]);
  expect(again.edits.get()).toEqual(book.edits.get());
});

test('[EDT21] verdicts that the disk did not take were never given: the edits are sent again', async () => {
  const { book, disk, settle } = await createImport(3);
  disk.fails = true;
  await expect(settle(book.sendable(3))).rejects.toThrow('QuotaExceededError');
  expect(book.waiting()).toHaveLength(3);
  expect(book.patchesFor('p1')).toEqual([{ patch: { name: 'Product 1' } }]);
  disk.fails = false;
  expect(await settle(book.sendable(3))).toHaveLength(3);
  expect(book.waiting()).toEqual([]);
});

test('[TAB4] an edit that another tab wrote is taken in once, shown and sent; what was written here is no other one’s', async () => {
  const shelf = createMemoryShelf<OwnEdit>('editId');
  const [book, other] = [createEditBook(shelf, () => tea.rev), createEditBook(shelf, () => tea.rev)];
  const heard: string[] = [];
  const taken: Promise<void>[] = [];
  shelf.onWritten((rows) => {
    const take = async () => void heard.push(...(await book.takeIn(rows)).map(({ editId }) => editId));
    taken.push(take());
  });
  const edit = (editId: string, price: number) =>
    ({ editId, collection: 'products', docId: 'tea', base: { price: 100 }, patch: { price } }) as unknown as Edit;
  await book.add(edit('edit-here', 110));
  await other.load();
  await other.add(edit('edit-there', 120));
  await Promise.all(taken);
  expect(heard).toEqual(['edit-there']);
  expect(book.waiting().map(({ editId, order }) => [editId, order])).toEqual([
    ['edit-here', 1],
    ['edit-there', 2],
  ]);
  expect(overlayEdits(tea, book.patchesFor('tea'))).toMatchObject({ price: 120 });
});
