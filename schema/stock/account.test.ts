import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { BodyOf, DeviceEntry } from '../entry/entry.ts';
import { type Tender, tenderShape } from '../entry/payment.ts';
import { makeDeviceEntries } from '../fixtures/make-entries.ts';
import { makeDeviceEntriesV3 } from '../fixtures/make-entries-v3.ts';
import { customerIdShape, type DeviceId, productIdShape } from '../ids.ts';
import { money } from '../money.ts';
import { payExactly } from '../receipt.ts';
import { accountOf, isAccount } from './account.ts';
import { emptyStock } from './counter.ts';
import { stockEffects } from './effect.ts';
import { foldEffect, retireDevice } from './fold.ts';
import { joinStock } from './join.ts';
import { explainOnHand } from './on-hand.ts';

const EXAMPLES = [...makeDeviceEntries(), ...makeDeviceEntriesV3()];
const example = <Kind extends DeviceEntry['kind']>(kind: Kind) =>
  EXAMPLES.find((entry) => entry.kind === kind) as Extract<DeviceEntry, { kind: Kind }>;
const SALE = example('sale');
const TINI = customerIdShape.parse('ibu-tini');
const ACCOUNT = accountOf(TINI);
const CUSTOMER = { id: TINI, name: 'Ibu Tini' };
const onAccount = (entry: DeviceEntry) => stockEffects(entry).filter(({ productId }) => isAccount(productId));
const corrected = (body: Partial<BodyOf<'tender-correction'>>) => {
  const entry = example('tender-correction');
  return onAccount({ ...entry, body: { ...entry.body, amount: money(9_000), customer: TINI, ...body } });
};

test("[CRD1] the longest customer's id makes an account's id, and no product's id from the catalogue is one", () => {
  expect(productIdShape.parse(accountOf(customerIdShape.parse('x'.repeat(24))))).toHaveLength(31);
  for (const id of ['p1', 'kasbon', '0a1b2c3d4e5f6g7h']) expect(isAccount(productIdShape.parse(id))).toBe(false);
});

test('[CRD1] a sale on credit is what its customer owes more, a refund and money paid back what is owed less', () => {
  const payments = [
    payExactly('cash', money(5_000)),
    payExactly('credit', money(20_000)),
    payExactly('credit', money(1)),
  ];
  const sale: DeviceEntry = { ...SALE, body: { ...SALE.body, payments, customer: CUSTOMER } };
  expect(onAccount(sale)).toEqual([{ productId: ACCOUNT, in: 0, out: 20_001 }]);
  const refund = example('refund');
  const given: DeviceEntry = { ...refund, body: { ...refund.body, payments, customer: CUSTOMER } };
  expect(onAccount(given)).toEqual([{ productId: ACCOUNT, in: 20_001, out: 0 }]);
  expect(onAccount(example('credit-payment'))).toEqual([{ productId: ACCOUNT, in: 25_000, out: 0 }]);
});

test('[CRD1] credit without a customer, and a payment by anything else, is on no account', () => {
  const body = { ...SALE.body, payments: [payExactly('credit', money(20_000))] };
  expect(onAccount({ ...SALE, body })).toEqual([]);
  expect(onAccount({ ...SALE, body: { ...body, customer: { name: 'Ibu Tini' } } })).toEqual([]);
  expect(onAccount({ ...SALE, body: { ...SALE.body, customer: CUSTOMER } })).toEqual([]);
});

test('[CRD2] a correction to store credit puts the sum on the account, one from it takes it off, others touch none', () => {
  expect(corrected({ from: 'cash', to: 'credit' })).toEqual([{ productId: ACCOUNT, in: 0, out: 9_000 }]);
  expect(corrected({ from: 'credit', to: 'cash' })).toEqual([{ productId: ACCOUNT, in: 9_000, out: 0 }]);
  for (const from of tenderShape.options) expect(corrected({ from, to: from })).toEqual([]);
  expect(corrected({ from: 'cash', to: 'card' })).toEqual([]);
  expect(corrected({ from: 'cash', to: 'credit', customer: undefined })).toEqual([]);
});

test('[CRD3] a line that names an account as its product moves no account', () => {
  const [line] = SALE.body.lines;
  const lines = [{ ...(line as (typeof SALE.body.lines)[number]), productId: ACCOUNT }];
  expect(stockEffects({ ...SALE, body: { ...SALE.body, lines } })).toEqual([]);
});

const anyDeed = fc.record({
  device: fc.constantFrom<DeviceId[]>(
    'a'.repeat(16) as DeviceId,
    'b'.repeat(16) as DeviceId,
    'c'.repeat(16) as DeviceId,
  ),
  amount: fc.integer({ min: 1, max: 1_000_000 }).map(money),
  tender: fc.constantFrom<(Tender | 'back')[]>('credit', 'cash', 'back'),
});

test('[CRD1] whatever the order in which replicas hear of it, all say that the customer owes credit less what came back', () => {
  fc.assert(
    fc.property(
      fc.array(anyDeed, { maxLength: 20 }),
      fc.nat(20),
      fc.infiniteStream(fc.nat(1)),
      (deeds, retireAt, order) => {
        const entries = deeds.map(({ device, amount, tender }, index): DeviceEntry => {
          const head = { deviceId: device, seq: index + 1 };
          if (tender === 'back') {
            const back = example('credit-payment');
            return { ...back, ...head, body: { ...back.body, payment: payExactly('cash', amount) } };
          }
          return {
            ...SALE,
            ...head,
            body: { ...SALE.body, customer: CUSTOMER, payments: [payExactly(tender, amount)] },
          };
        });
        let stock = emptyStock(SALE.branch, ACCOUNT, 1);
        const states = entries.map((entry, index) => {
          for (const effect of onAccount(entry)) stock = foldEffect(stock, entry.deviceId, entry.seq, effect);
          if (index === retireAt) stock = retireDevice(stock, entry.deviceId);
          return stock;
        });
        const heard = states.filter(() => order.next().value === 1);
        const replica = [...heard.reverse(), stock, ...heard].reduce(joinStock, emptyStock(SALE.branch, ACCOUNT, 1));
        const owed = deeds.reduce(
          (sum, { amount, tender }) => sum + (tender === 'credit' ? amount : tender === 'back' ? -amount : 0),
          0,
        );
        expect(-explainOnHand(replica, 'd'.repeat(16) as DeviceId, []).onHand + 0).toBe(owed);
      },
    ),
  );
});
