import { Button } from '@mantine/core';
import { IconCopy, IconFileText, IconPrinter, IconShare } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { useDeps, useDevice } from '../app/contexts.ts';
import { useSay } from '../app/messages.tsx';
import { useFormat } from '../app/use-format.ts';
import { useLive } from '../app/use-live.ts';
import type { Order, OrderArrived } from '../device/orders.ts';
import table from '../ui/table.module.css';
import { orderRows, orderText } from './order-text.ts';
import styles from './orders-screen.module.css';
import { type Cell, csvOf } from './report-csv.ts';
import { useOrderText } from './use-order-text.ts';

const COLUMNS = ['product', 'sku', 'barcode', 'quantity', 'cost', 'total', 'note', 'received', 'missing'] as const;
const PAPER = '@page { size: A4; margin: 12mm; }';
/** A person who gives up sharing needs no sentence; a browser that fails does. */
const GIVEN_UP = 'AbortError';

interface OrderSaveProps {
  readonly order: Order;
  readonly arrived: OrderArrived | undefined;
}

/** Takes an order to its supplier: as a message, a file or on paper. */
export function OrderSave({ order, arrived }: OrderSaveProps) {
  const { t } = useTranslation();
  const { page } = useDeps();
  const { catalogue } = useDevice();
  const { digits } = useFormat().currency;
  const [printing, setPrinting] = useState(false);
  const say = useSay();
  const message = useMessage(order);
  const text = useOrderText();
  if (order.lines.length === 0) return null;
  const rows = () => orderRows(order, arrived, ({ productId }) => catalogue.product(productId), digits);
  const head = COLUMNS.map((column) => t(`orders.column.${column}`));
  const name = `${t('orders.title')} ${text.title(order)}`.replace(/[^\p{L}\p{N}]+/gu, '-');
  const share = page.share;
  const copy = () =>
    page.copy(message).then(
      () => say({ tone: 'info', text: t('orders.copied') }),
      () => say({ tone: 'warning', text: t('orders.copyFailed') }),
    );
  const shareIt = () =>
    share?.(message).catch((error: unknown) => {
      if (error instanceof DOMException && error.name === GIVEN_UP) return;
      say({ tone: 'warning', text: t('orders.shareFailed') });
    });
  return (
    <div className={styles.buttons}>
      {share && (
        <Button variant="default" leftSection={<IconShare size={18} aria-hidden="true" />} onClick={shareIt}>
          {t('orders.share')}
        </Button>
      )}
      <Button
        variant="default"
        leftSection={<IconCopy size={18} aria-hidden="true" />}
        onClick={() => void copy()}
        data-testid="order-copy"
      >
        {t('orders.copy')}
      </Button>
      <Button
        variant="default"
        leftSection={<IconFileText size={18} aria-hidden="true" />}
        onClick={() => page.saveFile(`${name}.csv`, csvOf(head, rows()))}
        data-testid="order-csv"
      >
        {t('orders.csv')}
      </Button>
      <Button
        variant="default"
        leftSection={<IconPrinter size={18} aria-hidden="true" />}
        onClick={() => setPrinting(true)}
        data-testid="order-print"
      >
        {t('orders.print')}
      </Button>
      {printing &&
        createPortal(
          <PrintedOrder title={name} message={message} head={head} rows={rows()} onDone={() => setPrinting(false)} />,
          document.body,
        )}
    </div>
  );
}

/** What a supplier reads. */
function useMessage(order: Order): string {
  const { t } = useTranslation();
  const { catalogue, company } = useDevice();
  const settings = useLive(company.settings);
  const text = useOrderText();
  return orderText(order, ({ productId }) => catalogue.product(productId), {
    title: t('orders.text.title', { supplier: text.title(order) }),
    from: [settings?.name, text.date(order.ordered ?? order.begun)].filter(Boolean).join(', '),
    note: order.note ? t('orders.text.note', { note: order.note }) : '',
    quantity: (line) => text.quantity(line, line.quantity),
  });
}

interface PrintedOrderProps {
  readonly title: string;
  readonly message: string;
  readonly head: readonly string[];
  readonly rows: readonly Cell[][];
  readonly onDone: () => void;
}

function PrintedOrder({ title, message, head, rows, onDone }: PrintedOrderProps) {
  const { page } = useDeps();
  useEffect(() => {
    page
      .print({ title, pageStyle: PAPER })
      .finally(onDone)
      .catch(() => undefined);
  }, [page, title, onDone]);
  const [heading = '', from = ''] = message.split('\n');
  return (
    <div className={`print-root ${styles.paper}`} aria-hidden="true">
      <h1>{heading}</h1>
      <p>{from}</p>
      <table className={`${table.table} ${table.inset}`}>
        <thead>
          <tr>
            {head.map((name) => (
              <th key={name}>{name}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the paper is drawn once.
            <tr key={place}>
              {row.map((cell, column) => (
                <td key={head[column]}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
