import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { QUANTITY_MAX } from '../../schema/limits.ts';
import type { Money } from '../../schema/money.ts';
import { useDevice } from '../app/contexts.ts';
import { type Format, useFormat } from '../app/use-format.ts';
import type { Order, OrderLine } from '../device/orders.ts';
import { ORDER_LINE_NOTE_MAX } from '../drafts/order-draft.ts';
import { isAmount } from '../till/move-list.ts';
import { decimalMark, exactDecimal } from '../ui/format-money.ts';
import { scaleDigits } from '../ui/format-quantity.ts';
import { parseDecimal } from '../ui/parse-number.ts';
import { KeptField } from './kept-field.tsx';
import styles from './orders-screen.module.css';
import { useOrderAct, useOrderText } from './use-order-text.ts';

interface OrderLineFieldsProps {
  readonly order: Order;
  readonly line: OrderLine;
  readonly mayEdit: boolean;
}

/** Quantity, expected cost and note of a line. */
export function OrderLineFields({ order, line, mayEdit }: OrderLineFieldsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { orders, catalogue } = useDevice();
  const act = useOrderAct();
  const name = useOrderText().name(line);
  const unitScale = catalogue.product(line.productId)?.unitScale ?? 1;
  const digits = scaleDigits(unitScale);
  const max = format.quantity(QUANTITY_MAX, unitScale);
  const wanted = (typed: string) => parseDecimal(typed, digits, format.language);
  const change = (next: Parameters<typeof orders.changeLine>[2]) => act(orders.changeLine(order.id, line.key, next));
  return (
    <span className={styles.fields}>
      <KeptField
        className={styles.number ?? ''}
        label={t('orders.quantity')}
        name={t('orders.quantityOf', { name })}
        text={exactDecimal(line.quantity, digits).replace('.', decimalMark(format.language))}
        fault={(typed) => (isAmount(wanted(typed), 1) ? null : t('orders.badQuantity', { max }))}
        keep={(typed) => change({ quantity: wanted(typed) ?? 1 })}
        inputMode={digits === 0 ? 'numeric' : 'decimal'}
        maxLength={16}
        disabled={!mayEdit}
        testId="order-quantity"
      />
      <KeptField
        className={styles.number ?? ''}
        label={t('orders.cost')}
        name={t('orders.costOf', { name })}
        text={line.unitCost === null ? '' : format.editable(line.unitCost)}
        fault={(typed) => (costOf(typed, format) === undefined ? t('orders.badCost') : null)}
        keep={(typed) => change({ unitCost: costOf(typed, format) ?? null })}
        inputMode={format.currency.digits === 0 ? 'numeric' : 'decimal'}
        maxLength={16}
        disabled={!mayEdit}
        testId="order-cost"
      />
      <KeptField
        className={styles.note ?? ''}
        label={t('orders.note')}
        name={t('orders.noteOf', { name })}
        text={line.note}
        fault={() => null}
        keep={(note) => change({ note })}
        maxLength={ORDER_LINE_NOTE_MAX}
        disabled={!mayEdit}
      />
      {mayEdit && (
        <ActionIcon
          className={styles.drop ?? ''}
          aria-label={t('orders.remove', { name })}
          onClick={() => void act(orders.removeLine(order.id, line.key))}
          data-testid="order-remove"
        >
          <IconX size={20} />
        </ActionIcon>
      )}
    </span>
  );
}

/** A cost as typed: null for none, undefined for what is no cost. */
function costOf(typed: string, { parseMoney }: Pick<Format, 'parseMoney'>): Money | null | undefined {
  if (typed.trim() === '') return null;
  const cost = parseMoney(typed);
  return cost === null || cost < 0 ? undefined : cost;
}
