import { expect, test } from 'vitest';
import type { CompanyDoc } from '../../schema/company.ts';
import type { Edit } from '../../schema/edit.ts';
import type { BranchId } from '../../schema/ids.ts';
import { createCompanyBook } from './company-book.ts';

const head = (id: string, kind: string) => ({ id, kind, scope: '*', rev: { epoch: 1, n: 1 } });
const SETTINGS = {
  ...head('settings', 'settings'),
  ...{ name: 'Toko', currency: { code: 'IDR', digits: 0 }, rounding: 'half-up', silentAfterMs: 60_000 },
} as unknown as CompanyDoc;
const TAX = {
  ...head('tax:ppn', 'tax'),
  tax: { id: 'ppn', name: 'PPN', rate: { num: 11, den: 100 }, inclusive: true },
  next: { rate: { num: 12, den: 100 }, from: '2027-01-01' },
} as unknown as CompanyDoc;

test('[TAX7] receipts of the new day have the new rate, without anything arriving', () => {
  let today = '2026-12-31';
  const book = createCompanyBook(
    'utama' as BranchId,
    () => [],
    () => today,
  );
  book.load([SETTINGS, TAX]);
  const rate = () => book.rules.get()?.taxes[0]?.rate.num;
  expect(rate()).toBe(11);
  today = '2027-01-01';
  book.refresh([]);
  expect(rate()).toBe(12);
  const seen = book.rules.get();
  book.refresh([]);
  expect(book.rules.get()).toBe(seen);
});

test('[EDT17] pending edits lie over a document and make one; what cannot be read stays as the server has it', () => {
  const pending = new Map<string, Pick<Edit, 'patch'>[]>();
  const book = createCompanyBook('utama' as BranchId, (id) => pending.get(id) ?? []);
  book.load([SETTINGS]);
  pending.set('settings', [{ patch: { name: 'Toko Baru', lockAfterMs: 0 } }, { patch: { lockAfterMs: null } }]);
  pending.set('customer:tini', [{ patch: { name: 'Tini', active: true } }]);
  pending.set('customer:half', [{ patch: { name: 'Half' } }]);
  book.refresh([...pending.keys()]);
  expect(book.settings.get()).toMatchObject({ name: 'Toko Baru' });
  expect(book.settings.get()).not.toHaveProperty('lockAfterMs');
  expect(book.customers.get().map(({ name }) => name)).toEqual(['Tini']);
  expect(book.serverDoc('settings')).toMatchObject({ name: 'Toko' });
  pending.clear();
  book.refresh(['settings', 'customer:tini', 'customer:half']);
  expect(book.settings.get()).toMatchObject({ name: 'Toko' });
  expect(book.customers.get()).toEqual([]);
});
