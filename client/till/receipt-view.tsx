import { useTranslation } from 'react-i18next';
import type { RefundBody, SaleBody, SaleLine } from '../../schema/entry/sale.ts';
import type { PersonId } from '../../schema/ids.ts';
import { addMoney, type Rounding, scaleMoney, ZERO } from '../../schema/money.ts';
import { useDevice } from '../app/contexts.ts';
import { type Format, useFormat } from '../app/use-format.ts';
import { useLive } from '../app/use-live.ts';
import { type PaperSum, ReceiptPaper } from '../ui/receipt-paper.tsx';

interface ReceiptViewProps {
  readonly body: SaleBody | RefundBody;
  readonly kind: 'sale' | 'refund';
  readonly at: number;
  readonly person: PersonId;
}

/** A sale or refund as a receipt, in the words of the person who looks at it. */
export function ReceiptView({ body, kind, at, person }: ReceiptViewProps) {
  const { t } = useTranslation();
  const { company } = useDevice();
  const format = useFormat();
  const shop = useLive(company.settings);
  const branch = useLive(company.branch);
  const name = useLive(company.people).find((one) => one.person === person)?.name ?? person;
  const refund = kind === 'refund' ? (body as RefundBody) : null;
  const facts = [
    format.dateTime(at),
    `${t('till.receipt.cashier')}: ${name}`,
    ...(refund?.original ? [t('till.receipt.refundOf', { receipt: refund.original.receipt })] : []),
    ...(refund?.reason ? [`${t('till.receipt.reason')}: ${refund.reason}`] : []),
  ];
  return (
    <ReceiptPaper
      shop={shop?.name ?? ''}
      branch={branch?.name ?? ''}
      title={t(kind === 'sale' ? 'goods.receipts.sale' : 'goods.receipts.refund')}
      receipt={body.receipt}
      facts={facts}
      lines={body.lines.map((line, index) => ({ key: String(index), ...paperLine(line, body.rounding, format) }))}
      sums={useSums(body)}
    />
  );
}

/** A line shows its price before discounts; what they take off stands once, under the lines. */
function paperLine(line: SaleLine, rounding: Rounding, format: Format) {
  const off = line.discountTotal ?? ZERO;
  const price = `${format.quantity(line.quantity, line.unitScale ?? 1)} × ${format.money(line.unitPrice)}`;
  return {
    name: line.name,
    detail: off > 0 ? `${price}  −${format.money(off)}` : price,
    total: format.money(scaleMoney(line.unitPrice, line.quantity, line.unitScale ?? 1, rounding)),
  };
}

function useSums(body: SaleBody): PaperSum[] {
  const { t } = useTranslation();
  const format = useFormat();
  const { totals, payments } = body;
  const off = addMoney(totals.discount, totals.saleDiscount);
  const change = addMoney(...payments.map((payment) => payment.change ?? ZERO));
  const given = addMoney(...payments.map((payment) => payment.tendered ?? payment.amount));
  const tax = body.taxes.every((one) => one.inclusive) ? t('till.cart.taxIncluded') : t('till.cart.tax');
  return [
    ...(off > 0 ? [{ key: 'gross', label: t('till.cart.subtotal'), amount: format.money(totals.gross) }] : []),
    ...(off > 0 ? [{ key: 'off', label: t('till.cart.discount'), amount: `−${format.money(off)}` }] : []),
    ...(totals.tax > 0 ? [{ key: 'tax', label: tax, amount: format.money(totals.tax) }] : []),
    { key: 'total', label: t('till.cart.total'), amount: format.money(totals.due), strong: true },
    { key: 'given', label: t('till.receipt.cash'), amount: format.money(given) },
    ...(change > 0 ? [{ key: 'change', label: t('till.pay.change'), amount: format.money(change) }] : []),
  ];
}
