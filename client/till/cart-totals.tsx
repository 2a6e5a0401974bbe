import { Button } from '@mantine/core';
import { IconDiscount } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { addMoney, ZERO } from '../../schema/money.ts';
import type { ComputedSale } from '../../schema/totals.ts';
import { useDevice } from '../app/contexts.ts';
import { useFormat } from '../app/use-format.ts';
import { useLive } from '../app/use-live.ts';
import styles from './cart-totals.module.css';

interface CartTotalsProps {
  readonly priced: ComputedSale | null;
  readonly empty: boolean;
  readonly onPay: () => void;
  readonly onDiscount: () => void;
  readonly fault: string | null;
}

/** Subtotal, discount and tax, the total in large figures, and Pay. */
export function CartTotals({ priced, empty, onPay, onDiscount, fault }: CartTotalsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const totals = priced?.totals;
  const off = totals ? addMoney(totals.discount, totals.saleDiscount) : null;
  const rules = useLive(useDevice().company.rules);
  const inclusive = rules?.taxes.every((tax) => tax.inclusive) ?? true;
  // Said before anybody tries to pay.
  const said = priced === null && !empty && rules !== undefined ? t('till.fault.amount-too-large') : fault;
  return (
    <div className={styles.foot}>
      {totals && !empty && (
        <dl className={styles.sums}>
          {totals.gross !== totals.due && <Sum label={t('till.cart.subtotal')} amount={format.money(totals.gross)} />}
          {totals.promotion !== undefined && totals.promotion > ZERO && (
            <Sum label={t('sell.promotion.sum')} amount={`−${format.money(totals.promotion)}`} />
          )}
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
      {said && (
        <p className={styles.fault} role="alert" data-testid="pay-fault">
          {said}
        </p>
      )}
      <div className={styles.acts}>
        <Button
          variant="default"
          size="xl"
          px="lg"
          onClick={onDiscount}
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
