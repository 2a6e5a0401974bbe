import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { branchIdShape } from '../../schema/ids.ts';
import type { Product } from '../../schema/product.ts';
import { must } from '../../schema/result.ts';
import { createManualTimers } from '../sync/manual-timers.ts';
import { type CatalogueBook, createCatalogue } from './catalogue.ts';
import { createCatalogueRows } from './catalogue-rows.ts';
import { pageRecord, storedProducts } from './page-trial.ts';
import { pagesOf } from './pages-of.ts';
import { LazyRow } from './product-search.ts';

const BRANCH = branchIdShape.parse('utama');
const IDS = Array.from({ length: 40 }, (_, at) => `p${at}`);
const CODES = ['1', '22', '333', 'ABC', 'p3', 'p4'];
const NAMES = [
  'kopi',
  'Kopi',
  '"Kopi"',
  'Teh {a}',
  'teh [',
  'Éclair',
  'b\\',
  '日本',
  '\u{1f4b0}',
  '90 g',
  '',
  'a},{"id":"p1"',
];

const fields = fc.record({
  name: fc.oneof(fc.constantFrom(...NAMES), fc.string({ maxLength: 12 })),
  price: fc.nat(9),
  barcodes: fc.uniqueArray(fc.constantFrom(...CODES), { maxLength: 3 }),
  category: fc.constantFrom('', 'a', 'b', 'toString', '__proto__'),
  active: fc.boolean(),
  limited: fc.option(fc.boolean(), { nil: undefined }),
  branchPrices: fc.option(fc.constantFrom({ utama: 70 }, { lain: 80 }), { nil: undefined }),
  odd: fc.option(fc.constantFrom([{ id: 'p2' }, '},{'], '"', { documents: [] }), { nil: undefined }),
  isTurned: fc.boolean(),
});
type Fields = typeof fields extends fc.Arbitrary<infer Value> ? Value : never;

/** With its keys in one order or the other. */
function made(id: string, { isTurned, ...more }: Fields): Product {
  const all = Object.entries({ id, scope: '*', rev: { epoch: 1, n: 1 }, unitScale: 1, taxId: '', ...more });
  return Object.fromEntries(isTurned ? all.reverse() : all) as never;
}

const some = (max: number) =>
  fc.uniqueArray(fc.tuple(fc.constantFrom(...IDS), fields), { selector: ([id]) => id, maxLength: max });
const step = fc.oneof(
  fc.record({
    does: fc.constant('ask' as const),
    id: fc.constantFrom(...IDS),
    code: fc.constantFrom(...CODES, ...IDS),
  }),
  fc.record({ does: fc.constant('list' as const), limit: fc.integer({ min: 1, max: 30 }) }),
  fc.record({ does: fc.constantFrom('count' as const, 'limited' as const, 'read out' as const, 'all' as const) }),
  fc.record({ does: fc.constant('pass' as const), ms: fc.constantFrom(1, 260, 2_000) }),
  fc.record({ does: fc.constant('find' as const), text: fc.constantFrom('kopi', 'te', 'p3', '2', 'kpi') }),
  fc.record({ does: fc.constant('put' as const), products: some(3) }),
  fc.record({ does: fc.constant('remove' as const), id: fc.constantFrom(...IDS) }),
  fc.record({
    does: fc.constant('edit' as const),
    id: fc.constantFrom(...IDS),
    patch: fc.option(fields, { nil: null }),
  }),
);
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

test('[CAT13] a catalogue that reads products when they are asked for answers as one that read all of them', () => {
  let laid = 0;
  const start = fc.record({
    goods: fc.array(fields, { minLength: 16, maxLength: 36 }),
    size: fc.constantFrom(7, 12, 40),
    ...{ later: some(3), behind: some(1) },
  });
  fc.assert(
    fc.property(start, fc.array(step, { maxLength: 12 }), ({ goods, size, later, behind }, steps) => {
      const filled = [...pagesOf(() => goods.map((one, at) => made(`p${at}`, one)), size)];
      const [over, more] = [later, behind].map((docs) => docs.map((one) => made(...one))) as [Product[], Product[]];
      // What was rewritten lies as a page without an index.
      const rewritten = more.length > 0 ? [pageRecord(more, false)] : [];
      const layers = storedProducts([...filled.map((page) => pageRecord(page)), ...rewritten], over).layers();
      if (!layers) return;
      laid += 1;
      const [lazy, plain] = [open(), open()];
      lazy.catalogue.lay(layers as never);
      plain.catalogue.load([...filled.flat(), ...more, ...over]);
      for (const one of steps) {
        expect([one, play(lazy, one)]).toEqual([one, play(plain, one)]);
        if (one.does === 'ask') expectSameScan(lazy, plain, one.code);
      }
      for (const id of IDS)
        expect(lazy.catalogue.serverProduct(id as never)).toEqual(plain.catalogue.serverProduct(id as never));
      for (const does of ['count', 'limited', 'all'] as const)
        expect(play(lazy, { does })).toEqual(play(plain, { does }));
    }),
    { numRuns: 1_000 },
  );
  expect(laid).toBeGreaterThan(500);
});

test('[CAT13] the first by name are not looked for by their ids again', () => {
  const product = made('p1', { name: 'kopi', price: 3 } as Fields);
  const asked: string[] = [];
  const get = (id: string) => void asked.push(id);
  const rows = createCatalogueRows({ get, settle: () => new Map([[product.id, product]]) }, (one) => ({ ...one }));
  rows.begin();
  const row = rows.ofServed(product);
  expect(row?.product).toEqual(product);
  expect([rows.ofServed(product), rows.of(product.id), ...rows.all()]).toEqual([row, row, row]);
  rows.delete(product.id);
  expect([rows.ofServed(product), asked]).toEqual([undefined, []]);
});

test('[LOAD9] rows and what they are sorted by are made some at a time: a list of all then makes none', () => {
  const products = Array.from({ length: 1_300 }, (_, at) => made(`p${at}`, { name: `k${at % 7}` } as Fields));
  const served = new Map(products.map((product) => [product.id, product]));
  let seen = 0;
  const count = (product: Product) => {
    seen += 1;
    return product;
  };
  const rows = createCatalogueRows({ get: (id) => served.get(id), settle: () => served }, count);
  rows.begin();
  rows.of(must(products[1_299], 'the last').id);
  const steps: number[] = [];
  for (let more = true; more; ) {
    const before = seen;
    more = rows.makeSome();
    steps.push(seen - before);
  }
  expect(steps).toEqual([500, 500, 299]);
  expect([...rows.all()].map(({ product }) => product)).toEqual(products);
  expect([seen, rows.makeSome()]).toEqual([1_300, false]);
});

/** Of several that claim a barcode the last to do so has it: which that is when one is edited depends on whether any was asked for before. */
function expectSameScan(lazy: Opened, plain: Opened, code: string): void {
  const [found, wanted] = [lazy, plain].map(({ catalogue }) => catalogue.byBarcode(code));
  const claims = found?.active && found.barcodes.includes(code) && plain.catalogue.product(found.id);
  if (lazy.pending.size > 0 && found && wanted) expect(claims).toEqual(found);
  else expect(found).toEqual(wanted);
}

interface Opened {
  readonly catalogue: CatalogueBook;
  readonly timers: ReturnType<typeof createManualTimers>;
  readonly pending: Map<string, { patch: never }[]>;
}

function open(): Opened {
  const [timers, pending] = [createManualTimers(), new Map<string, { patch: never }[]>()];
  return { timers, pending, catalogue: createCatalogue(timers, (id) => pending.get(id) ?? [], BRANCH) };
}

/** What it answers. */
function play({ catalogue, timers, pending }: Opened, one: Step): unknown {
  switch (one.does) {
    case 'ask':
      return [catalogue.product(one.id as never), catalogue.edited(one.id as never)];
    case 'list':
      return ['', 'a'].map((category) => catalogue.search('', { category, limit: one.limit }));
    case 'count':
      return [catalogue.count(), catalogue.categories()];
    case 'limited':
      return [...catalogue.limited()].sort();
    case 'all':
      return [catalogue.all(), catalogue.search('', { category: '', limit: 100 })];
    case 'read out':
      return void catalogue.readOut();
    case 'pass':
      return timers.pass(one.ms);
    case 'find':
      return catalogue.search(one.text, { category: '', limit: 9 });
    case 'put':
      return catalogue.put(one.products.map((each) => made(...each)));
    case 'remove':
      return catalogue.remove([one.id]);
    case 'edit': {
      const { isTurned, odd, ...patch } = one.patch ?? ({} as Fields);
      pending.set(one.id, one.patch ? [{ patch: patch as never }] : []);
      return catalogue.refresh([one.id]);
    }
  }
}

const many = Array.from({ length: 1_300 }, (_, at) =>
  made(`p${at}`, {
    ...{ name: `${'cab'[at % 3]} ${(at * 7_919) % 1_300}`, price: 1, barcodes: [`8${at}`], category: 'a' },
    ...{ active: at % 9 > 0, isTurned: false, limited: undefined, branchPrices: undefined, odd: undefined },
  } as Fields),
);

test.each([1, 300, 500])('[CAT13] [CAT10] the first %i by name of pages that know only their first', (limit) => {
  const records = [pageRecord(many.slice(0, 1_200)), pageRecord(many.slice(1_200))];
  const later = many.slice(100, 240).map((each) => ({ ...each, name: `z${each.name}` }));
  for (const over of [[], later]) {
    const [lazy, plain] = [open().catalogue, open().catalogue];
    lazy.lay(must(storedProducts(records, over).layers(), 'layers') as never);
    plain.load([...many, ...over]);
    expect(lazy.search('', { category: '', limit })).toEqual(plain.search('', { category: '', limit }));
    expect(lazy.search('', { category: '', limit: 2_000 })).toEqual(plain.search('', { category: '', limit: 2_000 }));
  }
});

test.each([1, 2, 3, 4, 5, 6, 7])(
  '[CAT13] [LOAD9] what changes behind %i pieces of what is made later is as if all had been made',
  async (pieces) => {
    const records = [pageRecord(many.slice(0, 1_200)), pageRecord(many.slice(1_200))];
    const [lazy, plain] = [open(), open()];
    lazy.catalogue.lay(must(storedProducts(records).layers(), 'layers') as never);
    plain.catalogue.load(many);
    const reading = lazy.catalogue.readOut();
    const piece = async () => {
      lazy.timers.pass(0);
      await new Promise<void>((resolve) => setImmediate(resolve));
    };
    for (let count = 1; count < pieces; count += 1) await piece();
    const [known, copied] = [must(many[1_250], 'a product'), must(many[600], 'a product')];
    const changes: readonly ((opened: Opened) => void)[] = [
      ({ catalogue }) =>
        catalogue.put([
          { ...known, name: 'aa first' },
          { ...copied, id: 'p9999' as never },
        ]),
      ({ catalogue, pending }) => {
        pending.set('p700', [{ patch: { name: 'zz last' } as never }]);
        catalogue.refresh(['p700']);
      },
      ({ catalogue }) => catalogue.remove(['p1', 'p1299']),
    ];
    // Another comes first with each piece: the first makes all that is left.
    for (const at of changes.keys()) for (const one of [lazy, plain]) changes[(pieces - 1 + at) % 3]?.(one);
    const list = ({ catalogue }: Opened) => catalogue.search('', { category: '', limit: 2_000 });
    if (pieces % 2 > 0) expect(list(lazy)).toEqual(list(plain));
    for (let count = 0; count < 9; count += 1) await piece();
    await reading;
    expect(list(lazy)).toEqual(list(plain));
    expect(lazy.catalogue.all()).toEqual(plain.catalogue.all());
  },
);

test('[LOAD9] words wait until rows are made some at a time, and make none themselves', () => {
  const { catalogue, timers } = open();
  const records = [pageRecord(many.slice(0, 1_200)), pageRecord(many.slice(1_200))];
  catalogue.lay(must(storedProducts(records).layers(), 'layers') as never);
  const [taken, after] = [[] as number[], timers.after];
  let seen = 0;
  vi.spyOn(LazyRow.prototype, 'place', 'get').mockImplementation(function (this: LazyRow) {
    seen += 1;
    return this.name;
  });
  vi.spyOn(timers, 'after').mockImplementation((ms, act) =>
    after(ms, () => {
      const before = seen;
      act();
      taken.push(seen - before);
    }),
  );
  timers.pass(2_000);
  vi.restoreAllMocks();
  expect(taken.filter((count) => count > 0)).toEqual([500, 500, 300]);
});

test('[CAT13] nothing is read but what is asked for, until a moment later, some at a time', async () => {
  const records = [pageRecord(many.slice(0, 1_200)), pageRecord(many.slice(1_200))];
  const layers = must(storedProducts(records).layers(), 'layers');
  const read = () => layers.pages.map((page) => !page.readSome(0));
  const { catalogue, timers } = open();
  catalogue.lay(layers as never);
  expect([catalogue.count(), catalogue.byBarcode('81250')?.id, catalogue.product('p3' as never)?.name]).toEqual([
    1_155,
    'p1250',
    many[3]?.name,
  ]);
  catalogue.search('', { category: '', limit: 300 });
  expect(read()).toEqual([false, false]);
  const reading = catalogue.readOut();
  expect(read()).toEqual([false, false]);
  timers.pass(1);
  await reading.catch(() => undefined).constructor;
  timers.pass(2_000);
  expect(read()).toEqual([true, true]);
  expect(catalogue.search('c 7', { category: '', limit: 1 })).toHaveLength(1);
});
