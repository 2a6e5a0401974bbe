import { useTranslation } from 'react-i18next';
import type { Refund, Sale } from '../../schema/entry/sale.ts';
import type { Cart } from '../../schema/receipt.ts';
import { fail, ok, type Result } from '../../schema/result.ts';
import { useDeps, useDevice } from '../app/contexts.ts';
import { useAllow } from '../app/use-allow.ts';
import type { RefundPlan } from './refund-plan.ts';
import { useFaultText } from './use-fault-text.ts';

export interface GiveBackWish {
  readonly cart: Cart;
  readonly sale: Sale | null;
  /** What goes out in exchange; null for a refund alone. */
  readonly goods: Cart | null;
  readonly plan: RefundPlan;
  readonly reason: string;
}

/** Writes a refund or an exchange, once somebody who may has allowed it. Gives why not as a sentence. */
export function useGiveBack(): (wish: GiveBackWish) => Promise<Result<Refund, string>> {
  const { t } = useTranslation();
  const { till, returns } = useDevice();
  const { newId } = useDeps();
  const allow = useAllow();
  const faultText = useFaultText();
  return async ({ cart, sale, goods, plan, reason }) => {
    const receipt = sale?.body.receipt;
    const amount = plan.refund.reduce((sum, payment) => sum + payment.amount, 0) as never;
    const allowed = await allow({ action: 'refund', subject: receipt ?? reason, amount, cart: cart.cartId });
    if (!allowed.ok) return fail(t('goods.refund.notAllowed'));
    const exchange = goods ? { exchange: newId() } : {};
    const approvals = allowed.value ? { approvals: [allowed.value] } : {};
    const customer = sale?.body.customer ? { customer: sale.body.customer } : {};
    const refund = {
      cart: { ...cart, ...customer, ...approvals, ...exchange },
      payments: plan.refund,
      reason,
      // Leave may be asked for a while: what was shown is what is given.
      rules: plan.rules,
      ...(sale ? { original: { entry: sale.id, receipt: sale.body.receipt } } : {}),
    };
    if (!goods) {
      const written = await till.refund(refund);
      return written.ok ? written : fail(faultText(written.error));
    }
    const out = { cart: { ...goods, ...customer, ...exchange }, payments: plan.sale };
    const written = await returns.exchange({ refund, sale: out, rules: plan.rules });
    return written.ok ? ok(written.value.refund) : fail(faultText(written.error));
  };
}
