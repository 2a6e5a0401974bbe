import { Button, Textarea, TextInput } from '@mantine/core';
import { IconArrowLeft, IconPlus, IconTruckDelivery } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Product } from '../../schema/product.ts';
import { useDevice } from '../app/contexts.ts';
import { useSay } from '../app/messages.tsx';
import type { Order, OrderArrived, OrderState, OrderWish } from '../device/orders.ts';
import { ORDER_NOTE_MAX, ORDER_SUPPLIER_MAX } from '../drafts/order-draft.ts';
import { ProductPicker } from '../till/product-picker.tsx';
import { useScanner } from '../till/use-scanner.ts';
import { useTypingSearches } from '../till/use-typing-searches.ts';
import { Panel } from '../ui/panel.tsx';
import { OrderDeliveries } from './order-deliveries.tsx';
import { OrderLines } from './order-lines.tsx';
import { useAddLow } from './order-low.ts';
import { OrderReceiveDialog } from './order-receive-dialog.tsx';
import { OrderSave } from './order-save.tsx';
import styles from './orders-screen.module.css';
import { useMayEdit } from './use-edit-company.ts';
import { useOrderAct, useOrderText } from './use-order-text.ts';

interface OrderSheetProps {
  readonly order: Order;
  readonly state: OrderState;
  readonly arrived: OrderArrived | undefined;
  readonly low: readonly OrderWish[];
  readonly onBack: () => void;
}

/** One order: its goods, what arrived of them, and what can be done with it. What others change meanwhile joins it. */
export function OrderSheet({ order, state, arrived, low, onBack }: OrderSheetProps) {
  const { t } = useTranslation();
  const text = useOrderText();
  const mayEdit = useMayEdit();
  return (
    <div className={styles.root}>
      <header>
        <Button variant="subtle" leftSection={<IconArrowLeft size={20} />} onClick={onBack} data-testid="order-back">
          {t('orders.back')}
        </Button>
        <h1 className={styles.title}>{text.title(order)}</h1>
        <p className={styles.soft} role="status" data-testid="order-state" data-state={state}>
          <StateText order={order} state={state} />
        </p>
      </header>
      <StateButtons order={order} arrived={arrived} mayEdit={mayEdit} />
      {mayEdit && <AddGoods order={order} low={low} />}
      <OrderLines order={order} arrived={arrived} mayEdit={mayEdit} />
      <OrderSave order={order} arrived={arrived} />
      <OrderDeliveries arrived={arrived} />
      <Details key={`${order.supplier} ${order.note}`} order={order} mayEdit={mayEdit} />
      {mayEdit && <EndButtons order={order} onGone={onBack} />}
    </div>
  );
}

/** How it stands, and who said so. */
function StateText({ order, state }: Pick<OrderSheetProps, 'order' | 'state'>) {
  const { t } = useTranslation();
  const text = useOrderText();
  const { ordered, closed } = order;
  if (closed) return t('orders.closedBy', { person: text.person(closed), date: text.date(closed) });
  const by = ordered && t('orders.orderedBy', { person: text.person(ordered), date: text.date(ordered) });
  return [...(by && state === 'ordered' ? [] : [t(`orders.state.${state}`)]), ...(by ? [by] : [])].join(' · ');
}

function StateButtons({ order, arrived, mayEdit }: Pick<OrderSheetProps, 'order' | 'arrived'> & { mayEdit: boolean }) {
  const { t } = useTranslation();
  const { orders } = useDevice();
  const act = useOrderAct();
  const [receiving, setReceiving] = useState(false);
  if (!mayEdit || order.lines.length === 0) return null;
  return (
    <div className={styles.buttons}>
      <Button
        size="md"
        variant={order.ordered ? 'default' : 'filled'}
        onClick={() => void act(orders.setOrdered(order.id, order.ordered === null))}
        data-testid="order-ordered"
      >
        {t(order.ordered ? 'orders.unmarkOrdered' : 'orders.markOrdered')}
      </Button>
      <Button
        size="md"
        variant={order.ordered ? 'filled' : 'default'}
        leftSection={<IconTruckDelivery size={20} aria-hidden="true" />}
        disabled={arrived === undefined}
        onClick={() => setReceiving(true)}
        data-testid="order-receive"
      >
        {t('orders.receive')}
      </Button>
      {arrived && receiving && (
        <OrderReceiveDialog order={order} arrived={arrived} onClose={() => setReceiving(false)} />
      )}
    </div>
  );
}

/** Scan, search or take what runs low: each scan is one more. */
function AddGoods({ order, low }: Pick<OrderSheetProps, 'order' | 'low'>) {
  const { t } = useTranslation();
  const { catalogue, orders } = useDevice();
  const say = useSay();
  const act = useOrderAct();
  const addLow = useAddLow();
  const add = ({ id, unitScale }: Product) =>
    act(orders.add(order.id, [{ productId: id, quantity: unitScale, unitCost: orders.lastCost(id) }]));
  useTypingSearches();
  useScanner((barcode) => {
    const product = catalogue.byBarcode(barcode);
    if (product) void add(product);
    else say({ tone: 'warning', text: t('goods.move.unknownBarcode', { barcode }) });
  });
  return (
    <div className={styles.part}>
      <ProductPicker onPick={(product) => void add(product)} />
      {low.length > 0 && (
        <Button
          variant="default"
          className={styles.start ?? ''}
          leftSection={<IconPlus size={20} aria-hidden="true" />}
          onClick={() => void addLow(order.id, order.lines.length, low)}
          data-testid="low-add"
        >
          {t('orders.lowAdd', { count: low.length })}
        </Button>
      )}
    </div>
  );
}

function Details({ order, mayEdit }: { order: Order; mayEdit: boolean }) {
  const { t } = useTranslation();
  const { orders } = useDevice();
  const say = useSay();
  const act = useOrderAct();
  const [supplier, setSupplier] = useState(order.supplier);
  const [note, setNote] = useState(order.note);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (supplier !== order.supplier && !(await act(orders.setSupplier(order.id, supplier)))) return;
    if (note !== order.note && !(await act(orders.setNote(order.id, note)))) return;
    say({ tone: 'info', text: t('orders.saved') });
  };
  return (
    <Panel title={t('orders.details')}>
      <form className={styles.part} onSubmit={(event) => void save(event)} noValidate>
        <TextInput
          label={t('orders.supplier')}
          value={supplier}
          maxLength={ORDER_SUPPLIER_MAX}
          disabled={!mayEdit}
          onChange={(event) => setSupplier(event.currentTarget.value)}
          autoComplete="off"
          data-testid="order-supplier"
        />
        <Textarea
          label={t('orders.notes')}
          value={note}
          maxLength={ORDER_NOTE_MAX}
          disabled={!mayEdit}
          onChange={(event) => setNote(event.currentTarget.value)}
          autosize
          minRows={2}
          data-testid="order-note"
        />
        <Button
          type="submit"
          variant="default"
          className={styles.start ?? ''}
          disabled={!mayEdit || (supplier === order.supplier && note === order.note)}
          data-testid="order-save"
        >
          {t('orders.save')}
        </Button>
      </form>
    </Panel>
  );
}

function EndButtons({ order, onGone }: { order: Order; onGone: () => void }) {
  const { t } = useTranslation();
  const { orders } = useDevice();
  const say = useSay();
  const act = useOrderAct();
  const discard = async () => {
    if (!(await act(orders.discard(order.id)))) return;
    const undo = { label: t('orders.undo'), act: () => void act(orders.restore(order.id)) };
    say({ tone: 'info', text: t('orders.discarded'), action: undo });
    onGone();
  };
  return (
    <div className={styles.buttons}>
      <Button
        variant="default"
        onClick={() => void act(orders.setClosed(order.id, order.closed === null))}
        data-testid="order-close"
      >
        {t(order.closed ? 'orders.reopen' : 'orders.close')}
      </Button>
      <Button variant="default" color="red" onClick={() => void discard()} data-testid="order-discard">
        {t('orders.discard')}
      </Button>
    </div>
  );
}
