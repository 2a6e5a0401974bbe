import { expect, test } from 'vitest';
import type { CustomerDoc, SettingsDoc, TaxDoc } from '../../schema/company.ts';
import { type Money, money } from '../../schema/money.ts';
import { editablePercent, parsePercent } from '../ui/percent.ts';
import { changedFields, unlessUsual } from './changed-fields.ts';
import { contentKey } from './content-key.ts';
import { customerForm, customerPatch } from './customer-form.ts';
import { knownGroups } from './known-groups.ts';
import { matchCustomers } from './match-customers.ts';
import { readScales, scaleForm } from './scale-form.ts';
import { read as readCompanyForm } from './settings-company-panel.tsx';
import { readLines, readWhole } from './settings-numbers.ts';
import { readSyncForm, type SyncNumber, syncBounds, syncForm } from './sync-form.ts';
import { taxForm, taxPatch } from './tax-form.ts';
import { formerFields } from './use-edit-company.ts';

const parseMoney = (typed: string) => (/^\d+$/.test(typed) ? money(Number(typed)) : null);
const editable = (amount: Money) => String(amount);
const customer = (name: string, more: object = {}) => ({ name, active: true, ...more }) as unknown as CustomerDoc;

test('[OFFICE8] a customer’s edit holds what was changed; an emptied limit is taken away', () => {
  const tini = customer('Ibu Tini', { phone: '0812', creditLimit: 50_000 });
  const form = customerForm(tini, editable);
  expect(customerPatch(tini, form, parseMoney)).toEqual({});
  expect(customerPatch(tini, { ...form, limit: '', group: 'member' }, parseMoney)).toEqual({
    creditLimit: null,
    group: 'member',
  });
  const fresh = { name: ' Maya ', phone: '', group: '', limit: '' };
  expect(customerPatch(undefined, fresh, parseMoney)).toEqual({ name: 'Maya', active: true });
});

test.each([
  ['name', { name: ' ' }],
  ['name', { name: '4111 1111 1111 1111' }],
  ['phone', { phone: '4111111111111111' }],
  ['phone', { phone: '0'.repeat(31) }],
  ['limit', { limit: 'much' }],
])('[OFFICE8] a customer’s %s that cannot be is named', (bad, part) => {
  const form = { name: 'Maya', phone: '', group: '', limit: '', ...part };
  expect(customerPatch(undefined, form, parseMoney)).toEqual({ bad });
});

test('[OFFICE8] customers are found by words of their name and by digits of their phone', () => {
  const all = [
    customer('Ibu Tini', { phone: '0812-3456' }),
    customer('Agus Hartono'),
    customer('Zed', { active: false }),
  ];
  const found = (text: string, withOff = false) => matchCustomers(all, text, withOff).map(({ name }) => name);
  expect(found('')).toEqual(['Agus Hartono', 'Ibu Tini']);
  expect(found('tono AG')).toEqual(['Agus Hartono']);
  expect(found('2345')).toEqual(['Ibu Tini']);
  expect(found('zed', true)).toEqual(['Zed']);
  expect(knownGroups([customer('A', { group: 'staff' })], [])).toEqual(['member', 'staff']);
});

test('[OFFICE8] what takes a change back is what was there before; what was made is switched off', () => {
  expect(formerFields({ a: 1 }, { a: 2, b: 3 })).toEqual({ a: 1, b: null });
  expect(formerFields(undefined, { name: 'x', active: true })).toEqual({ active: false });
  expect(formerFields(undefined, { tax: {} })).toEqual({});
});

test('[OFFICE8] a field that says the same is no change, and a usual value is not written where none stood', () => {
  expect(changedFields({ a: [1], b: 2 }, { a: [1], b: undefined, c: undefined })).toEqual({ b: null });
  expect(unlessUsual(5, undefined, 5)).toBeUndefined();
  expect(unlessUsual(6, undefined, 5)).toBe(6);
  expect(unlessUsual(5, 6, 5)).toBe(5);
});

test('[OFFICE8] rules for scales: each prefix once, ten digits in all', () => {
  const rule = { prefix: '21', kind: 'weight' as const, itemDigits: 5, valueDigits: 5, scale: 1 };
  const row = scaleForm(rule);
  expect(readScales([row])).toEqual([rule]);
  expect(readScales([row, row])).toEqual({ row: 1, field: 'prefix' });
  expect(readScales([{ ...row, prefix: '31' }])).toEqual({ row: 0, field: 'prefix' });
  expect(readScales([{ ...row, ownDigit: true }])).toEqual({ row: 0, field: 'digits' });
  expect(readScales([{ ...row, valueDigits: '4', ownDigit: true }])).toEqual([
    { ...rule, valueDigits: 4, priceCheckDigit: true },
  ]);
  expect(readScales([{ ...row, scale: '0' }])).toEqual({ row: 0, field: 'number' });
});

const percents = {
  parsePercent: (typed: string) => parsePercent(typed, 'en'),
  editablePercent: (basisPoints: number) => editablePercent(basisPoints, 'en'),
};

test('[OFFICE8] a tax is typed in percent, with the rate that is to come; a third stays a third', () => {
  const form = { name: 'PPN', rate: '11', inclusive: true, nextRate: '12', nextFrom: '2027-01-01' };
  expect(taxPatch(undefined, 'ppn', form, percents)).toEqual({
    tax: { id: 'ppn', name: 'PPN', rate: { num: 11, den: 100 }, inclusive: true },
    next: { rate: { num: 3, den: 25 }, from: '2027-01-01' },
  });
  const third = { tax: { id: 't', name: 'T', rate: { num: 1, den: 3 }, inclusive: false } } as TaxDoc;
  expect(taxPatch(third, 't', taxForm(third, percents), percents)).toEqual({});
  expect(taxPatch(third, 't', { ...form, rate: '101' }, percents)).toEqual({ bad: 'rate' });
  expect(taxPatch(third, 't', { ...form, nextFrom: '' }, percents)).toEqual({ bad: 'nextFrom' });
});

test('[OFFICE8] lines and numbers of settings keep to what paper and devices hold', () => {
  expect(readLines('a\nb  \n\n')).toEqual(['a', 'b']);
  expect([readLines('x'.repeat(65)), readLines('1\n2\n3\n4\n5\n6\n7')]).toEqual([null, null]);
  const bounds = { unit: 60_000, min: 60_000, max: 600_000 };
  expect([readWhole('5', bounds), readWhole('', bounds), readWhole('0', bounds), readWhole('1.5', bounds)]).toEqual([
    300_000,
    undefined,
    null,
    null,
  ]);
});

test('[OFFICE8] settings of sync say only what is not every device’s usual', () => {
  const settings = { id: 'settings', silentAfterMs: 900_000 } as SettingsDoc;
  const form = syncForm(settings);
  expect(readSyncForm(form, settings)).toEqual({ changes: [['settings', {}]] });
  expect(readSyncForm({ ...form, pull: '1', peakFrom: '11', peakTo: '14', silent: '30' }, settings)).toEqual({
    changes: [
      ['settings', { sync: { pullIntervalMs: 60_000, peakHours: { from: 11, to: 14 } }, silentAfterMs: 1_800_000 }],
    ],
  });
  expect(readSyncForm({ ...form, peakFrom: '11' }, settings)).toEqual({ bad: 'peak' });
  expect(readSyncForm({ ...form, stale: '0' }, settings)).toEqual({ bad: 'stale' });
});

test('[OFFICE14] a form begins anew when what it shows has changed, and not for another part of the document', () => {
  const settings = { id: 'settings', rev: { epoch: 1, n: 1 }, lockAfterMs: 5, name: 'Toko' };
  const later = { ...settings, rev: { epoch: 1, n: 2 }, name: 'Toko Baru' };
  expect(contentKey(later, ['lockAfterMs'])).toBe(contentKey(settings, ['lockAfterMs']));
  expect(contentKey(later)).not.toBe(contentKey(settings));
  expect(contentKey({ ...settings, rev: later.rev, image: 'x' })).toBe(contentKey(settings));
});

test('[OFFICE8] when the store is checked and who reads all reports: a day needs its hour, and the usual is not said', () => {
  const settings = { id: 'settings' } as SettingsDoc;
  const form = { reportsOfAll: false, weekday: '', hour: '' };
  expect(readCompanyForm(form, settings)).toEqual({ changes: [['settings', {}]] });
  expect(readCompanyForm({ ...form, weekday: '7' }, settings)).toEqual({ bad: 'hour' });
  expect(readCompanyForm({ reportsOfAll: true, weekday: '7', hour: '0' }, settings)).toEqual({
    changes: [['settings', { reportsOfAll: true, verifyAt: { hour: 0, weekday: 7 } }]],
  });
  const set = { ...settings, reportsOfAll: true, verifyAt: { hour: 2 } };
  expect(readCompanyForm(form, set)).toEqual({ changes: [['settings', { reportsOfAll: null, verifyAt: null }]] });
});

test('[OFFICE17] the bounds that are told are those that hold: they are taken, and what is beyond them is not', () => {
  const settings = { id: 'settings', silentAfterMs: 900_000 } as SettingsDoc;
  const form = syncForm(settings);
  for (const field of ['pull', 'compare', 'silent', 'waiting', 'stale', 'offline'] satisfies SyncNumber[]) {
    const { from, to } = syncBounds(field);
    const typed = (value: number) => readSyncForm({ ...form, [field]: String(value) }, settings);
    for (const value of [from, to]) expect(typed(value), `${field} ${value}`).toHaveProperty('changes');
    for (const value of [from - 1, to + 1]) expect(typed(value), `${field} ${value}`).toEqual({ bad: field });
  }
});
