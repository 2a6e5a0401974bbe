import type { Refund, Sale } from '../../schema/entry/sale.ts';
import { addMoney, type Money, ZERO } from '../../schema/money.ts';

/** How the end of a sale or refund is told: a word, and beside it the change to hand out or what it came to. */
export interface PaidWords {
  readonly words: 'paid' | 'onAccount' | 'refunded';
  readonly amount: 'change' | 'due';
}

/** Change is told where cash was given: a card or phone gives none, and what is owed was not paid. */
export function paidWords({ kind, body: { payments } }: Pick<Sale | Refund, 'kind' | 'body'>): PaidWords {
  if (kind === 'refund') return { words: 'refunded', amount: 'due' };
  if (payments.length > 0 && payments.every(({ tender }) => tender === 'credit'))
    return { words: 'onAccount', amount: 'due' };
  return { words: 'paid', amount: payments.some(({ tender }) => tender === 'cash') ? 'change' : 'due' };
}

/** What the customer gets back of the cash they gave. */
export function changeOf({ body }: Pick<Sale | Refund, 'body'>): Money {
  return addMoney(...body.payments.map(({ change }) => change ?? ZERO));
}
