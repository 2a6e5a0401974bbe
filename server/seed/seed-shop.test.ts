import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { COMPANY_SCOPE } from '../../schema/ids.ts';
import { type Product, productShape } from '../../schema/product.ts';
import { type Stock, stockShape } from '../../schema/stock/counter.ts';
import type { Core } from '../core/core.ts';
import { openCore } from '../core/open-core.ts';
import { pushEdits } from '../core/push-edits.ts';
import type { DocumentCollection } from '../store/store.ts';
import { createTestDeps, makeTestFolder } from '../testing/test-deps.ts';
import { OTHER_CATEGORY } from './categories.ts';
import { derivePrice, deriveQuantity } from './derive.ts';
import { type SeedWish, seedShop } from './seed-shop.ts';
import { BRANCH } from './shop.ts';

let folder: ReturnType<typeof makeTestFolder>;
let core: Core;
let said: string[];
const deps = createTestDeps();

beforeEach(async () => {
  folder = makeTestFolder();
  core = await openCore(folder.path, deps);
  said = [];
});
afterEach(async () => {
  await core.store.close();
  folder.remove();
});

const IDR = { code: 'IDR', digits: 0 };
const seed = (wish: Partial<SeedWish> = {}, of = core) =>
  seedShop(of, {
    ...{ dataDir: folder.path, currency: IDR, catalogueFile: undefined, demo: false },
    ...{ say: (line: string) => void said.push(line), ...wish },
  });
const seedText = (text: string, of = core) => {
  const catalogueFile = join(folder.path, 'catalogue.csv');
  writeFileSync(catalogueFile, text);
  return seed({ catalogueFile }, of);
};
const all = async <Doc>(collection: DocumentCollection, scope = COMPANY_SCOPE) => {
  const span = { scope, after: 0, limit: 100_000 };
  const rows = await core.store.read((tx) => tx.documentsAfter(collection, span));
  return rows.map(({ json }) => JSON.parse(json) as Doc);
};
const products = () => all<Product>('products');
const stock = () => all<Stock>('stock', BRANCH as never);
const onHand = async () =>
  (await stock()).map(({ counters }) =>
    Object.values(counters).reduce((sum, counter) => sum + counter.in - counter.out, 0),
  );

describe('the demo', () => {
  test('[SEED1] 20,000 products with price, category and opening stock by a real device, and four people', async () => {
    expect((await seed({ demo: true })).ok).toBe(true);
    const made = await products();
    expect(made).toHaveLength(20_000);
    expect(new Set(made.map(({ id }) => id)).size).toBe(20_000);
    for (const product of made) productShape.parse(product);
    for (const document of await stock()) stockShape.parse(document);
    expect((await onHand()).every((units) => units >= 5 && units <= 60)).toBe(true);
    expect(await stock()).toHaveLength(20_000);
    const guessed = made.filter(({ category }) => category !== OTHER_CATEGORY.name).length;
    expect(guessed / made.length).toBeGreaterThan(0.6);
    const company = await all<{ kind: string; name?: string; role?: string }>('company');
    expect(
      company
        .filter(({ kind }) => kind === 'person')
        .map(({ name, role }) => `${name} ${role}`)
        .sort(),
    ).toEqual(['Budi manager', 'Dewi cashier', 'Rini cashier', 'Sari cashier']);
    const [device] = await core.store.read((tx) => tx.devicesOfTill(BRANCH, 'B1' as never));
    const head = await core.store.read((tx) => tx.head(device?.deviceId as never));
    expect([device?.role, head?.seq]).toEqual(['manager', 100]);
    // Again: nothing to do, nothing changes, nothing is said.
    said = [];
    const before = await core.store.read((tx) => tx.place(COMPANY_SCOPE));
    await seed({ demo: true });
    expect([said, await core.store.read((tx) => tx.place(COMPANY_SCOPE))]).toEqual([[], before]);
  });

  test('[SEED1] without the demo there is a branch with its manager, and nothing to sell', async () => {
    await seed();
    expect(await products()).toEqual([]);
    expect((await all<{ kind: string }>('company')).map(({ kind }) => kind).sort()).toEqual([
      'branch-name',
      'epoch',
      'person',
      'settings',
      'tax',
    ]);
    // A later start without the option must not fill a real shop with demo goods.
    await seed({ demo: true });
    expect(await products()).toEqual([]);
  });

  test('[SEED5] what is invented is always the same, and plausible', () => {
    const category = { ...OTHER_CATEGORY, low: 2_000, high: 150_000 };
    const codes = Array.from({ length: 500 }, (_, n) => `899${n}`);
    const prices = codes.map((code) => derivePrice(code, category, IDR));
    expect(prices).toEqual(codes.map((code) => derivePrice(code, category, IDR)));
    expect(prices.every((price) => price % 500 === 0 && price >= 2_000 && price <= 150_000)).toBe(true);
    expect(new Set(prices).size).toBeGreaterThan(50);
    const pounds = codes.map((code) => derivePrice(code, category, { code: 'GBP', digits: 2 }));
    expect(pounds.every((price) => Number.isInteger(price) && price >= 5 && price <= 1_000)).toBe(true);
    expect(codes.map(deriveQuantity)).toEqual(codes.map(deriveQuantity));
  });
});

describe('another catalogue', () => {
  const FILE = 'barcode,name,price,stock\n1,Kopi,5000,10\n2,,1,1\n3,Teh,3000,\n4,Gula,x,1\n';

  test('[SEED3] good rows are imported, bad ones listed by line', async () => {
    expect((await seedText(FILE)).ok).toBe(true);
    expect((await products()).map(({ name, price, taxId }) => [name, price, taxId])).toEqual([
      ['Kopi', 5000, 'ppn11'],
      ['Teh', 3000, 'ppn11'],
    ]);
    expect(await onHand()).toEqual([10]);
    expect(said.join('\n')).toMatch(/2 new.*1 with opening stock; 2 bad rows/);
    expect(said.filter((line) => line.startsWith('  line'))).toEqual([
      '  line 3: empty name',
      '  line 5: bad price "x"',
    ]);
  });

  test('[SEED2] the same file again changes nothing; another updates what it meets', async () => {
    await seedText(FILE);
    const before = await products();
    await seedText(FILE);
    expect(await products()).toEqual(before);
    await seedText('barcode,name,price,stock\n1,Kopi baru,6000,99\n5,Roti,1000,7\n');
    const [tea, coffee, bread] = await products();
    expect([tea?.name, coffee?.name, coffee?.price, coffee?.rev.n, bread?.name]).toEqual([
      'Teh',
      'Kopi baru',
      6000,
      2,
      'Roti',
    ]);
    // Opening stock is entered once per product.
    expect((await onHand()).sort()).toEqual([10, 7].sort());
  });

  test('[SEED2] a start cut short after any write is completed by the next', async () => {
    const rows = Array.from({ length: 450 }, (_, n) => `${n},Name ${n},1000,2`).join('\n');
    const text = `barcode,name,price,stock\n${rows}\n`;
    for (const steps of [1, 2, 3, 4, 5, 6, 7]) {
      let left = steps;
      // The store fails from the given transaction on, as if the process had ended there.
      const write: Core['store']['write'] = (scopes, work) => {
        left -= 1;
        return left < 0 ? Promise.reject(new Error('the power is gone')) : core.store.write(scopes, work);
      };
      await seedText(text, { ...core, store: { ...core.store, write } }).catch(() => undefined);
    }
    expect((await seedText(text)).ok).toBe(true);
    expect(await products()).toHaveLength(450);
    expect(await onHand()).toEqual(Array(450).fill(2));
  });

  test('[SEED6] a row meets the product that carries its barcode now', async () => {
    await seedText('barcode,name,price\n1,Kopi,5000\n');
    const [coffee] = await products();
    const device = { deviceId: '0'.repeat(16), branch: BRANCH, role: 'manager' } as never;
    const patch = { barcodes: ['2'] };
    const edit = { editId: 'edit-0001', collection: 'products', docId: coffee?.id, baseRevision: coffee?.rev };
    await pushEdits(core, device, [{ ...edit, base: { barcodes: ['1'] }, patch, person: 'budi', at: 1 }]);
    await seedText('barcode,name,price\n1,Teh,3000\n2,Kopi,5500\n');
    const now = await products();
    expect(now.map(({ name, barcodes, price }) => [name, barcodes, price])).toEqual([
      ['Teh', ['1'], 3000],
      ['Kopi', ['2'], 5500],
    ]);
    expect(now[1]?.id).toBe(coffee?.id);
  });

  test('[SEED3] a file that is none, or names no columns, is a sentence', async () => {
    expect(await seed({ catalogueFile: join(folder.path, 'nothing.csv') })).toMatchObject({ ok: false });
    expect(await seedText('1,2\n3,4')).toMatchObject({ ok: false, error: expect.stringContaining('name') });
  });

  test('[SEED1] the currency is settled once', async () => {
    await seed({ currency: { code: 'GBP', digits: 2 } });
    await seed({ currency: IDR });
    const settings = (await all<{ currency?: object }>('company')).find(({ currency }) => currency);
    expect(settings?.currency).toEqual({ code: 'GBP', digits: 2 });
    expect(said.join()).toContain('GBP');
  });
});

test('[SEED1] the catalogue carries its licence', () => {
  const text = readFileSync(new URL('./data/README.md', import.meta.url), 'utf8');
  for (const word of ['Open Database License', 'Open Food Facts contributors', 'invented'])
    expect(text).toContain(word);
});
