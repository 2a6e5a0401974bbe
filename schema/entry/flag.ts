import type { CashRounding } from '../cash-rounding.ts';
import type { ProductId } from '../ids.ts';
import { CLOCK_ODD_MS } from '../limits.ts';
import type { Money } from '../money.ts';
import { findPriceFault, type PriceFault } from '../price-fault.ts';
import type { Product } from '../product.ts';
import { findPromotionFault, type KnownPromotions } from '../promotion-fault.ts';
import { findReceiptFault } from '../receipt.ts';
import { goodsMoved } from '../stock/effect.ts';
import type { DeviceEntry } from './entry.ts';
import { paymentFlags } from './payment-flag.ts';

/** What may look wrong about an entry. It counts all the same; a manager sees the flag. */
export type EntryFlag =
  | 'unknown-product'
  | 'odd-clock'
  | 'line-total'
  | 'sale-total'
  | 'payments'
  | 'cart-sold-twice'
  | 'overflow'
  /** What the payments differ from the total by is not what the shop rounds cash to. */
  | 'rounding'
  /** A payment or note holds what may be a card's number. */
  | 'card-number'
  /** Store credit that is on nobody's account. */
  | 'credit-without-customer'
  /** A confirmation or correction of a payment that the server does not know. */
  | 'unknown-payment'
  /** The payment was confirmed before. */
  | 'confirmed-twice'
  /** It corrects a payment that another device had corrected: the money was moved twice. */
  | 'corrected-twice'
  /** A promotion takes off something else than its rule says. */
  | 'promotion'
  /** Its shelf price is not the product's in this branch. */
  | PriceFault
  /** A Z report that says something else than the entries it covers. */
  | 'z-figures'
  /** A Z report whose number was there before, or does not follow the one before it. */
  | 'z-number'
  /** With the refunds before it, it gave back more than the sale was; so much money too much. */
  | `over-refunded:${number}`
  /** Its person's role may not do this alone, and no approval says that somebody allowed it. */
  | 'no-approval'
  /** It sold or gave back more of a limited product than its till held, or sold it past its share. */
  | 'beyond-share'
  /** It takes over a share that nobody gave its till; the share was written off at once. */
  | 'share-not-given'
  /** It sends goods to its own branch, or to one that is none: nobody was told. */
  | 'transfer-branch'
  /** A second receipt of one transfer. */
  | 'transfer-again'
  /** With what came before, more arrived than was sent. */
  | 'transfer-more'
  /** It says that something arrived which nobody sent, as far as known. */
  | 'transfer-unknown'
  /** Only the courier's credential vouches for it: a device of protocol 1 signs nothing. */
  | 'unsigned'
  /** It had been acknowledged in an earlier epoch, and came back after a restore. */
  | 'returned'
  /** It arrived after its gap was closed or its device retired. */
  | 'late'
  /** It belongs to a run that diverged from its device's journal. */
  | 'forked'
  /** Its device, or the one that brought it, was revoked: it hands in what it holds, and a person should look. */
  | 'revoked';

/** Gave back so much more than was sold. */
export function overRefunded(amount: Money): EntryFlag {
  return `over-refunded:${amount}`;
}

/** What the server knows when an entry arrives. */
export interface FlagContext {
  /** The server's clock, milliseconds since 1970. */
  readonly now: number;
  readonly knowsProduct: (productId: ProductId) => boolean;
  /** True for a product that is sold out of shares. */
  readonly isLimited?: ((productId: ProductId) => boolean) | undefined;
  /** A product as it is now, by which prices are compared; none are where this is left out. */
  readonly product?: ((productId: ProductId) => Product | undefined) | undefined;
  /** True when another entry already sold this entry's cart. */
  readonly cartSold: boolean;
  /** How the shop rounds cash now. */
  readonly cashRounding?: CashRounding | undefined;
  /** Of the payment that a confirmation or correction names. */
  readonly payment?: 'unknown' | 'known' | 'confirmed' | undefined;
  /** What is known of the promotions that a sale names; left out where it names none. */
  readonly promotions?: Omit<KnownPromotions, 'at' | 'rounding'> | undefined;
  /** True when it does what needs an approval, and none that counts is there. */
  readonly lacksApproval: boolean;
}

/** Everything that looks wrong about one entry, in a fixed order. Never a reason to refuse it. */
export function entryFlags(entry: DeviceEntry, context: FlagContext): EntryFlag[] {
  const flags: EntryFlag[] = [];
  if (goodsMoved(entry).some(({ productId }) => !context.knowsProduct(productId))) flags.push('unknown-product');
  if (entry.at - context.now > CLOCK_ODD_MS) flags.push('odd-clock');
  if (entry.kind === 'sale' || entry.kind === 'refund') flags.push(...receiptFlags(entry));
  flags.push(...paymentFlags(entry, context));
  flags.push(...promotionFlags(entry, context));
  flags.push(...priceFlags(entry, context));
  if (context.cartSold) flags.push('cart-sold-twice');
  if (context.lacksApproval) flags.push('no-approval');
  if (isPastShare(entry, context)) flags.push('beyond-share');
  return flags;
}

function receiptFlags(entry: Extract<DeviceEntry, { kind: 'sale' | 'refund' }>): EntryFlag[] {
  try {
    const fault = findReceiptFault(entry.body);
    return fault ? [fault] : [];
  } catch {
    return ['overflow'];
  }
}

/** A till that has not heard yet that a product is limited sells it without a word of its share. */
function isPastShare(entry: DeviceEntry, { isLimited = () => false }: FlagContext): boolean {
  if (entry.kind !== 'sale') return false;
  return entry.body.lines.some(({ productId, limited }) => productId && !limited && isLimited(productId));
}

/** What comes back comes back at what was paid for it. */
function priceFlags(entry: DeviceEntry, { product = () => undefined }: FlagContext): EntryFlag[] {
  const fault = entry.kind === 'sale' ? findPriceFault(entry.body.lines, entry.branch, product) : null;
  return fault === null ? [] : [fault];
}

/** Figures too large to hold are told by another flag. */
function promotionFlags(entry: DeviceEntry, { promotions }: FlagContext): EntryFlag[] {
  if (entry.kind !== 'sale' || !promotions) return [];
  try {
    const known = { ...promotions, at: entry.at, rounding: entry.body.rounding };
    return findPromotionFault(entry.body.lines, known) === null ? [] : ['promotion'];
  } catch {
    return [];
  }
}
