import { type ApprovalNeed, approvalNeeds, covers, reaches } from '../../schema/approval.ts';
import type { PersonId } from '../../schema/ids.ts';
import { buildReceipt, type Cart, type ReceiptPlace, type ReceiptRules } from '../../schema/receipt.ts';
import { mayPerson } from '../../schema/roles.ts';
import { unservedNeeds } from '../../schema/serve-needs.ts';
import type { Approval, ApprovalBook } from '../store/approval-book.ts';
import type { CompanyBook } from '../store/company-book.ts';

export interface LeaveDeps {
  readonly company: Pick<CompanyBook, 'people' | 'settings'>;
  readonly approvalBook: Pick<ApprovalBook, 'find'>;
}

interface LeaveWish {
  readonly cart: Cart;
  readonly person: PersonId;
  readonly rules: ReceiptRules;
  readonly place: ReceiptPlace;
}

/**
 * What a cart does that its person may not do alone, and for which no approval that is known here reaches far enough (ROLE7). An approval
 * that has not arrived is believed: the server judges it. Goods that come back are allowed as a refund, not line by line.
 */
export function lackingLeave(
  { company, approvalBook }: LeaveDeps,
  { cart, person, rules, place }: LeaveWish,
): readonly ApprovalNeed[] {
  if (cart.lines.some(({ originalLine }) => originalLine !== undefined)) return [];
  const settings = company.settings.get() ?? {};
  const roleOf = (id: PersonId) => company.people.get().find((doc) => doc.person === id && doc.active)?.role;
  const isGiven = (approval: Approval | undefined, need: ApprovalNeed): boolean => {
    if (approval === undefined) return true;
    if (approval.cart !== undefined && approval.cart !== cart.cartId) return false;
    if (!covers(approval.action, need.action) || !reaches(approval, need)) return false;
    return mayPerson(roleOf(approval.approver), need.action, settings);
  };
  const body = { ...buildReceipt(cart, rules, place), payments: [] };
  const needs = approvalNeeds({ kind: 'sale', body }, settings).filter(
    ({ action }) => !mayPerson(roleOf(person), action, settings),
  );
  return unservedNeeds(needs, (id, need) => isGiven(approvalBook.find(id), need));
}
