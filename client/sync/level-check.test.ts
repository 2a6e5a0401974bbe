import { beforeEach, expect, test } from 'vitest';
import { bucketOf, type DigestRow, digestOf } from '../../schema/digest.ts';
import type { Checkpoint } from '../../schema/protocol/checkpoint.ts';
import type { DigestRequest } from '../../schema/protocol/digest.ts';
import { fail, ok } from '../../schema/result.ts';
import type { PulledCollection } from '../../schema/roles.ts';
import { createMemoryShelf } from '../store/memory-shelf.ts';
import type { Shelf } from '../store/shelf.ts';
import { digestRow } from './compare-collection.ts';
import type { NetFault } from './http.ts';
import { createLevelCheck, type LevelCheck } from './level-check.ts';
import type { PulledDoc } from './pulled-doc.ts';

const EPOCH = { n: 1, id: '1'.repeat(16) };
const CHECKPOINT = { epoch: EPOCH, scopes: {} } as Checkpoint;

let shelves: Record<string, Shelf<PulledDoc>>;
let served: Record<string, PulledDoc[]>;
let changed: string[];
let tooFresh: boolean;
let fault: NetFault | null;
let asked: string[];
let startedOver: string[];
let pulls: number;
let found: { about: string; detail: Readonly<Record<string, unknown>> }[];
let level: boolean;
let levels: string[];
let check: LevelCheck;
let whileAsked: () => Promise<void>;

beforeEach(() => {
  const names = ['company', 'products', 'stock', 'drafts'];
  shelves = Object.fromEntries(names.map((name) => [name, createMemoryShelf<PulledDoc & { id: string }>('id')]));
  served = Object.fromEntries(names.map((name) => [name, []]));
  changed = [];
  tooFresh = false;
  fault = null;
  asked = [];
  startedOver = [];
  pulls = 0;
  found = [];
  level = true;
  levels = [];
  whileAsked = async () => undefined;
  check = createLevelCheck({
    http: { request: serve as never },
    shelf: (collection) => shelves[collection] as Shelf<PulledDoc>,
    rounds: {
      quietly: async (_collection, act) => (level ? act(CHECKPOINT) : null),
      markBehind: () => undefined,
    },
    findings: { report: async (_kind, about, detail) => void found.push({ about, detail }) },
    startOver: async (collections) => void startedOver.push(...collections),
    askPull: () => {
      pulls += 1;
    },
    onLevel: async (collection) => void levels.push(collection),
    onCompared: () => undefined,
    onFault: () => undefined,
  });
});

async function serve(_method: string, path: string, { bucket }: DigestRequest) {
  if (fault) return fail(fault);
  await whileAsked();
  const collection = path.split('/')[3] as PulledCollection;
  asked.push(bucket === undefined ? collection : `${collection} bucket`);
  const rows: DigestRow[] = (served[collection] ?? []).map((document) => digestRow(collection as never, document));
  const counted = rows.filter(([id]) => !changed.includes(id));
  const answer = { epoch: EPOCH, tooFresh, changed, buckets: [], rows: [] };
  if (bucket === undefined) return ok({ ...answer, buckets: digestOf(counted) });
  return ok({ ...answer, rows: counted.filter(([id]) => bucketOf(id) === bucket) });
}

const product = (id: string, n = 1): PulledDoc => ({ id, rev: { epoch: 1, n } });
const all = () => true;
const held = async () => (await shelves.products?.find({}))?.map(({ id }) => id);
async function hold(...documents: PulledDoc[]): Promise<void> {
  for (const document of documents) await shelves.products?.insert(document);
}

test('[SYNC21] what is level costs one question per collection, and nothing is written down', async () => {
  const documents = Array.from({ length: 100 }, (_, index) => product(`p${index}`));
  await hold(...documents);
  served.products = documents;
  expect(await check.repair(all)).toEqual({ done: true });
  expect([asked, found, startedOver]).toEqual([['company', 'products', 'stock', 'drafts'], [], []]);
});

test('[SYNC21] a document that is missing or other is named, and its collection is pulled anew', async () => {
  await hold(product('a'), product('b', 1));
  served.products = [product('a'), product('b', 2), product('c')];
  expect(await check.repair(all)).toEqual({ done: true });
  expect([startedOver, pulls]).toEqual([['products'], 1]);
  expect(found).toMatchObject([
    { detail: { collection: 'products', missing: { ids: ['c'] }, other: { ids: ['b'] }, extra: { count: 0 } } },
  ]);
});

test('[SYNC21] a draft that only this device has as open is asked for again, not taken away; one that ended counts on neither side', async () => {
  await shelves.drafts?.insert(product('open'));
  await shelves.drafts?.insert({ ...product('ended'), ending: { how: 'paid', at: 1 } });
  expect(await check.repair(all)).toEqual({ done: true });
  expect([startedOver, (await shelves.drafts?.find({}))?.length]).toEqual([['drafts'], 2]);
  expect(found).toMatchObject([{ detail: { other: { ids: ['open'] }, extra: { count: 0 } } }]);
});

test('[DRF22] a draft that the server does not have as open, pulled anew, leaves: it ended so long ago that it is served no more', async () => {
  await shelves.drafts?.insert(product('forgotten'));
  for (let time = 0; time < 3; time += 1) expect(await check.repair(all)).toEqual({ done: true });
  expect([startedOver, await shelves.drafts?.find({})]).toEqual([['drafts'], []]);
});

test('[DRF22] only what is the same here and there is called so', async () => {
  await shelves.drafts?.insert(product('forgotten'));
  await check.repair(all);
  await check.repair(all);
  expect(levels).toEqual(['company', 'products', 'stock', 'company', 'products', 'stock']);
  await check.repair(all);
  expect(levels.slice(6)).toEqual(['company', 'products', 'stock', 'drafts']);
});

test('[SYNC21] what a pull does not bring is not pulled for again and again, and hides no ghost', async () => {
  served.products = [product('unreadable'), product('p1')];
  await hold(product('p1'), product('ghost'));
  for (let time = 0; time < 5; time += 1) expect(await check.repair(all)).toEqual({ done: true });
  expect([startedOver, pulls, await held()]).toEqual([['products'], 1, ['p1']]);
  served.products.push(product('p2'));
  await check.repair(all);
  expect(startedOver).toEqual(['products', 'products']);
  await hold(product('unreadable'), product('p2'));
  await check.repair(all);
  await shelves.products?.remove(['unreadable']);
  await check.repair(all);
  expect(startedOver).toHaveLength(3);
});

test('[SYNC21] stock is compared by all its counters', async () => {
  const stock = { id: 's', epoch: 1, n: 1, base: { in: 0, out: 0 }, counters: {} };
  await shelves.stock?.insert(stock);
  served.stock = [{ ...stock, counters: { ['d'.repeat(16)]: { in: 1, out: 0, seq: 1 } } }];
  await check.repair(all);
  expect(startedOver).toEqual(['stock']);
});

test('[SYNC21] a ghost that only this device has goes, without a pull', async () => {
  await hold(product('a'), product('ghost'));
  served.products = [product('a')];
  expect(await check.repair(all)).toEqual({ done: true });
  expect([await held(), startedOver]).toEqual([['a'], []]);
});

test('[SYNC21] what changed behind the checkpoint counts on neither side', async () => {
  await hold(product('a'), product('b', 7));
  served.products = [product('a'), product('b', 6)];
  changed = ['b'];
  await check.repair(all);
  expect([found, startedOver]).toEqual([[], []]);
});

test('[SYNC18] after a new epoch only what the server does not have goes, silently; the rest is another’s work', async () => {
  await hold(product('a'), product('old'), product('b', 1));
  served.products = [product('a'), product('b', 2)];
  expect(await check.sweep(all)).toEqual({ done: true });
  expect([await held(), found, startedOver]).toEqual([['a', 'b'], [], []]);
});

test('[SYNC18] a document that came live while it was compared stays', async () => {
  await hold(product('a'));
  served.products = [];
  whileAsked = async () => {
    await shelves.products?.replace(product('a', 2));
  };
  await check.sweep(all);
  expect(await held()).toEqual(['a']);
});

test('[SYNC18] [SYNC21] with a pull to be done first, or no answer, nothing goes', async () => {
  await hold(product('a'));
  tooFresh = true;
  expect([(await check.sweep(all)).done, pulls]).toEqual([false, 1]);
  tooFresh = false;
  level = false;
  expect([(await check.repair(all)).done, pulls]).toEqual([false, 2]);
  level = true;
  fault = { kind: 'offline', text: 'cut' };
  expect((await check.sweep(all)).done).toBe(false);
  fault = null;
  expect([(await check.sweep(() => false)).done, await held()]).toEqual([false, ['a']]);
});
