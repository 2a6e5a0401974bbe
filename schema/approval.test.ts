import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type ApprovalNeed,
  approvalNeeds,
  isLargeDiscount,
  lineDiscountBase,
  reaches,
  unapprovedActions,
} from './approval.ts';
import type { DeviceEntry } from './entry/entry.ts';
import { makeDeviceEntries } from './fixtures/make-entries.ts';
import type { EntryId } from './ids.ts';
import { type Money, scaleMoney } from './money.ts';
import type { Quantity } from './quantity.ts';
import type { Discount } from './totals.ts';

type Sale = Extract<DeviceEntry, { kind: 'sale' }>;
type Line = Sale['body']['lines'][number];

const EXAMPLES = makeDeviceEntries();
const SALE = EXAMPLES.find((entry) => entry.kind === 'sale') as Sale;
const LINE = SALE.body.lines[0] as Line;
const APPROVAL = `${SALE.deviceId}:0000000001` as EntryId;
const percent = (basisPoints: number): Discount => ({ type: 'percent', basisPoints });

function plain(line: Partial<Line>, more: Partial<Sale['body']> = {}): Sale {
  const { discount: _discount, approvals: _approvals, ...body } = SALE.body;
  const { discount: _line, listPrice: _price, approval: _approval, ...rest } = LINE;
  const payments = [{ tender: 'cash', amount: SALE.body.totals.due, confirmed: true }] as Sale['body']['payments'];
  return { ...SALE, body: { ...body, payments, lines: [{ ...rest, ...line }], ...more } };
}

const CREDIT = [{ tender: 'credit', amount: SALE.body.totals.due, confirmed: true }] as Sale['body']['payments'];
const ACTS: readonly [string, Sale, readonly string[]][] = [
  ['a plain sale', plain({}), []],
  ['an open item', plain({ productId: undefined }), ['open-item']],
  ['another price', plain({ listPrice: (LINE.unitPrice + 1) as Money }), ['price-override']],
  ['the shelf price, said twice', plain({ listPrice: LINE.unitPrice }), []],
  ['a small discount', plain({ discount: percent(1_000) }), []],
  ['a large discount', plain({ discount: percent(1_001) }), ['large-discount']],
  ['a large discount of the sale', plain({}, { discount: percent(5_000) }), ['large-discount']],
  ['store credit', plain({}, { payments: CREDIT }), ['credit-sale']],
];

test.each(ACTS)('[ROLE4] what needs a right is read from the entry: %s', (_name, sale, actions) => {
  expect(approvalNeeds(sale, {}).map(({ action }) => action)).toEqual(actions);
  expect(unapprovedActions(sale, 'cashier', {})).toEqual(actions);
  expect(unapprovedActions(sale, 'manager', {})).toEqual([]);
  const approved = { ...sale, body: { ...sale.body, approvals: [APPROVAL] } };
  expect(unapprovedActions(approved, 'cashier', {})).toEqual([]);
});

test('[ROLE4] refunds, money out, corrections and stock that goes without a sale need a right; the rest needs none', () => {
  const needing = EXAMPLES.filter((entry) => entry.kind !== 'sale' && approvalNeeds(entry, {}).length > 0);
  expect(new Set(needing.map(({ kind }) => kind))).toEqual(
    new Set(['refund', 'cash-out', 'shift-close', 'tender-correction', 'adjust', 'waste', 'transfer-out']),
  );
});

test('[ROLE4] an approval of one line counts for that line only', () => {
  const open = { ...LINE, productId: undefined };
  const sale = plain({}, { lines: [{ ...open, approval: APPROVAL }, open] });
  expect(unapprovedActions(sale, 'cashier', {})).toEqual(['open-item']);
});

test('[ROLE3] the shop says which discount is large', () => {
  const sale = plain({ discount: percent(1_001) });
  expect(approvalNeeds(sale, { discountMaxBasisPoints: 2_000 })).toEqual([]);
  expect(unapprovedActions(sale, 'cashier', { cashierMay: ['large-discount'] })).toEqual([]);
});

test('[ROLE4] a discount given as its share in money is large exactly where the share is, whatever the rounding', () => {
  const amounts = { price: fc.nat(10 ** 9), quantity: fc.integer({ min: 1, max: 10 ** 6 }), points: fc.nat(10_000) };
  fc.assert(
    fc.property(fc.record(amounts), fc.constantFrom(1, 1_000), ({ price, quantity, points }, unitScale) => {
      const line = { unitPrice: price as Money, quantity: quantity as Quantity, unitScale };
      const gross = scaleMoney(line.unitPrice, line.quantity, unitScale, 'down');
      const amount = scaleMoney(gross, points, 10_000, 'down');
      const bound = { discountMaxBasisPoints: points };
      expect(isLargeDiscount({ type: 'amount', amount }, lineDiscountBase(line), bound)).toBe(false);
      const more = { type: 'amount', amount: (gross + 2) as Money } as const;
      expect(isLargeDiscount(more, lineDiscountBase(line), bound)).toBe(true);
    }),
  );
});

test('[ROLE4] figures that no money can hold are judged all the same', () => {
  const huge = plain({ unitPrice: Number.MAX_SAFE_INTEGER as Money, discount: { type: 'amount', amount: 1 as Money } });
  expect(approvalNeeds(huge, {})).toEqual([]);
});

test('[ROLE6] a need says how far an approval must reach: a sum or share taken off, the least price, the sum that moves', () => {
  const off = (discount: Discount) => approvalNeeds(plain({ discount }), {})[0] as ApprovalNeed;
  const amount = (value: number) => ({ amount: value as Money });
  const half = off({ type: 'amount', amount: LINE.unitPrice });
  expect([reaches(amount(LINE.unitPrice), half), reaches(amount(LINE.unitPrice - 1), half)]).toEqual([true, false]);
  const share = off(percent(2_000));
  expect([reaches({ basisPoints: 2_000 }, share), reaches({ basisPoints: 1_999 }, share)]).toEqual([true, false]);
  const price = approvalNeeds(plain({ listPrice: (LINE.unitPrice + 1) as Money }), {})[0] as ApprovalNeed;
  expect([reaches(amount(LINE.unitPrice), price), reaches(amount(LINE.unitPrice + 1), price)]).toEqual([true, false]);
  const [credit] = approvalNeeds(plain({}, { payments: CREDIT }), {}) as [ApprovalNeed];
  expect([reaches(amount(SALE.body.totals.due), credit), reaches(amount(1), credit)]).toEqual([true, false]);
});

test('[ROLE6] an approval that names no sum, as those of version 1, reaches as far as it is used', () => {
  for (const entry of EXAMPLES) for (const need of approvalNeeds(entry, {})) expect(reaches({}, need)).toBe(true);
});
