import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { type FilledMangoQuery, getChangedDocumentsSince } from 'rxdb';
import { getRxStorageMemory } from 'rxdb/plugins/storage-memory';
import { expect, test } from 'vitest';
import { createDexieStorage } from '../dexie-storage.ts';
import { ask, query, type Row, rows, states, writeAll, writeRow } from '../fuzz-items.ts';
import { type Item, openItems, type StoredItem } from '../log/open-collection.ts';
import { createRowStorage } from './row-storage.ts';

type Step =
  | { readonly does: 'write'; readonly writes: readonly (readonly Row[])[] }
  | { readonly does: 'cleanup'; readonly minimumDeletedTime: number }
  | { readonly does: 'open'; readonly by: 'rows' | 'Dexie' }
  | { readonly does: 'query'; readonly query: FilledMangoQuery<Item> };

const step = fc.oneof<fc.WeightedArbitrary<Step>[]>(
  {
    weight: 6,
    arbitrary: fc.record({ does: fc.constant('write' as const), writes: fc.array(rows, { maxLength: 4 }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ does: fc.constant('cleanup' as const), minimumDeletedTime: fc.constantFrom(0, 1e15) }),
  },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('open' as const), by: fc.constantFrom('rows', 'Dexie') }) },
  { weight: 4, arbitrary: fc.record({ does: fc.constant('query' as const), query }) },
);

test('[DISK18] rows answer as RxDB’s memory storage does, and so does Dexie when it opens them in between', async () => {
  let runs = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 30, maxLength: 60 }), async (steps) => {
      runs += 1;
      await sameAnswers(`rows-${runs}`, steps);
    }),
    { numRuns: 60 },
  );
});

async function sameAnswers(database: string, steps: readonly Step[]): Promise<void> {
  const storages = { rows: createRowStorage(indexedDB), Dexie: createDexieStorage() };
  const reference = await openItems({ ...getRxStorageMemory(), collectionStates: new Map() } as never, database);
  let ours = await openItems(storages.rows, database);
  let [now, late] = [await states(reference), new Map<string, StoredItem>()];
  let lwt = 10;
  for (const step of steps) {
    switch (step.does) {
      case 'write': {
        const writes = step.writes.map((some) => {
          lwt += 1;
          return some.map((wanted) => writeRow(wanted, now, late, lwt));
        });
        const [theirs, answers] = [await writeAll(reference, writes), await writeAll(ours, writes)];
        expect(answers).toEqual(theirs);
        [late, now] = [now, await states(reference)];
        break;
      }
      case 'cleanup':
        for (const items of [reference, ours]) await items.cleanup(step.minimumDeletedTime);
        break;
      case 'open':
        await ours.close();
        ours = await openItems(storages[step.by], database);
        break;
      case 'query':
        expect(await ask(ours, step.query)).toEqual(await ask(reference, step.query));
    }
    expect(await states(ours)).toEqual(await states(reference));
    for (const checkpoint of [undefined, { id: 'b', lwt: lwt - 2 }])
      expect(await getChangedDocumentsSince(ours, 3, checkpoint)).toEqual(
        await getChangedDocumentsSince(reference, 3, checkpoint),
      );
  }
  await ours.close();
  await reference.close();
}
