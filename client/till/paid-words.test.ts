import { expect, test } from 'vitest';
import type { Payment } from '../../schema/entry/payment.ts';
import type { Sale } from '../../schema/entry/sale.ts';
import type { Money } from '../../schema/money.ts';
import { changeOf, paidWords } from './paid-words.ts';

const pay = (tender: Payment['tender'], change?: number): Payment => ({
  tender,
  amount: 10 as Money,
  confirmed: true,
  ...(change === undefined ? {} : { change: change as Money }),
});
const sold = (...payments: Payment[]) => ({ kind: 'sale', body: { payments } }) as unknown as Sale;

test('[TILL18] the end of a sale tells the change where cash was given, and no payment of what is owed', () => {
  expect(paidWords(sold(pay('cash', 2)))).toEqual({ words: 'paid', amount: 'change' });
  expect(paidWords(sold(pay('card'), pay('cash', 0)))).toEqual({ words: 'paid', amount: 'change' });
  expect(paidWords(sold(pay('qris')))).toEqual({ words: 'paid', amount: 'due' });
  expect(paidWords(sold(pay('credit')))).toEqual({ words: 'onAccount', amount: 'due' });
  expect(paidWords({ ...sold(pay('cash')), kind: 'refund' } as never)).toEqual({ words: 'refunded', amount: 'due' });
  expect(changeOf(sold(pay('card'), pay('cash', 2)))).toBe(2);
});
