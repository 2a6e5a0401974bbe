import type { Sale } from '../../schema/entry/sale.ts';

/**
 * The places of the payments whose tender a person may have entered wrongly. What a refund gave into its exchange was never entered, and is
 * no money: to call it cash would make the drawer lack it.
 */
export function correctablePayments({ body }: Pick<Sale, 'body'>): readonly number[] {
  return body.payments.flatMap(({ tender }, place) => (tender === 'exchange' ? [] : [place]));
}
