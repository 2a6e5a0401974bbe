import { expect, test } from 'vitest';
import type { Sale } from '../../schema/entry/sale.ts';
import { money } from '../../schema/money.ts';
import { payExactly } from '../../schema/receipt.ts';
import { correctablePayments } from './correctable-payments.ts';

const paidBy = (...tenders: Parameters<typeof payExactly>[0][]) =>
  ({ body: { payments: tenders.map((tender) => payExactly(tender, money(1_000))) } }) as unknown as Sale;

test('[PAY6] every tender that a person entered can be corrected, and what an exchange set off cannot', () => {
  expect(correctablePayments(paidBy('cash', 'card'))).toEqual([0, 1]);
  expect(correctablePayments(paidBy('exchange', 'cash'))).toEqual([1]);
  expect(correctablePayments(paidBy('exchange'))).toEqual([]);
});
