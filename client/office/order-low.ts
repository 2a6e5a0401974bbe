import { useTranslation } from 'react-i18next';
import type { DraftId } from '../../schema/draft.ts';
import { useDevice } from '../app/contexts.ts';
import { useSay } from '../app/messages.tsx';
import type { OrderWish } from '../device/orders.ts';
import { ORDER_LINES_MAX } from '../drafts/order-draft.ts';
import { useOrderAct } from './use-order-text.ts';

/** Puts what runs low on an order, as far as it has room, and says how much of it that was. */
export function useAddLow(): (id: DraftId, lines: number, low: readonly OrderWish[]) => Promise<void> {
  const { t } = useTranslation();
  const { orders } = useDevice();
  const say = useSay();
  const act = useOrderAct();
  return async (id, lines, low) => {
    const some = low.slice(0, Math.max(0, ORDER_LINES_MAX - lines));
    if (!(await act(orders.add(id, some)))) return;
    const counts = { added: some.length, count: low.length, max: ORDER_LINES_MAX };
    if (some.length < low.length) say({ tone: 'warning', text: t('orders.lowSome', counts) });
    else say({ tone: 'info', text: t('orders.lowAdded', counts) });
  };
}
