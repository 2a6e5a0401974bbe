import { Button } from '@mantine/core';
import { IconTruckDelivery } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { OrderArrival } from '../../schema/stock/order-arrival.ts';
import { useDevice } from '../app/contexts.ts';
import { useLive } from '../app/use-live.ts';
import type { Order, OrderArrived, OrderLine } from '../device/orders.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { Panel } from '../ui/panel.tsx';
import { OrderLineFields } from './order-line-fields.tsx';
import styles from './orders-screen.module.css';
import { useOrderAct, useOrderText } from './use-order-text.ts';

interface OrderLinesProps {
  readonly order: Order;
  readonly arrived: OrderArrived | undefined;
  readonly mayEdit: boolean;
}

/** What is ordered, and how much of it came. */
export function OrderLines({ order, arrived, mayEdit }: OrderLinesProps) {
  const { t } = useTranslation();
  const text = useOrderText();
  const arrivals = new Map(arrived?.arrivals.map((one) => [one.productId, one]));
  const unasked = arrived?.arrivals.filter(({ ordered }) => ordered === 0) ?? [];
  const { amount, unknown } = text.total(order);
  if (order.lines.length === 0) {
    return (
      <div className={styles.card}>
        <EmptyState icon={<IconTruckDelivery size={40} />} title={t('orders.noLines')} help={t('orders.noLinesHelp')} />
      </div>
    );
  }
  return (
    <Panel title={t('orders.goods')} flush>
      <ul className={styles.list} aria-label={t('orders.goods')}>
        {order.lines.map((line) => (
          <OrderLineRow
            key={line.key}
            order={order}
            line={line}
            arrival={arrivals.get(line.productId)}
            mayEdit={mayEdit}
          />
        ))}
        {unasked.map((one) => (
          <li key={one.productId} className={styles.row} data-testid="order-unasked">
            <span className={styles.what}>
              {text.name(one)}
              <span className={`${styles.warn} num`}>
                {t('orders.unasked', { quantity: text.quantity(one, one.received) })}
              </span>
            </span>
          </li>
        ))}
      </ul>
      <p className={`${styles.total} num`} data-testid="order-total">
        {unknown === 0
          ? t('orders.total', { total: amount })
          : t('orders.totalSome', { total: amount, count: unknown })}
      </p>
    </Panel>
  );
}

interface OrderLineRowProps {
  readonly order: Order;
  readonly line: OrderLine;
  readonly arrival: OrderArrival | undefined;
  readonly mayEdit: boolean;
}

function OrderLineRow({ order, line, arrival, mayEdit }: OrderLineRowProps) {
  const { t } = useTranslation();
  const { stock } = useDevice();
  useLive(stock.version);
  const text = useOrderText();
  const isTwice = order.lines.filter(({ productId }) => productId === line.productId).length > 1;
  return (
    <li className={styles.row} data-testid="order-line" data-product={line.productId}>
      <span className={styles.what}>
        {text.name(line)}
        <span className={`${styles.soft} num`}>
          {t('orders.onHand', { quantity: text.quantity(line, stock.onHand(line.productId)) })}
          {arrival &&
            arrival.received > 0 &&
            ` · ${t('orders.here', { quantity: text.quantity(line, arrival.received) })}`}
          {arrival && arrival.received > 0 && arrival.missing > 0 && (
            <> · {t('orders.missing', { quantity: text.quantity(line, arrival.missing) })}</>
          )}
        </span>
        {arrival && arrival.over > 0 && (
          <span className={`${styles.warn} num`} data-testid="order-over">
            {t('orders.over', { quantity: text.quantity(line, arrival.over) })}
          </span>
        )}
        {isTwice && <span className={styles.warn}>{t('orders.twice')}</span>}
        <ApartMark order={order} line={line} mayEdit={mayEdit} />
      </span>
      <OrderLineFields order={order} line={line} mayEdit={mayEdit} />
    </li>
  );
}

/** Two changed it while apart; whoever looks says that it is right, or puts it right. */
function ApartMark({ order, line, mayEdit }: Omit<OrderLineRowProps, 'arrival'>) {
  const { t } = useTranslation();
  const { orders } = useDevice();
  const act = useOrderAct();
  const { mark } = line;
  if (mark === null) return null;
  return (
    <span className={styles.warn} data-testid="order-mark">
      {mark.kind === 'changed-apart'
        ? t('orders.changedApart', { tills: mark.by.join(', ') })
        : t('orders.removedApart')}
      {mayEdit && (
        <Button size="compact-sm" variant="default" onClick={() => void act(orders.keepLine(order.id, line.key))}>
          {t('orders.right')}
        </Button>
      )}
    </span>
  );
}
