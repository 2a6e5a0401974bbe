import { useTranslation } from 'react-i18next';
import type { Delivery, OrderArrived } from '../device/orders.ts';
import { Panel } from '../ui/panel.tsx';
import styles from './orders-screen.module.css';
import { useOrderText } from './use-order-text.ts';

/** What came for an order, one delivery after the other, newest first. */
export function OrderDeliveries({ arrived }: { arrived: OrderArrived | undefined }) {
  const { t } = useTranslation();
  if (arrived === undefined) return null;
  return (
    <Panel title={t('orders.deliveries')} flush>
      {arrived.deliveries.length === 0 ? (
        <p className={styles.total}>{t('orders.noDeliveries')}</p>
      ) : (
        <ul className={styles.list}>
          {arrived.deliveries.map((delivery) => (
            <DeliveryRow key={delivery.entry} delivery={delivery} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

function DeliveryRow({ delivery }: { delivery: Delivery }) {
  const { t } = useTranslation();
  const text = useOrderText();
  const { at, person: by, reference, lines } = delivery;
  const mark = { at, by };
  return (
    <li className={styles.row} data-testid="order-delivery">
      <span className={styles.what}>
        {t('orders.delivery', { person: text.person(mark), date: text.date(mark) })}
        {reference !== '' && ` · ${reference}`}
        <span className={`${styles.soft} num`}>
          {lines.map((line) => `${text.name(line)}: ${text.quantity(line, line.quantity)}`).join(' · ')}
        </span>
      </span>
    </li>
  );
}
