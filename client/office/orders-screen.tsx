import { Button, Switch, TextInput, UnstyledButton } from '@mantine/core';
import { IconPlus, IconTruckDelivery } from '@tabler/icons-react';
import { type FormEvent, useId, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DraftId } from '../../schema/draft.ts';
import { useDevice } from '../app/contexts.ts';
import { useLive } from '../app/use-live.ts';
import { useLoaded } from '../app/use-loaded.ts';
import { type Order, type OrderArrived, type OrderState, orderState } from '../device/orders.ts';
import { ORDER_SUPPLIER_MAX } from '../drafts/order-draft.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { useAddLow } from './order-low.ts';
import { OrderSheet } from './order-sheet.tsx';
import styles from './orders-screen.module.css';
import { useMayEdit } from './use-edit-company.ts';
import { useOrderAct, useOrderText } from './use-order-text.ts';

interface Standing {
  readonly order: Order;
  readonly state: OrderState;
  readonly arrived: OrderArrived | undefined;
}

/** The purchase orders of this shop, or the one that was chosen. */
export default function OrdersScreen() {
  const { orders, stock } = useDevice();
  const version = useLive(orders.version);
  const stockVersion = useLive(stock.version);
  const [chosen, setChosen] = useState<DraftId | null>(null);
  const list = orders.list();
  const arrived = useLoaded(() => orders.received(list), version);
  const all = list.map((order) => {
    const came = arrived?.get(order.id);
    return { order, arrived: came, state: orderState(order, came) };
  });
  const waited = all.filter(({ state }) => state === 'open' || state === 'ordered').map(({ order }) => order);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the versions stand for what is read.
  const low = useMemo(() => orders.proposals(waited), [version, stockVersion, arrived]);
  const open = all.find(({ order }) => order.id === chosen);
  if (open) return <OrderSheet key={open.order.id} {...open} low={low} onBack={() => setChosen(null)} />;
  return <OrderList all={all} low={low} onChoose={setChosen} />;
}

interface OrderListProps {
  readonly all: readonly Standing[];
  readonly low: ReturnType<ReturnType<typeof useDevice>['orders']['proposals']>;
  readonly onChoose: (id: DraftId) => void;
}

function OrderList({ all, low, onChoose }: OrderListProps) {
  const { t } = useTranslation();
  const mayEdit = useMayEdit();
  const [withDone, setWithDone] = useState(false);
  const isDone = ({ state }: Standing) => state === 'received' || state === 'closed';
  const shown = all.filter((one) => withDone || !isDone(one));
  return (
    <div className={styles.root}>
      <header>
        <h1 className={styles.title}>{t('orders.title')}</h1>
        <p className={styles.soft}>{mayEdit ? t('orders.help') : t('orders.managersOnly')}</p>
      </header>
      {mayEdit && low.length > 0 && <LowNotice low={low} onBegun={onChoose} />}
      {mayEdit && <BeginForm suppliers={suppliersOf(all)} onBegun={onChoose} />}
      {all.some(isDone) && (
        <Switch
          label={t('orders.showDone')}
          checked={withDone}
          onChange={(event) => setWithDone(event.currentTarget.checked)}
          data-testid="orders-done"
        />
      )}
      <div className={styles.card}>
        {shown.length === 0 ? (
          <EmptyState icon={<IconTruckDelivery size={40} />} title={t('orders.none')} help={t('orders.noneHelp')} />
        ) : (
          <ul className={styles.list} aria-label={t('orders.title')}>
            {shown.map((one) => (
              <OrderRow key={one.order.id} {...one} onChoose={() => onChoose(one.order.id)} />
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}

function suppliersOf(all: readonly Standing[]): string[] {
  return [...new Set(all.map(({ order }) => order.supplier))].filter((name) => name !== '').sort();
}

function LowNotice({ low, onBegun }: { low: OrderListProps['low']; onBegun: (id: DraftId) => void }) {
  const { t } = useTranslation();
  const { orders } = useDevice();
  const act = useOrderAct();
  const addLow = useAddLow();
  const begin = async () => {
    const begun = await orders.begin('');
    if (!(await act(Promise.resolve(begun))) || !begun.ok) return;
    await addLow(begun.value, 0, low);
    onBegun(begun.value);
  };
  return (
    <section className={styles.low} data-testid="orders-low">
      <span className={styles.what}>{t('orders.low', { count: low.length })}</span>
      <Button
        leftSection={<IconPlus size={20} aria-hidden="true" />}
        onClick={() => void begin()}
        data-testid="low-new"
      >
        {t('orders.lowNew')}
      </Button>
    </section>
  );
}

function BeginForm({ suppliers, onBegun }: { suppliers: readonly string[]; onBegun: (id: DraftId) => void }) {
  const { t } = useTranslation();
  const { orders } = useDevice();
  const act = useOrderAct();
  const [name, setName] = useState('');
  const [asked, setAsked] = useState(false);
  const known = useId();
  const begin = async (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (name.trim() === '') return;
    const begun = await orders.begin(name);
    if ((await act(Promise.resolve(begun))) && begun.ok) onBegun(begun.value);
  };
  return (
    <form className={styles.foot} onSubmit={(event) => void begin(event)} noValidate>
      <TextInput
        label={t('orders.supplier')}
        placeholder={t('orders.supplierPlaceholder')}
        value={name}
        maxLength={ORDER_SUPPLIER_MAX}
        onChange={(event) => setName(event.currentTarget.value)}
        error={asked && name.trim() === '' ? t('orders.needSupplier') : null}
        size="lg"
        autoComplete="off"
        list={known}
        data-testid="order-supplier"
      />
      <datalist id={known}>
        {suppliers.map((supplier) => (
          <option key={supplier} value={supplier} />
        ))}
      </datalist>
      <Button type="submit" size="lg" data-testid="order-begin">
        {t('orders.begin')}
      </Button>
    </form>
  );
}

function OrderRow({ order, state, arrived, onChoose }: Standing & { onChoose: () => void }) {
  const { t } = useTranslation();
  const text = useOrderText();
  const lines = t('orders.lines', { count: order.lines.length });
  const ordered = arrived?.arrivals.filter((one) => one.ordered > 0) ?? [];
  const here = ordered.filter(({ missing }) => missing === 0).length;
  return (
    <li className={styles.row}>
      <UnstyledButton className={styles.choice} onClick={onChoose} data-testid="order-row" data-state={state}>
        <span className={styles.what}>
          <strong>{text.title(order)}</strong>
          <span className={`${styles.soft} num`}>
            {t('orders.row', { lines, total: text.total(order).amount, date: text.date(order.begun) })}
          </span>
          {state !== 'received' && here > 0 && (
            <span className={`${styles.soft} num`}>
              {t('orders.arrived', { received: here, ordered: ordered.length })}
            </span>
          )}
        </span>
        <span className={styles.state} data-state={state}>
          {t(`orders.state.${state}`)}
        </span>
      </UnstyledButton>
    </li>
  );
}
