import type { BodyOf, DeviceEntry } from './entry/entry.ts';
import type { SaleLine } from './entry/sale.ts';
import type { EntryId } from './ids.ts';
import type { Money } from './money.ts';
import {
  DISCOUNT_MAX_BASIS_POINTS,
  mayPerson,
  type PersonAction,
  type PersonRole,
  type RoleSettings,
} from './roles.ts';
import type { Discount } from './totals.ts';

/** One thing that an entry does and that not everybody may do alone, with the approval entries it names for it. */
export interface ApprovalNeed {
  readonly action: PersonAction;
  readonly approvals: readonly EntryId[];
  /** Money that is given away or moves: at most what was allowed. */
  readonly amount?: Money;
  /** Given away as a share: at most the one that was allowed. */
  readonly basisPoints?: number;
  /** A price that a person set: at least the one that was allowed. */
  readonly price?: Money;
}

/** True when what was allowed reaches as far as what was done. What an approval does not name is not held against it: older ones name no share. */
export function reaches(
  { amount, basisPoints }: Pick<BodyOf<'approval'>, 'amount' | 'basisPoints'>,
  need: ApprovalNeed,
): boolean {
  if (need.basisPoints !== undefined) return basisPoints === undefined || need.basisPoints <= basisPoints;
  if (amount === undefined) return basisPoints === undefined;
  if (need.price !== undefined) return need.price >= amount;
  return need.amount === undefined || need.amount <= amount;
}

/** What of an entry decides; a receipt that is not written yet has it too. */
export type ActingEntry = Pick<DeviceEntry, 'kind' | 'body'>;

/** Everything in an entry that needs a right, whoever did it. Read by the till before, and by the server after it is written. */
export function approvalNeeds({ kind, body }: ActingEntry, settings: RoleSettings): readonly ApprovalNeed[] {
  switch (kind) {
    case 'sale':
      return saleNeeds(body as SaleBody, settings);
    case 'refund':
      return [
        { action: 'refund', approvals: namedBy(body as Approved), amount: (body as BodyOf<'refund'>).totals.due },
      ];
    case 'cash-out':
    case 'tender-correction':
      return [{ action: kind, approvals: namedBy(body as Approved), amount: (body as BodyOf<'cash-out'>).amount }];
    case 'shift-close':
      return [{ action: kind, approvals: namedBy(body as Approved) }];
    case 'adjust':
    case 'waste':
    case 'transfer-out':
      return [{ action: 'stock-move', approvals: namedBy(body as Approved) }];
    default:
      return [];
  }
}

/** The actions in an entry that a person of `role` may not do alone and for which it names no approval. */
export function unapprovedActions(
  entry: ActingEntry,
  role: PersonRole | undefined,
  settings: RoleSettings,
): readonly PersonAction[] {
  const lacking = approvalNeeds(entry, settings).filter(
    ({ action, approvals }) => approvals.length === 0 && !mayPerson(role, action, settings),
  );
  return [...new Set(lacking.map(({ action }) => action))];
}

/** True when leave for `given` is leave for `action`: for credit above the limit it is leave for the credit. */
export function covers(given: string, action: PersonAction): boolean {
  return given === action || (given === 'credit-limit' && action === 'credit-sale');
}

/** True when a discount on `base` (what is left after promotions) is more than goes without an approval. */
export function isLargeDiscount(discount: Discount, base: Money | bigint, settings: RoleSettings): boolean {
  const bound = settings.discountMaxBasisPoints ?? DISCOUNT_MAX_BASIS_POINTS;
  if (discount.type === 'percent') return discount.basisPoints > bound;
  return BigInt(discount.amount) * 10_000n > BigInt(base) * BigInt(bound);
}

type SaleBody = Extract<DeviceEntry, { kind: 'sale' }>['body'];

function saleNeeds(body: SaleBody, settings: RoleSettings): readonly ApprovalNeed[] {
  const ofReceipt = body.approvals ?? [];
  const needs: ApprovalNeed[] = [];
  for (const line of body.lines) {
    const approvals = line.approval ? [line.approval, ...ofReceipt] : ofReceipt;
    for (const act of lineActs(line, settings)) needs.push({ ...act, approvals });
  }
  if (body.discount && isLargeDiscount(body.discount, discountBase(body), settings))
    needs.push({ action: 'large-discount', approvals: ofReceipt, ...extentOf(body.discount) });
  for (const { tender, amount } of body.payments)
    if (tender === 'credit') needs.push({ action: 'credit-sale', approvals: ofReceipt, amount });
  return needs;
}

function lineActs(line: SaleLine, settings: RoleSettings): Omit<ApprovalNeed, 'approvals'>[] {
  const { productId, listPrice, unitPrice, discount } = line;
  const acts: Omit<ApprovalNeed, 'approvals'>[] = [];
  if (productId === undefined) acts.push({ action: 'open-item', price: listPrice ?? unitPrice });
  if (listPrice !== undefined && listPrice !== unitPrice) acts.push({ action: 'price-override', price: unitPrice });
  if (discount && isLargeDiscount(discount, lineDiscountBase(line), settings))
    acts.push({ action: 'large-discount', ...extentOf(discount) });
  return acts;
}

function extentOf(discount: Discount): Pick<ApprovalNeed, 'amount' | 'basisPoints'> {
  return discount.type === 'percent' ? { basisPoints: discount.basisPoints } : { amount: discount.amount };
}

/** What a line's discount is taken off, rounded up: no rounding rule makes a discount large that was not. Exact, whatever the figures. */
export function lineDiscountBase(line: Pick<SaleLine, 'unitPrice' | 'quantity' | 'unitScale' | 'promotion'>): bigint {
  const unitScale = BigInt(line.unitScale ?? 1);
  const gross = (BigInt(line.unitPrice) * BigInt(line.quantity) + unitScale - 1n) / unitScale;
  return gross - BigInt(line.promotion?.amount ?? 0);
}

/** What the sale's discount was taken off. */
function discountBase({ totals }: Pick<SaleBody, 'totals'>): Money {
  return (totals.gross - (totals.promotion ?? 0) - totals.discount) as Money;
}

interface Approved {
  readonly approval?: EntryId | undefined;
  readonly approvals?: readonly EntryId[] | undefined;
}

function namedBy({ approval, approvals = [] }: Approved): readonly EntryId[] {
  return approval ? [approval, ...approvals] : approvals;
}
