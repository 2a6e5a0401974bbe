import type { BodyOf, DeviceEntry } from '../../schema/entry/entry.ts';
import type { FlagContext } from '../../schema/entry/flag.ts';
import type { Payment } from '../../schema/entry/payment.ts';
import type { Scope } from '../../schema/ids.ts';
import type { ReadTx } from '../store/store.ts';
import { readCompanyDoc } from './company-writer.ts';

/** What the server knows beside an entry's money, as far as this entry needs it. */
export async function moneyContext(
  tx: ReadTx,
  scope: Scope,
  entry: DeviceEntry,
): Promise<Pick<FlagContext, 'payment' | 'cashRounding'>> {
  const isRounded = (entry.kind === 'sale' || entry.kind === 'refund') && entry.body.totals.rounding !== 0;
  const settings = isRounded ? await readCompanyDoc(tx, 'settings', 'settings') : undefined;
  return { payment: await namedPayment(tx, scope, entry), cashRounding: settings?.cashRounding };
}

/** What is known of the payment that a confirmation or correction names; undefined for entries that name none. */
async function namedPayment(tx: ReadTx, scope: Scope, entry: DeviceEntry): Promise<FlagContext['payment']> {
  if (entry.kind !== 'payment-confirmed' && entry.kind !== 'tender-correction') return undefined;
  const payment = await findPayment(tx, scope, entry.body);
  const isMeant = payment !== undefined && (entry.kind !== 'tender-correction' || entry.body.amount === payment.amount);
  if (!isMeant) return 'unknown';
  return (await tx.cartSold(scope, confirmedKey(entry.body))) ? 'confirmed' : 'known';
}

/**
 * Under which a confirmation is noted beside the sold carts, of which there is one per branch too. No cart's id has a colon.
 */
export function confirmedKey({ sale, payment }: Pick<BodyOf<'payment-confirmed'>, 'sale' | 'payment'>): string {
  return `${sale}:${payment}`;
}

async function findPayment(
  tx: ReadTx,
  scope: Scope,
  { sale, payment }: Pick<BodyOf<'payment-confirmed'>, 'sale' | 'payment'>,
): Promise<Payment | undefined> {
  const stored = await tx.entry(sale);
  if (stored?.verdict !== 'accepted' || stored.scope !== scope) return undefined;
  const entry = JSON.parse(stored.json) as DeviceEntry;
  if (entry.kind === 'credit-payment') return payment === 0 ? entry.body.payment : undefined;
  return entry.kind === 'sale' ? entry.body.payments[payment] : undefined;
}
