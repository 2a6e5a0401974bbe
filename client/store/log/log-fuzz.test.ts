import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { type FilledMangoQuery, getChangedDocumentsSince } from 'rxdb';
import { getRxStorageMemory } from 'rxdb/plugins/storage-memory';
import { expect, test } from 'vitest';
import { must } from '../../../schema/result.ts';
import { ask, IDS, query, type Row, rows, states, writeAll, writeRow } from '../fuzz-items.ts';
import { bareAnswer, withIndex } from '../index-pages.ts';
import { indexProducts } from '../index-products.ts';
import type { LogInside } from './log-collection.ts';
import { openLogFile } from './log-file.ts';
import { textOf } from './log-record.ts';
import type { RecordNote } from './log-replay.ts';
import { createLogStorage } from './log-storage.ts';
import { type Item, type ItemStorage, item, openItems, type StoredItem } from './open-collection.ts';
import { type OwnDoc, ownFields, rxFields } from './stored-docs.ts';
import { rewrite } from './tidy-log.ts';

type Step =
  | { readonly does: 'write'; readonly writes: readonly (readonly Row[])[] }
  | { readonly does: 'fill'; readonly ages: Readonly<Record<string, number>> }
  | { readonly does: 'cleanup'; readonly minimumDeletedTime: number }
  | { readonly does: 'restart' | 'tidy all' | 'index' }
  | { readonly does: 'tidy a few'; readonly of: number; readonly rest: number }
  | { readonly does: 'query'; readonly query: FilledMangoQuery<Item> };

/** All tombstones, or none. */
const cleanup = fc.record({ does: fc.constant('cleanup' as const), minimumDeletedTime: fc.constantFrom(0, 0, 1e15) });
const ages = fc.dictionary(fc.constantFrom(...IDS), fc.nat(9), { maxKeys: 4 });
const few = fc.record({ does: fc.constant('tidy a few' as const), of: fc.constantFrom(2, 3), rest: fc.nat(2) });
const step = fc.oneof<fc.WeightedArbitrary<Step>[]>(
  {
    weight: 6,
    arbitrary: fc.record({ does: fc.constant('write' as const), writes: fc.array(rows, { maxLength: 4 }) }),
  },
  { weight: 2, arbitrary: cleanup },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('fill' as const), ages }) },
  {
    weight: 2,
    arbitrary: fc.record({ does: fc.constantFrom('restart' as const, 'tidy all' as const, 'index' as const) }),
  },
  { weight: 2, arbitrary: few },
  { weight: 4, arbitrary: fc.record({ does: fc.constant('query' as const), query }) },
);

test('[DISK11] a log answers as RxDB’s memory storage does, over restarts and rewrites too', async () => {
  let runs = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 30, maxLength: 60 }), async (steps) => {
      runs += 1;
      await sameAnswers(`fuzz-${runs}`, steps);
    }),
    { numRuns: 100 },
  );
});

async function sameAnswers(database: string, steps: readonly Step[]): Promise<void> {
  const storage = createLogStorage({ openFile: (name) => openLogFile(name, indexedDB) });
  const reference = await openItems({ ...getRxStorageMemory(), collectionStates: new Map() } as never, database);
  let ours = await openItems(storage, database);
  const heard: [string[], string[]] = [[], []];
  const listen = (items: ItemStorage, to: string[]) => {
    items.changeStream().subscribe(({ events }) => {
      for (const { operation, documentId } of events) to.push(`${operation} ${documentId}`);
    });
    (items.internals as Partial<LogInside>).onFilled?.((docs) => to.push(...docs.map(({ id }) => `INSERT ${id}`)));
  };
  listen(reference, heard[0]);
  listen(ours, heard[1]);
  let [now, late] = [await states(reference), new Map<string, StoredItem>()];
  let lwt = 10;
  for (const step of steps) {
    switch (step.does) {
      case 'write': {
        const writes = step.writes.map((rows) => {
          lwt += 1;
          return rows.map((wanted) => writeRow(wanted, now, late, lwt));
        });
        // Asked for at once, so that some go together.
        const [theirs, answers] = await Promise.all([writeAll(reference, writes), writeAll(ours, writes)]);
        expect(answers).toEqual(theirs);
        [late, now] = [now, await states(reference)];
        break;
      }
      case 'fill': {
        lwt += 1;
        const docs = Object.keys(step.ages)
          .sort()
          .map((id) => item(id, step.ages[id] ?? 0, { lwt, token: `${lwt}` }));
        const there = await states(reference);
        const areNew = !docs.some(({ id }) => there.has(id));
        if (areNew && docs.length > 0)
          await reference.bulkWrite(docs.map((document) => ({ document })) as never, 'fuzz');
        expect(await fill(ours, docs)).toBe(areNew);
        [late, now] = [now, await states(reference)];
        break;
      }
      case 'cleanup':
        await Promise.all([reference, ours].map((items) => items.cleanup(step.minimumDeletedTime)));
        break;
      case 'restart':
        await ours.close();
        ours = await openItems(storage, database);
        listen(ours, heard[1]);
        break;
      case 'tidy a few':
        await rewriteRecords(storage, database, (notes) => notes.filter(({ n }) => n % step.of === step.rest), false);
        break;
      case 'tidy all':
        await rewriteRecords(storage, database, (notes) => notes, true);
        break;
      case 'index':
        await indexAll(storage, database);
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
  expect(heard[1]).toEqual(heard[0]);
  await ours.close();
  await reference.close();
}

/** As the pages of a first pull come, those of an even number as the server's answer. */
async function fill(items: ItemStorage, docs: readonly StoredItem[]): Promise<boolean> {
  const inside = items.internals as LogInside;
  const [first] = docs;
  const own = docs.map((doc) => ownFields<OwnDoc>(doc));
  const answer = new TextEncoder().encode(JSON.stringify({ epoch: { n: 1 }, documents: own, more: true }));
  const fields = rxFields(first ?? item('a', 0));
  return inside.fill({ docs: own, fields, answer: own.length % 2 === 0 ? answer : undefined }, 'fuzz');
}

/** As a device does with its products when nobody sells. */
async function indexAll(storage: ReturnType<typeof createLogStorage>, database: string): Promise<void> {
  const log = must(await storage.log(database), 'the open log');
  for (const [collection, notes] of log.notes())
    for (const { n } of notes.filter(({ isBare }) => isBare))
      await log.replace(collection, async () => {
        const page = must(bareAnswer((await log.read([n]))[0]), 'a page without an index');
        const own: OwnDoc[] = JSON.parse(textOf(page.bytes)).documents;
        const goods = own.map((doc) => ({ ...doc, barcodes: [], active: true, category: '' }));
        return { amend: new Map([[n, withIndex(page, must(indexProducts(goods as never, page.bytes), 'an index'))]]) };
      });
}

/** Records of the log, however short it is, three at a time. */
async function rewriteRecords(
  storage: ReturnType<typeof createLogStorage>,
  database: string,
  choose: (notes: readonly RecordNote[]) => readonly RecordNote[],
  isWhole: boolean,
): Promise<void> {
  const log = must(await storage.log(database), 'the open log');
  for (const [collection, notes] of log.notes()) {
    const chosen = choose(notes);
    for (let at = 0; at < chosen.length; at += 3)
      await log.replace(collection, () => rewrite(log, collection, chosen.slice(at, at + 3), isWhole));
  }
}
