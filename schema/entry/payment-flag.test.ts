import { expect, test } from 'vitest';
import { makeDeviceEntries } from '../fixtures/make-entries.ts';
import { makeDeviceEntriesV3 } from '../fixtures/make-entries-v3.ts';
import { customerIdShape } from '../ids.ts';
import { money } from '../money.ts';
import { payExactly } from '../receipt.ts';
import { accountOf } from '../stock/account.ts';
import type { DeviceEntry } from './entry.ts';
import { entryFlags, type FlagContext } from './flag.ts';

const EXAMPLES = [...makeDeviceEntries(), ...makeDeviceEntriesV3()];
const example = <Kind extends DeviceEntry['kind']>(kind: Kind) =>
  EXAMPLES.find((entry) => entry.kind === kind) as Extract<DeviceEntry, { kind: Kind }>;
const SALE = example('sale');
const TINI = customerIdShape.parse('ibu-tini');
const { due, total } = SALE.body.totals;
const flagsOf = (entry: DeviceEntry, context: Partial<FlagContext> = {}) =>
  entryFlags(entry, { now: entry.at, knowsProduct: () => true, cartSold: false, lacksApproval: false, ...context });
const sale = (body: Partial<typeof SALE.body>): DeviceEntry => ({ ...SALE, body: { ...SALE.body, ...body } });
const paidWith = (payment: object) => sale({ payments: [{ ...payExactly('card', due), ...payment }] });

test('[PAY1] a card number in a payment or a note is flagged; what a terminal prints is not', () => {
  const number = '4111 1111 1111 1111';
  const card = { brand: 'Visa', last4: '1111', approval: '004217' };
  expect(flagsOf(paidWith({ card, reference: 'RRN 240613001234' }))).toEqual([]);
  expect(flagsOf(paidWith({ reference: number }))).toEqual(['card-number']);
  expect(flagsOf(paidWith({ card: { ...card, approval: number.replaceAll(' ', '') } }))).toEqual(['card-number']);
  expect(flagsOf(sale({ note: `kartu ${number}` }))).toEqual(['card-number']);
  const confirmed = example('payment-confirmed');
  expect(flagsOf({ ...confirmed, body: { ...confirmed.body, reference: number } })).toEqual(['card-number']);
});

test('[CRD4] store credit that is on nobody’s account is flagged', () => {
  const payments = [payExactly('credit', due)];
  expect(flagsOf(sale({ payments }))).toEqual(['credit-without-customer']);
  expect(flagsOf(sale({ payments, customer: { name: 'Ibu Tini' } }))).toEqual(['credit-without-customer']);
  expect(flagsOf(sale({ payments, customer: { id: TINI, name: 'Ibu Tini' } }))).toEqual([]);
  const correction = example('tender-correction');
  const body = { ...correction.body, from: 'cash' as const, to: 'credit' as const };
  expect(flagsOf({ ...correction, body })).toEqual(['credit-without-customer']);
  expect(flagsOf({ ...correction, body: { ...body, customer: TINI } })).toEqual([]);
});

test('[CRD3] a line that names an account is an unknown product, even where the account is known', () => {
  const [line] = SALE.body.lines;
  const lines = [{ ...(line as (typeof SALE.body.lines)[number]), productId: accountOf(TINI) }];
  expect(flagsOf(sale({ lines }), { knowsProduct: (id) => id !== accountOf(TINI) })).toContain('unknown-product');
});

test('[RND2] a rounding that the shop’s rule does not give is flagged', () => {
  const rounded = (by: number) => {
    const sum = money(total + by);
    return sale({
      totals: { ...SALE.body.totals, rounding: money(by), due: sum },
      payments: [payExactly('cash', sum)],
    });
  };
  const to = money(100_000_000);
  expect(flagsOf(rounded(to - total), { cashRounding: { to, rule: 'up' } })).toEqual([]);
  expect(flagsOf(rounded(7), { cashRounding: { to, rule: 'up' } })).toEqual(['rounding']);
  expect(flagsOf(rounded(7))).toEqual(['rounding']);
});

test('[PAY5] a confirmation or correction of what is not known, and a second confirmation, are flagged', () => {
  const [confirmed, correction] = [example('payment-confirmed'), example('tender-correction')];
  for (const entry of [confirmed, correction]) {
    expect(flagsOf(entry, { payment: 'unknown' })).toEqual(['unknown-payment']);
    expect(flagsOf(entry, { payment: 'known' })).toEqual([]);
  }
  expect(flagsOf(confirmed, { payment: 'confirmed' })).toEqual(['confirmed-twice']);
  expect(flagsOf(correction, { payment: 'confirmed' })).toEqual([]);
});
