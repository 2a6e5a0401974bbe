import type { BodyOf, Entry } from '../entry/entry.ts';
import type { SaleLine } from '../entry/sale.ts';
import type { DeviceId, ProductId } from '../ids.ts';
import { accountMove, creditMoves, isAccount } from './account.ts';
import { isShare, shareOf } from './share.ts';

/** What one entry does to one product, customer's account or till's share, in smallest units; both are ≥ 0. */
export interface StockEffect {
  readonly productId: ProductId;
  readonly in: number;
  readonly out: number;
}

/** One entry's effects, one per product, account and share: lines of the same product are added up. Open items have none. */
export function stockEffects(entry: Entry): StockEffect[] {
  const sums = new Map<ProductId, { in: number; out: number }>();
  const goods = goodsMoved(entry).filter(({ productId }) => !isAccount(productId) && !isShare(productId));
  for (const { productId, delta } of [...goods, ...accountsMoved(entry), ...sharesMoved(entry)]) {
    const sum = sums.get(productId) ?? { in: 0, out: 0 };
    if (delta > 0) sum.in += delta;
    else sum.out -= delta;
    sums.set(productId, sum);
  }
  return [...sums].map(([productId, sum]) => ({ productId, ...sum }));
}

interface Moved {
  readonly productId: ProductId;
  readonly delta: number;
}

/** What an entry's lines say of goods. A line that names an account or share moves nothing; the server flags it as an unknown product. */
export function goodsMoved(entry: Entry): Moved[] {
  switch (entry.kind) {
    case 'sale':
      return soldLines(entry.body.lines, -1);
    case 'refund':
      return soldLines(entry.body.lines, 1);
    case 'receive':
    case 'transfer-in':
      return entry.body.lines.map(({ productId, quantity }) => ({ productId, delta: quantity }));
    case 'waste':
      // What was lost on its way left the sender's stock when it was sent.
      if (entry.body.transfer) return [];
      return entry.body.lines.map(({ productId, quantity }) => ({ productId, delta: -quantity }));
    case 'transfer-out':
      return entry.body.lines.map(({ productId, quantity }) => ({ productId, delta: -quantity }));
    case 'adjust':
      return [...entry.body.lines];
    default:
      return [];
  }
}

function accountsMoved(entry: Entry): Moved[] {
  switch (entry.kind) {
    case 'sale':
      return creditMoves(entry.body.payments, entry.body.customer?.id, -1);
    case 'refund':
      return creditMoves(entry.body.payments, entry.body.customer?.id, 1);
    case 'credit-payment':
      return accountMove(entry.body.customer, entry.body.payment.amount, 1);
    case 'tender-correction':
      return correctedCredit(entry.body);
    default:
      return [];
  }
}

/** What moves on shares (ALT1): a limited line takes from its till's, and comes back to the share of the till that takes it back. */
function sharesMoved(entry: Entry): Moved[] {
  switch (entry.kind) {
    case 'sale':
      return limitedLines(entry.body.lines, entry.deviceId, -1);
    case 'refund':
      return limitedLines(entry.body.lines, entry.deviceId, 1);
    case 'allotment-received':
      return [{ productId: shareOf(entry.body.productId, entry.deviceId), delta: entry.body.quantity }];
    case 'allotment-returned':
      return [{ productId: shareOf(entry.body.productId, entry.deviceId), delta: -entry.body.quantity }];
    case 'allotment-written-off':
      return writtenOff(entry.body);
    default:
      return [];
  }
}

function limitedLines(lines: readonly SaleLine[], deviceId: DeviceId, sign: 1 | -1): Moved[] {
  return lines.flatMap(({ productId, limited, quantity }) =>
    productId && limited ? [{ productId: shareOf(productId, deviceId), delta: sign * quantity }] : [],
  );
}

function writtenOff({ deviceId, productId, quantity }: BodyOf<'allotment-written-off'>): Moved[] {
  if (!deviceId || !productId || !quantity) return [];
  return [{ productId: shareOf(productId, deviceId), delta: -quantity }];
}

/** A sale whose tender was no store credit after all takes it off the account; one that was puts it on. */
function correctedCredit({ from, to, customer, amount }: BodyOf<'tender-correction'>): Moved[] {
  if (from === to || (from !== 'credit' && to !== 'credit')) return [];
  return accountMove(customer, amount, from === 'credit' ? 1 : -1);
}

function soldLines(lines: readonly { productId?: ProductId | undefined; quantity: number }[], sign: 1 | -1): Moved[] {
  return lines.flatMap(({ productId, quantity }) => (productId ? [{ productId, delta: sign * quantity }] : []));
}
