import type { Sale } from '../../schema/entry/sale.ts';
import { type Money, money, ZERO } from '../../schema/money.ts';
import { creditLeft } from '../../schema/refund-credit.ts';
import { useDevice } from '../app/contexts.ts';
import { useLive } from '../app/use-live.ts';
import { useLoaded } from '../app/use-loaded.ts';

/** What the customer of a sale still owes of it, as far as this device knows: nothing where the debt was paid back in the meantime. */
export function useOwedOf(sale: Sale | null): Money {
  const { payments, returns, office, stock } = useDevice();
  useLive(payments.version);
  useLive(stock.version);
  const refunds = useLoaded(async () => (sale ? returns.known(sale) : []), useLive(office.version)) ?? [];
  const customer = sale?.body.customer?.id;
  if (!sale || customer === undefined) return ZERO;
  const bodies = refunds.map(({ body }) => body);
  const left = creditLeft(sale.body.payments, payments.corrections(sale.id), bodies);
  return money(Math.max(0, Math.min(left, payments.owes(customer))));
}
