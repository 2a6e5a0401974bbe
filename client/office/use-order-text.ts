import { useTranslation } from 'react-i18next';
import { useDevice } from '../app/contexts.ts';
import { useSay } from '../app/messages.tsx';
import { useFormat } from '../app/use-format.ts';
import { useLive } from '../app/use-live.ts';
import type { HoldFault } from '../device/drafts.ts';
import type { Order, OrderMark, OrderWish } from '../device/orders.ts';
import { ORDER_LINES_MAX } from '../drafts/order-draft.ts';
import { orderCost } from './order-sums.ts';

/** How people read an order's names, amounts and marks. */
export function useOrderText() {
  const { t } = useTranslation();
  const format = useFormat();
  const { catalogue, company } = useDevice();
  const people = useLive(company.people);
  const scaleOf = ({ productId }: Pick<OrderWish, 'productId'>) => catalogue.product(productId)?.unitScale ?? 1;
  const personOf = ({ by }: Pick<OrderMark, 'by'>) => people.find(({ person }) => person === by)?.name ?? by;
  return {
    title: ({ supplier }: Pick<Order, 'supplier'>) => supplier || t('orders.noSupplier'),
    name: ({ productId }: Pick<OrderWish, 'productId'>) => catalogue.product(productId)?.name ?? productId,
    quantity: (line: Pick<OrderWish, 'productId'>, amount: number) => format.quantity(amount, scaleOf(line)),
    person: personOf,
    date: ({ at }: Pick<OrderMark, 'at'>) => format.dateTime(at),
    total: ({ lines }: Pick<Order, 'lines'>) => {
      const { total, unknown } = orderCost(lines, scaleOf);
      return { amount: format.money(total), unknown };
    },
  };
}

/** Does something to an order; says why where it was not done. True when it was. */
export function useOrderAct() {
  const { t } = useTranslation();
  const say = useSay();
  return async (done: Promise<{ readonly ok: true } | { readonly ok: false; readonly error: HoldFault | 'full' }>) => {
    const written = await done;
    if (written.ok) return true;
    const { error } = written;
    const text = error === 'full' ? t('orders.full', { max: ORDER_LINES_MAX }) : t(`orders.fault.${error}`);
    say({ tone: 'warning', text });
    return false;
  };
}
