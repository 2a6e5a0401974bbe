import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EMPTY_HEAD, sealEntry } from '../../schema/chain.ts';
import type { BodyOf, DeviceEntry, Head } from '../../schema/entry/entry.ts';
import { type BranchId, type DeviceId, entryId, type PersonId, type ProductId } from '../../schema/ids.ts';
import { type Counter, emptyStock, type Stock } from '../../schema/stock/counter.ts';
import { stockEffects } from '../../schema/stock/effect.ts';
import { foldEffect } from '../../schema/stock/fold.ts';
import { createStockBook } from './stock-book.ts';

const BRANCH = 'utama' as BranchId;
const OWN = 'd'.repeat(16) as DeviceId;
const OTHERS = ['e', 'f', 'g'].map((letter) => letter.repeat(16) as DeviceId);
const TEA = 'tea' as ProductId;
const owner = { deviceId: OWN, branch: BRANCH };

function stockWith(counters: Readonly<Record<string, Counter>>, generation = { epoch: 1, n: 1 }): Stock {
  return { ...emptyStock(BRANCH, TEA, 1), ...generation, counters: counters as Stock['counters'] };
}

function delta(deviceId: DeviceId, counter: Counter, generation = { epoch: 1, n: 1 }) {
  return { productId: TEA, deviceId, counter, ...generation };
}

/** Own entries that each add `delta` units of tea. */
function ownEntries(deltas: readonly number[]): DeviceEntry[] {
  let head: Head = EMPTY_HEAD;
  return deltas.map((units) => {
    const body = { reason: 'x', lines: [{ productId: TEA, delta: units }] } as BodyOf<'adjust'>;
    const entry = sealEntry({ ...owner, person: 'budi' as PersonId, at: 1, kind: 'adjust', body }, head);
    head = entry;
    return entry;
  });
}

test('[LIVE5] a burst of counters keeps the other devices’, whatever was handed on in between', () => {
  const book = createStockBook(owner);
  book.load([stockWith({ [OTHERS[0] as string]: { in: 5, out: 0, seq: 1 } })]);
  const handed = OTHERS.map((device, index) => book.joinDelta(delta(device, { in: 0, out: index + 1, seq: 9 })));
  expect(Object.keys(handed.at(-1)?.counters ?? {}).sort()).toEqual([...OTHERS].sort());
  expect(handed.at(-1)?.counters[OTHERS[0] as DeviceId]).toEqual({ in: 0, out: 1, seq: 9 });
});

test('[LOAD9] what a start found is looked through a page at a time, and by the first question whole', () => {
  const pages = [0, 1, 2].map((at) => [{ ...stockWith({}), id: `s${at}`, productId: `p${at}` } as never]);
  let given = 0;
  const give = function* () {
    for (const page of pages) {
      given += 1;
      yield page;
    }
  };
  const book = createStockBook(owner);
  book.begin(give);
  expect(given).toBe(0);
  expect([book.readSome(), given]).toEqual([true, 1]);
  book.onHand('p0' as ProductId);
  expect([book.readSome(), given]).toEqual([false, 3]);
  book.begin(give);
  while (book.readSome());
  expect([book.join([stockWith({})]).length, given]).toEqual([1, 6]);
});

test('[LIVE5] an older counter, by page or by delta, changes nothing', () => {
  const book = createStockBook(owner);
  const newest = stockWith({ [OWN]: { in: 9, out: 2, seq: 7 } });
  book.load([newest]);
  expect(book.joinDelta(delta(OWN, { in: 9, out: 0, seq: 5 }))).toEqual(newest);
  expect(book.join([stockWith({ [OWN]: { in: 1, out: 0, seq: 1 } })])).toEqual([newest]);
});

test('[LIVE5] a counter of a generation that is not held needs a pull', () => {
  const book = createStockBook(owner);
  expect(book.joinDelta(delta(OWN, { in: 1, out: 0, seq: 1 }, { epoch: 1, n: 2 }))).toBeNull();
  expect(book.joinDelta(delta(OWN, { in: 1, out: 0, seq: 1 }))?.counters[OWN]?.in).toBe(1);
  expect(book.joinDelta(delta(OWN, { in: 1, out: 0, seq: 1 }, { epoch: 2, n: 1 }))).toBeNull();
});

test('[I4] a quarantined own entry does not count, and one behind it does', () => {
  const book = createStockBook(owner);
  const [one, two] = ownEntries([3, 4]) as [DeviceEntry, DeviceEntry];
  book.addOwn(one);
  book.addOwn(two);
  expect(book.onHand(TEA)).toBe(7);
  book.quarantine([one.id]);
  expect(book.onHand(TEA)).toBe(4);
  expect(book.explain(TEA).parts).toMatchObject([{ deviceId: OWN, uncovered: 4, seq: 2 }]);
});

test('[I4] a new epoch begins with lower counters, and own entries count again', () => {
  const book = createStockBook(owner);
  for (const entry of ownEntries([3, 4])) book.addOwn(entry);
  book.join([stockWith({ [OWN]: { in: 7, out: 0, seq: 2 } })]);
  expect(book.onHand(TEA)).toBe(7);
  book.join([stockWith({ [OWN]: { in: 3, out: 0, seq: 1 } }, { epoch: 2, n: 1 })]);
  expect(book.onHand(TEA)).toBe(7);
  expect(book.explain(TEA).parts).toMatchObject([{ uncovered: 4 }]);
});

const deltas = fc.array(
  fc.integer({ min: -9, max: 9 }).filter((units) => units !== 0),
  { minLength: 1, maxLength: 12 },
);

test('[I4] each entry counts once at every moment, however acknowledgements and counters arrive', () => {
  const schedule = fc.array(fc.tuple(fc.nat(12), fc.boolean()), { maxLength: 40 });
  fc.assert(
    fc.property(deltas, schedule, (units, arrivals) => {
      const book = createStockBook(owner);
      const entries = ownEntries(units);
      const states = [emptyStock(BRANCH, TEA, 1)];
      for (const entry of entries) states.push(foldOwn(states.at(-1) as Stock, entry));
      let written = 0;
      for (const [upTo, whole] of arrivals) {
        const entry = entries[written];
        if (entry) book.addOwn(entry);
        written = Math.min(entries.length, written + 1);
        // The server can only have folded what was written.
        const state = states[Math.min(upTo, written)] as Stock;
        const counter = state.counters[OWN];
        if (whole || counter === undefined) book.join([state]);
        else book.joinDelta(delta(OWN, counter));
        expect(book.onHand(TEA)).toBe(units.slice(0, written).reduce((sum, one) => sum + one, 0));
      }
    }),
  );
});

function foldOwn(stock: Stock, entry: DeviceEntry): Stock {
  return stockEffects(entry).reduce((state, effect) => foldEffect(state, OWN, entry.seq, effect), stock);
}

test('[I4] an own entry that is told twice counts once, e.g. one written while the journal is read anew', () => {
  const book = createStockBook(owner);
  book.load([]);
  const [entry] = ownEntries([3]) as [DeviceEntry];
  book.addOwn(entry);
  book.addOwn(entry);
  expect([book.onHand(TEA), book.explain(TEA).parts]).toMatchObject([3, [{ uncovered: 3 }]]);
  book.load([]);
  book.addOwn(entry);
  expect(book.onHand(TEA)).toBe(3);
});

test('[I4] a quarantined entry of the device that was here before hides none of this one’s', () => {
  const book = createStockBook(owner);
  const [entry] = ownEntries([3]) as [DeviceEntry];
  book.quarantine([entryId(OTHERS[0] as DeviceId, entry.seq)]);
  book.addOwn(entry);
  expect(book.onHand(TEA)).toBe(3);
  book.quarantine([entry.id]);
  expect(book.onHand(TEA)).toBe(0);
});

test('[STK9] screens hear of every change', () => {
  const book = createStockBook(owner);
  let heard = 0;
  book.version.subscribe(() => {
    heard += 1;
  });
  book.join([stockWith({ [OWN]: { in: 1, out: 0, seq: 1 } })]);
  book.joinDelta(delta(OWN, { in: 2, out: 0, seq: 2 }));
  for (const entry of ownEntries([1])) book.addOwn(entry);
  expect(heard).toBe(3);
});

test('[STK9] what is on hand after each own entry is what its explanation says, whatever came between', () => {
  const step = fc.oneof(
    fc.record({
      kind: fc.constant('own' as const),
      units: fc.integer({ min: -9, max: 9 }).filter((units) => units !== 0),
    }),
    fc.record({ kind: fc.constant('counter' as const), seq: fc.nat(12), in: fc.nat(20) }),
    fc.record({ kind: fc.constant('quarantine' as const), seq: fc.integer({ min: 1, max: 12 }) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const book = createStockBook(owner);
      const entries = ownEntries(steps.flatMap((one) => (one.kind === 'own' ? [one.units] : [])))[Symbol.iterator]();
      for (const one of steps) {
        if (one.kind === 'own') book.addOwn(entries.next().value as DeviceEntry);
        if (one.kind === 'counter') book.join([stockWith({ [OWN]: { in: one.in, out: 0, seq: one.seq } })]);
        if (one.kind === 'quarantine') book.quarantine([entryId(OWN, one.seq)]);
        expect(book.onHand(TEA)).toBe(book.explain(TEA).onHand);
      }
    }),
  );
});

test('[DISK20] stock is looked through with the first question, and own entries that came before it count', () => {
  const [book, read] = [createStockBook(owner), { pages: 0 }];
  const stock = stockWith({ [OWN]: { in: 5, out: 0, seq: 1 }, [OTHERS[0] as string]: { in: 0, out: 2, seq: 9 } });
  book.begin(function* () {
    read.pages += 1;
    yield [stock];
  });
  for (const entry of ownEntries([5, 1])) book.addOwn(entry);
  expect(read.pages).toBe(0);
  expect([book.onHand(TEA), book.onHand(TEA), read.pages]).toEqual([4, 4, 1]);
  book.begin(() => [[stock]]);
  expect(book.joinDelta(delta(OTHERS[0] as DeviceId, { in: 0, out: 3, seq: 10 }))?.counters[OWN]?.in).toBe(5);
  expect(book.onHand(TEA)).toBe(2);
});
