import { Button, Modal, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProductId } from '../../schema/ids.ts';
import { QUANTITY_MAX } from '../../schema/limits.ts';
import type { Product } from '../../schema/product.ts';
import { useDevice } from '../app/contexts.ts';
import { useSay } from '../app/messages.tsx';
import { useFormat } from '../app/use-format.ts';
import type { Order, OrderArrived, OrderWish } from '../device/orders.ts';
import { isAmount } from '../till/move-list.ts';
import { ProductPicker } from '../till/product-picker.tsx';
import { useFaultText } from '../till/use-fault-text.ts';
import { FaultNote } from '../ui/fault-note.tsx';
import { decimalMark, exactDecimal } from '../ui/format-money.ts';
import { scaleDigits } from '../ui/format-quantity.ts';
import { parseDecimal } from '../ui/parse-number.ts';
import { type ArrivedRow, arrivedRows, rowWish } from './order-receive.ts';
import styles from './orders-screen.module.css';
import { useOrderText } from './use-order-text.ts';
import { useTyped } from './use-typed.ts';

interface OrderReceiveDialogProps {
  readonly order: Order;
  readonly arrived: OrderArrived;
  readonly onClose: () => void;
}

/** What came for an order, filled in with what is missing; written as one entry. */
export function OrderReceiveDialog({ order, arrived, onClose }: OrderReceiveDialogProps) {
  const { t } = useTranslation();
  const text = useOrderText();
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('orders.receiveTitle', { supplier: text.title(order) })}
      size="xl"
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      <ReceiveForm order={order} arrived={arrived} onClose={onClose} />
    </Modal>
  );
}

function ReceiveForm({ order, arrived, onClose }: OrderReceiveDialogProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { orders, catalogue } = useDevice();
  const say = useSay();
  const faultText = useFaultText();
  const digitsOf = (id: ProductId) => scaleDigits(catalogue.product(id)?.unitScale ?? 1);
  const written = ({ productId }: Pick<OrderWish, 'productId'>, amount: number) =>
    exactDecimal(amount, digitsOf(productId)).replace('.', decimalMark(format.language));
  // What others receive while this is open changes nothing of what stands here: a person counts what lies before them.
  const {
    value: rows,
    set: setRows,
    forget,
  } = useTyped<readonly ArrivedRow[]>(
    `order ${order.id}`,
    (kept) => kept ?? arrivedRows(order, arrived, written, format.editable),
  );
  const [reference, setReference] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  const text = useOrderText();
  const reader = {
    quantity: (row: ArrivedRow) => parseDecimal(row.quantity, digitsOf(row.productId), format.language),
    cost: (row: ArrivedRow) => format.parseMoney(row.cost),
  };
  const add = (product: Product) => {
    if (rows.some(({ productId }) => productId === product.id)) return;
    const cost = orders.lastCost(product.id);
    const row = { productId: product.id, quantity: '1', cost: cost === null ? '' : format.editable(cost) };
    setRows([...rows, row]);
  };
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const wishes = rows.map((row) => rowWish(row, reader));
    const bad = rows[wishes.indexOf(null)];
    if (bad) return setFault(t('orders.receiveBad', { name: text.name(bad), max: text.quantity(bad, QUANTITY_MAX) }));
    const lines = wishes.flatMap((wish) => (wish && wish.quantity > 0 ? [wish] : []));
    if (lines.length === 0) return setFault(t('orders.receiveNone'));
    const done = await orders.receive(order, { reference, lines });
    if (!done.ok) return setFault(faultText(done.error));
    forget(rows);
    say({ tone: 'info', text: t('orders.received', { count: lines.length }) });
    onClose();
  };
  return (
    <form className={styles.part} onSubmit={(event) => void save(event)} noValidate>
      <p className={styles.soft}>{t('orders.receiveHelp')}</p>
      <ul className={`${styles.card} ${styles.list}`} aria-label={t('orders.receive')}>
        {rows.map((row, place) => (
          <ReceiveRow
            key={row.productId}
            row={row}
            arrived={arrived}
            amount={reader.quantity(row)}
            onChange={(next) => {
              setFault(null);
              setRows(rows.with(place, next));
            }}
          />
        ))}
      </ul>
      <ProductPicker onPick={add} />
      <FaultNote text={fault} />
      <div className={styles.foot}>
        <TextInput
          label={t('orders.reference')}
          value={reference}
          maxLength={120}
          onChange={(event) => setReference(event.currentTarget.value)}
          autoComplete="off"
          size="lg"
          data-testid="receive-reference"
        />
        <Button type="submit" size="lg" data-testid="receive-save">
          {t('orders.receiveSave')}
        </Button>
      </div>
    </form>
  );
}

interface ReceiveRowProps {
  readonly row: ArrivedRow;
  readonly arrived: OrderArrived;
  readonly amount: number | null;
  readonly onChange: (row: ArrivedRow) => void;
}

function ReceiveRow({ row, arrived, amount, onChange }: ReceiveRowProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const text = useOrderText();
  const name = text.name(row);
  const missing = arrived.arrivals.find(({ productId }) => productId === row.productId)?.missing ?? 0;
  const over = (amount ?? 0) - missing;
  return (
    <li className={styles.row} data-testid="receive-row" data-product={row.productId}>
      <span className={styles.what}>
        {name}
        <span className={`${over > 0 ? styles.warn : styles.soft} num`}>
          {over > 0
            ? t('orders.over', { quantity: text.quantity(row, over) })
            : t('orders.missing', { quantity: text.quantity(row, missing) })}
        </span>
      </span>
      <span className={styles.fields}>
        <TextInput
          className={styles.number ?? ''}
          label={t('orders.quantity')}
          aria-label={t('orders.quantityOf', { name })}
          value={row.quantity}
          onChange={(event) => onChange({ ...row, quantity: event.currentTarget.value })}
          onFocus={(event) => event.currentTarget.select()}
          inputMode="decimal"
          maxLength={16}
          autoComplete="off"
          error={row.quantity.trim() !== '' && !isAmount(amount, 0)}
          data-testid="receive-quantity"
        />
        <TextInput
          className={styles.number ?? ''}
          label={t('orders.cost')}
          aria-label={t('orders.costOf', { name })}
          value={row.cost}
          onChange={(event) => onChange({ ...row, cost: event.currentTarget.value })}
          onFocus={(event) => event.currentTarget.select()}
          inputMode="decimal"
          maxLength={16}
          autoComplete="off"
          error={row.cost.trim() !== '' && format.parseMoney(row.cost) === null}
        />
      </span>
    </li>
  );
}
