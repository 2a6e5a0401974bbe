import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconDiscount } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { addMoney } from '../../schema/money.ts';
import type { ComputedSale } from '../../schema/totals.ts';
import { useCart, useDevice } from '../app/contexts.ts';
import { useFormat } from '../app/use-format.ts';
import { useLive } from '../app/use-live.ts';
import styles from './cart-totals.module.css';
import { SaleDiscountDialog } from './sale-discount-dialog.tsx';

interface CartTotalsProps {
  readonly priced: ComputedSale | null;
  readonly onPay: () => void;
  readonly fault: string | null;
}

/** Subtotal, discount and tax, the total in large figures, and Pay. */
export function CartTotals({ priced, onPay, fault }: CartTotalsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [asking, ask] = useDisclosure(false);
  const cart = useLive(useCart().cart);
  const totals = priced?.totals;
  const off = totals ? addMoney(totals.discount, totals.saleDiscount) : null;
  const inclusive = useInclusiveTax();
  const empty = cart.lines.length === 0;
  return (
    <div className={styles.foot}>
      {totals && !empty && (
        <dl className={styles.sums}>
          <Sum label={t('till.cart.subtotal')} amount={format.money(totals.gross)} />
          {off !== null && off > 0 && <Sum label={t('till.cart.discount')} amount={`−${format.money(off)}`} />}
          {totals.tax > 0 && (
            <Sum label={t(inclusive ? 'till.cart.taxIncluded' : 'till.cart.tax')} amount={format.money(totals.tax)} />
          )}
        </dl>
      )}
      <div className={styles.total}>
        <span>{t('till.cart.total')}</span>
        <output className="num" data-testid="cart-total">
          {totals ? format.money(totals.due) : '–'}
        </output>
      </div>
      {fault && (
        <p className={styles.fault} role="alert" data-testid="pay-fault">
          {fault}
        </p>
      )}
      <div className={styles.acts}>
        <Button
          variant="default"
          size="xl"
          px="lg"
          onClick={ask.open}
          disabled={empty}
          aria-label={t('till.line.saleDiscount')}
          data-testid="sale-discount"
        >
          <IconDiscount size={24} aria-hidden="true" />
        </Button>
        <Button size="xl" px="sm" fullWidth onClick={onPay} disabled={empty} data-testid="pay">
          {totals && !empty ? t('till.cart.pay', { amount: format.money(totals.due) }) : t('till.cart.payShort')}
        </Button>
      </div>
      <SaleDiscountDialog opened={asking} onClose={ask.close} />
    </div>
  );
}

function Sum({ label, amount }: { label: string; amount: string }) {
  return (
    <div className={styles.sum}>
      <dt>{label}</dt>
      <dd className="num">{amount}</dd>
    </div>
  );
}

/** True where all taxes of the shop are already in its prices. */
function useInclusiveTax(): boolean {
  const rules = useLive(useDevice().company.rules);
  return rules?.taxes.every((tax) => tax.inclusive) ?? true;
}
