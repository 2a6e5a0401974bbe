import type { EntryFlag } from '../../schema/entry/flag.ts';
import type { Exception } from '../device/exceptions.ts';

/** A flag without the amount that one of them carries behind its name. */
export type ExceptionKind = Exclude<EntryFlag, `${string}:${string}`> | 'over-refunded' | 'quarantined' | 'gap';

/** The gravest first: money that is gone, then money that may be, then goods, then what needs nobody. */
export const EXCEPTION_KINDS = [
  'over-refunded',
  'cart-sold-twice',
  'credit-without-customer',
  'no-approval',
  'z-figures',
  'z-number',
  'payments',
  'sale-total',
  'line-total',
  'overflow',
  'promotion',
  'wrong-price',
  'corrected-twice',
  'unknown-payment',
  'confirmed-twice',
  'gap',
  'quarantined',
  'transfer-more',
  'transfer-again',
  'transfer-unknown',
  'transfer-branch',
  'beyond-share',
  'share-not-given',
  'forked',
  'revoked',
  'card-number',
  'unknown-product',
  'odd-clock',
  'rounding',
  'old-price',
  'late',
  'returned',
  'unsigned',
] as const satisfies readonly ExceptionKind[];
const RANKS = new Map<string, number>(EXCEPTION_KINDS.map((kind, rank) => [kind, rank]));

export interface ExceptionsOfKind {
  /** One of {@link EXCEPTION_KINDS}, or a flag that only a newer server knows. */
  readonly kind: string;
  readonly members: readonly Exception[];
}

/** What is listed, by kind; within one in the order given. */
export function exceptionGroups(listed: readonly Exception[]): readonly ExceptionsOfKind[] {
  const byKind = Map.groupBy(listed, ({ flag }) => flag.split(':')[0] ?? flag);
  return [...byKind]
    .map(([kind, members]) => ({ kind, members }))
    .sort((left, right) => rankOf(left.kind) - rankOf(right.kind));
}

/** A flag that is not known here may be the gravest of all. */
function rankOf(kind: string): number {
  return RANKS.get(kind) ?? -1;
}

export function isKnownKind(kind: string): kind is ExceptionKind {
  return RANKS.has(kind);
}
