import { Button } from '@mantine/core';
import { IconCopy, IconShare } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useDeps, useDevice } from '../app/contexts.ts';
import { useSay } from '../app/messages.tsx';
import { useFormat } from '../app/use-format.ts';
import { useLive } from '../app/use-live.ts';
import type { Order, OrderArrived } from '../device/orders.ts';
import { orderRows, orderText } from './order-text.ts';
import type { Paper } from './printed-table.tsx';
import { TableOut } from './table-out.tsx';
import { useOrderText } from './use-order-text.ts';

const COLUMNS = ['product', 'sku', 'barcode', 'quantity', 'cost', 'total', 'note', 'received', 'missing'] as const;
const FIGURES: ReadonlySet<string> = new Set(['quantity', 'cost', 'total', 'received', 'missing']);
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
  const say = useSay();
  const message = useMessage(order);
  const text = useOrderText();
  if (order.lines.length === 0) return null;
  const rows = () => orderRows(order, arrived, ({ productId }) => catalogue.product(productId), digits);
  const head = COLUMNS.map((column) => t(`orders.column.${column}`));
  const title = `${t('orders.title')} ${text.title(order)}`;
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
  const paper = (): Paper => {
    const [heading = '', lead = ''] = message.split('\n');
    const texts = rows().map((row) => row.map((cell) => (cell === null ? '' : String(cell))));
    return { heading, lead, head, rows: texts, isFigure: (column) => FIGURES.has(COLUMNS[column] ?? 'product') };
  };
  return (
    <TableOut title={title} head={head} rows={rows} paper={paper} testId="order">
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
    </TableOut>
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
