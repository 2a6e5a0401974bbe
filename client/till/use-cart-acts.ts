import { useTranslation } from 'react-i18next';
import { isLargeDiscount, lineDiscountBase } from '../../schema/approval.ts';
import type { EntryId } from '../../schema/ids.ts';
import { addMoney, type Money, scaleMoney, subtractMoney, ZERO } from '../../schema/money.ts';
import { type Cart, type CartLine, priceCart, type ReceiptRules } from '../../schema/receipt.ts';
import type { Result } from '../../schema/result.ts';
import type { Discount, SaleTotals } from '../../schema/totals.ts';
import { useCart, useDevice } from '../app/contexts.ts';
import { useAllow } from '../app/use-allow.ts';
import type { AllowWish } from '../device/people.ts';
import { changeCart, type LineAmendment, shelfPrice } from './cart-change.ts';
import { useDiscountText } from './use-discount-text.ts';
import { useUndoable } from './use-undoable.ts';

/** Why an act changed nothing: somebody gave up asking for leave, or the discount is more than there is to take it off. */
export type ActFault = 'cancelled' | 'discount-too-much' | 'too-large';
type Done = Promise<ActFault | null>;

/** What a cashier does to the open cart and may need somebody's leave for. Null means it is done. */
export interface CartActs {
  remove(line: CartLine, index: number): Done;
  clear(): Done;
  amend(index: number, line: Omit<LineAmendment, 'approvals'>): Done;
  discountSale(discount: Discount | undefined): Done;
  addOpenItem(line: CartLine): Done;
}

export function useCartActs(): CartActs {
  const { t } = useTranslation();
  const open = useCart();
  const { sayUndoable } = useUndoable();
  const allow = useCartAllow();
  const judge = useDiscountJudge();
  const discountText = useDiscountText();
  const subjectOf = (name: string, discount: Discount | undefined) =>
    discount ? `${name} ${discountText(discount)}` : name;
  return {
    remove: async (line, index) => {
      const answer = await allow({ action: 'void-line', subject: line.name, amount: grossOf(line) });
      if (!answer.ok) return answer.error;
      open.change({ type: 'remove', index, approval: answer.value ?? undefined });
      sayUndoable(t('till.say.removed', { name: line.name }));
      return null;
    },
    clear: async () => {
      const wish: AllowWish = {
        action: 'void-line',
        subject: t('till.cart.clear'),
        ...grossOfAll(open.cart.get().lines),
      };
      const answer = await allow(wish);
      if (!answer.ok) return answer.error;
      open.clear();
      sayUndoable(t('till.say.cleared'));
      return null;
    },
    amend: async (index, line) => {
      const before = open.cart.get().lines[index];
      if (!before) return null;
      const judged = judge.line(index, line);
      if (judged.fault) return judged.fault;
      const wishes: AllowWish[] = [];
      const { price: amount } = line;
      if (amount !== before.unitPrice && amount !== shelfPrice(before))
        wishes.push({ action: 'price-override', subject: before.name, amount });
      if (judged.large && !sameDiscount(before.discount, line.discount))
        wishes.push({
          action: 'large-discount',
          subject: subjectOf(before.name, line.discount),
          ...extentOf(line.discount),
        });
      const approvals: EntryId[] = [];
      for (const wish of wishes) {
        const answer = await allow(wish);
        if (!answer.ok) return answer.error;
        if (answer.value) approvals.push(answer.value);
      }
      open.change({ type: 'amend', index, line: { ...line, approvals } });
      sayUndoable(t('sell.say.changed', { name: before.name }));
      return null;
    },
    discountSale: async (discount) => {
      const judged = judge.sale(discount);
      if (judged.fault) return judged.fault;
      const subject = subjectOf(t('till.line.saleDiscount'), discount);
      const wish: AllowWish = { action: 'large-discount', subject, ...extentOf(discount) };
      const answer = judged.large ? await allow(wish) : null;
      if (answer && !answer.ok) return answer.error;
      open.change({ type: 'sale-discount', discount, approval: answer?.value ?? undefined });
      sayUndoable(t(discount ? 'sell.say.discounted' : 'sell.say.undiscounted'));
      return null;
    },
    addOpenItem: async (line) => {
      const answer = await allow({ action: 'open-item', subject: line.name, amount: line.unitPrice });
      if (!answer.ok) return answer.error;
      const approval = answer.value ?? undefined;
      open.change({ type: 'insert', index: open.cart.get().lines.length, line: { ...line, approval } });
      sayUndoable(t('sell.say.added', { name: line.name }));
      return null;
    },
  };
}

/** Asks for leave about the open cart. */
function useCartAllow(): (wish: AllowWish) => Promise<Result<EntryId | null, 'cancelled'>> {
  const allow = useAllow();
  const open = useCart();
  return (wish) => allow({ cart: open.cart.get().cartId, ...wish });
}

/** How far leave for a discount reaches. */
function extentOf(discount: Discount | undefined): Pick<AllowWish, 'amount' | 'basisPoints'> {
  if (discount === undefined) return {};
  return discount.type === 'amount' ? { amount: discount.amount } : { basisPoints: discount.basisPoints };
}

interface Judged {
  readonly fault: ActFault | null;
  readonly large: boolean;
}
const FINE: Judged = { fault: null, large: false };

/** Whether a discount is more than there is to take it off, or more than goes without leave. */
function useDiscountJudge() {
  const open = useCart();
  const { promotions, company } = useDevice();
  const judge = (discount: Discount | undefined, base: bigint): Judged => {
    if (discount === undefined) return FINE;
    const off = discount.type === 'amount' ? discount.amount : ZERO;
    if (BigInt(off) > base) return { ...FINE, fault: 'discount-too-much' };
    return { fault: null, large: isLargeDiscount(discount, base, company.settings.get() ?? {}) };
  };
  return {
    line: (index: number, line: Omit<LineAmendment, 'approvals'>) => {
      const amended = changeCart(open.cart.get(), { type: 'amend', index, line: { ...line, approvals: [] } });
      const priced = promotions.apply(amended).lines[index];
      if (priced && !isSafe(priced)) return { ...FINE, fault: 'too-large' as const };
      return priced ? judge(line.discount, lineDiscountBase(priced)) : FINE;
    },
    sale: (discount: Discount | undefined) => {
      const rules = company.rules.get();
      if (!rules) return FINE;
      const totals = totalsOf({ ...promotions.apply(open.cart.get()), discount: undefined }, rules);
      if (totals === null) return { ...FINE, fault: 'too-large' as const };
      const left = subtractMoney(subtractMoney(totals.gross, totals.promotion ?? ZERO), totals.discount);
      return judge(discount, BigInt(left));
    },
  };
}

function totalsOf(cart: Cart, rules: ReceiptRules): SaleTotals | null {
  try {
    return priceCart(cart, rules).totals;
  } catch {
    return null;
  }
}

function isSafe(line: CartLine): boolean {
  return lineDiscountBase(line) <= BigInt(Number.MAX_SAFE_INTEGER);
}

function grossOf({ unitPrice, quantity, unitScale }: CartLine): Money {
  try {
    return scaleMoney(unitPrice, quantity, unitScale, 'half-up');
  } catch {
    return unitPrice;
  }
}

/** Nothing where it is too large to be added up: a cart is cleared all the same. */
function grossOfAll(lines: readonly CartLine[]): Pick<AllowWish, 'amount'> {
  try {
    return { amount: addMoney(...lines.map(grossOf)) };
  } catch {
    return {};
  }
}

function sameDiscount(left: Discount | undefined, right: Discount | undefined): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
