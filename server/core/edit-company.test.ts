import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CompanyDoc } from '../../schema/company.ts';
import { branchIdShape, branchScope } from '../../schema/ids.ts';
import { OTHER_BRANCH, openTestShop, type TestEnrolment, type TestShop } from '../testing/test-shop.ts';
import { readAudit } from './audit.ts';
import { putCompanyDoc } from './company-writer.ts';
import { pushEdits } from './push-edits.ts';

let shop: TestShop;
let manager: TestEnrolment;
beforeEach(async () => {
  shop = await openTestShop();
  manager = await shop.enrol('manager', 'M1');
});
afterEach(() => shop.close());

let count = 0;
const edit = (docId: string, patch: object, base: object = {}, change: object = {}) => {
  count += 1;
  const head = { editId: `edit-${String(count).padStart(6, '0')}`, collection: 'company', docId };
  return { ...head, baseRevision: { epoch: 1, n: 1 }, base, patch, person: 'budi', at: count, ...change };
};
const made = (docId: string, patch: object) => edit(docId, patch, {}, { baseRevision: null });
const push = async (...rows: unknown[]) => (await pushEdits(shop.core, manager.stored, rows)).verdicts;
const read = async (id: string) => {
  const stored = await shop.core.store.read((tx) => tx.document('company', id));
  return stored && (JSON.parse(stored.json) as CompanyDoc);
};

const TINI = { name: 'Ibu Tini', phone: '0812', group: 'member', creditLimit: 50_000, active: true };
const HAPPY = {
  ...{ name: 'Sore', from: '2026-01-01', to: '2026-12-31', hours: { from: 840, to: 960 }, active: true },
  rule: { type: 'percent', target: { of: 'all' }, basisPoints: 1_000 },
};

test('[EDT14] a customer, a promotion and a tax are made by edits', async () => {
  const tax = { id: 'ppn12', name: 'PPN 12%', rate: { num: 12, den: 100 }, inclusive: true };
  const edits = [made('customer:tini', TINI), made('promotion:sore', HAPPY), made('tax:ppn12', { tax })];
  expect((await push(...edits)).map(({ verdict }) => verdict)).toEqual(['accepted', 'accepted', 'accepted']);
  expect(await read('customer:tini')).toMatchObject({ kind: 'customer', customer: 'tini', scope: '*', ...TINI });
  expect(await read('promotion:sore')).toMatchObject({ kind: 'promotion', promotion: 'sore', ...HAPPY });
  expect(await read('tax:ppn12')).toMatchObject({ kind: 'tax', tax, rev: { epoch: 1, n: 1 } });
});

test('[EDT14] different fields merge, the same one is a conflict, and null takes a field away', async () => {
  await push(made('customer:tini', TINI));
  const verdicts = await push(
    edit('customer:tini', { phone: '0899' }, { phone: '0812' }),
    edit('customer:tini', { creditLimit: null }, { creditLimit: 50_000 }),
    edit('customer:tini', { creditLimit: 9 }, { creditLimit: 50_000 }),
    edit('customer:tini', { creditLimit: 9 }, { creditLimit: null }),
  );
  expect(verdicts.map(({ verdict }) => verdict)).toEqual(['accepted', 'merged', 'conflict', 'merged']);
  expect(verdicts[2]?.conflicts).toEqual([{ field: 'creditLimit', base: 50_000, mine: 9 }]);
  expect(await read('customer:tini')).toMatchObject({ phone: '0899', creditLimit: 9 });
});

test('[EDT14] settings and the own branch change; neither is made', async () => {
  const footer = edit('settings', { receiptFooter: ['Terima kasih'] });
  const branch = edit('branch:utama', { phone: '021' });
  expect((await push(footer, branch)).map(({ verdict }) => verdict)).toEqual(['accepted', 'accepted']);
  expect(await read('settings')).toMatchObject({ receiptFooter: ['Terima kasih'], rev: { n: 2 } });
  expect(await push(made('branch:neu', { name: 'Neu' }))).toMatchObject([{ verdict: 'refused' }]);
});

test.each([
  ['a promotion that ends before it begins', made('promotion:x', { ...HAPPY, to: '2025-12-31' }), 'invalid: to'],
  ['a day that no calendar has', made('promotion:x', { ...HAPPY, from: '2026-02-31' }), 'invalid: from'],
  ['a QRIS that is none', edit('branch:utama', { qris: '000201' }), 'invalid: qris'],
  ['a card number for a name', made('customer:x', { ...TINI, name: '4111 1111 1111 1111' }), 'card-number'],
  ['half a customer', made('customer:x', { name: 'X' }), 'invalid: active'],
  ['a field that is none', edit('settings', { rev: { epoch: 9, n: 9 } }), 'field: rev'],
  ['somebody’s role', edit('person:sari', { role: 'manager' }, { role: 'cashier' }), 'unknown-document'],
  [
    'a tax under another id',
    made('tax:one', { tax: { id: 'two', name: 'T', rate: { num: 1, den: 9 }, inclusive: true } }),
    'tax.id',
  ],
])('[EDT15] %s is refused, and its neighbour applied', async (_what, bad, reason) => {
  const good = edit('settings', { lockAfterMs: 0 });
  const verdicts = await push(bad, good);
  expect(verdicts).toMatchObject([{ verdict: 'refused' }, { verdict: 'accepted' }]);
  expect(verdicts[0]?.reason).toContain(reason);
});

test('[EDT15] two scale rules of one prefix are refused', async () => {
  const rule = { prefix: '21', kind: 'weight', itemDigits: 5, valueDigits: 5, scale: 1 };
  const { scaleBarcodes } = (await read('settings')) as Extract<CompanyDoc, { kind: 'settings' }>;
  const two = edit('settings', { scaleBarcodes: [rule, { ...rule, kind: 'price' }] }, { scaleBarcodes });
  expect(await push(two)).toMatchObject([{ verdict: 'refused', reason: 'invalid: scaleBarcodes' }]);
});

test('[EDT16] the currency changes only before the first sale', async () => {
  const [idr, usd] = [
    { code: 'IDR', digits: 0 },
    { code: 'USD', digits: 2 },
  ];
  expect(await push(edit('settings', { currency: usd }, { currency: idr }))).toMatchObject([{ verdict: 'accepted' }]);
  const till = await shop.enrol('till', 'K1');
  await shop.core.store.write([branchScope(branchIdShape.parse('utama'))], async (tx) => {
    const { deviceId } = till.stored;
    const entry = { id: `${deviceId}:0000000001`, deviceId, entrySeq: 1, prev: '0', hash: '1', scope: 'utama' };
    const rest = { kind: 'sale', at: 1, json: '{}', signature: '', courier: deviceId, receivedAt: 1 };
    await tx.insertEntry({ ...entry, ...rest, verdict: 'accepted', reason: '', flags: [] } as never);
  });
  expect(await push(edit('settings', { currency: idr }, { currency: usd }))).toMatchObject([
    { verdict: 'refused', reason: 'currency-in-use' },
  ]);
});

test('[ROLE8] a cashier and a stranger edit nothing of the company, a till not even for a manager', async () => {
  const wish = (person: string) => edit('settings', { cashierMay: ['refund'] }, {}, { person });
  expect(await push(wish('sari'), wish('nobody'))).toMatchObject([
    { verdict: 'refused', reason: 'person' },
    { verdict: 'refused', reason: 'person' },
  ]);
  const till = await shop.enrol('till', 'K1');
  const { verdicts } = await pushEdits(shop.core, till.stored, [wish('budi')]);
  expect(verdicts).toMatchObject([{ verdict: 'refused', reason: 'role' }]);
});

test('[ROLE8] [I9] a document of another branch is unknown, and no word of its changes is in the audit', async () => {
  const scope = branchScope(OTHER_BRANCH);
  const doc = { id: `branch:${OTHER_BRANCH}`, scope, kind: 'branch' as const, branch: OTHER_BRANCH, name: 'Canary' };
  await shop.core.store.write([scope], (tx) => putCompanyDoc(tx, 1, doc));
  const theirs = await shop.enrol('manager', 'X1', OTHER_BRANCH);
  await pushEdits(shop.core, theirs.stored, [
    edit(doc.id, { name: 'Canary two' }, { name: 'Canary' }),
    edit('customer:canary', { name: 'Canary' }, {}, { baseRevision: null }),
  ]);
  expect(await push(edit(doc.id, { name: 'Mine' }, { name: 'Canary two' }))).toMatchObject([
    { verdict: 'refused', reason: 'unknown-document' },
  ]);
  const page = await readAudit(shop.core, manager.stored, null);
  expect(JSON.stringify(page)).not.toContain('Canary');
});

test('[OFFICE7] the audit says who changed what when and where, and what became of it', async () => {
  await push(made('customer:tini', TINI));
  await push(edit('customer:tini', { phone: '0899' }, { phone: '0812' }), edit('settings', { rev: 1 }));
  const { rows, next } = await readAudit(shop.core, manager.stored, null);
  expect(next).toBeNull();
  expect(rows).toMatchObject([
    { docId: 'settings', verdict: 'refused', reason: 'field: rev' },
    { docId: 'customer:tini', name: 'Ibu Tini', patch: { phone: '0899' }, base: { phone: '0812' }, person: 'budi' },
    { docId: 'customer:tini', device: 'M1', verdict: 'accepted' },
  ]);
});
