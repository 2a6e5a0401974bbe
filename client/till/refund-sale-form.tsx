import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Refund, Sale } from '../../schema/entry/sale.ts';
import type { CartId } from '../../schema/ids.ts';
import { useDeps, useDevice } from '../app/contexts.ts';
import { useFormat } from '../app/use-format.ts';
import { useLive } from '../app/use-live.ts';
import { useLoaded } from '../app/use-loaded.ts';
import { QuantityStepper } from '../ui/quantity-stepper.tsx';
import { alreadyBack, refundCart } from './refund-cart.ts';
import { RefundFoot } from './refund-foot.tsx';
import styles from './refund-form.module.css';

/** How far back this device looks for refunds of the same receipt. */
const REFUNDS_LOOKED_AT_MAX = 1_000;

/** Chooses lines and quantities of one receipt. Nothing is chosen at first, and no more than was sold can be. */
export function RefundSaleForm({ sale, onDone }: { sale: Sale; onDone: (refund: Refund) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { newId } = useDeps();
  const { lines, rounding } = sale.body;
  const [cartId] = useState(() => newId() as CartId);
  const [chosen, setChosen] = useState<readonly number[]>(() => lines.map(() => 0));
  const back = alreadyBack(lines, useRefundsOf(sale));
  const left = lines.map((line, index) => line.quantity - (back[index] ?? 0));
  const choose = (index: number, quantity: number) =>
    setChosen(chosen.with(index, Math.max(0, Math.min(quantity, left[index] ?? 0))));
  const cart = refundCart(
    cartId,
    lines.map((line, index) => ({ line, quantity: chosen[index] ?? 0 })),
    rounding,
  );
  return (
    <div className={styles.root} data-testid="refund-form">
      <Button variant="default" onClick={() => setChosen(left)} data-testid="refund-all">
        {t('goods.refund.all')}
      </Button>
      <ul className={styles.lines}>
        {lines.map((line, index) => {
          const scale = line.unitScale ?? 1;
          const now = chosen[index] ?? 0;
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a line of a receipt is named by its place.
            <li key={index} className={styles.line}>
              <span>
                {line.name}
                <span className={`${styles.detail} num`}>
                  {t('goods.refund.sold', { quantity: format.quantity(line.quantity, scale) })}
                  {(back[index] ?? 0) > 0 &&
                    `, ${t('goods.refund.already', { quantity: format.quantity(back[index] ?? 0, scale) })}`}
                </span>
              </span>
              <QuantityStepper
                value={format.quantity(now, scale)}
                less={t('till.cart.less', { name: line.name })}
                more={t('till.cart.more', { name: line.name })}
                onLess={() => choose(index, scale === 1 ? now - 1 : 0)}
                onMore={() => choose(index, scale === 1 ? now + 1 : line.quantity)}
                lessDisabled={now === 0}
                moreDisabled={now >= (left[index] ?? 0)}
              />
            </li>
          );
        })}
      </ul>
      <RefundFoot cart={cart} original={{ entry: sale.id, receipt: sale.body.receipt }} onDone={onDone} />
    </div>
  );
}

function useRefundsOf(sale: Sale) {
  const { till } = useDevice();
  const entries = useLoaded(() => till.recent(REFUNDS_LOOKED_AT_MAX), useLive(till.version)) ?? [];
  return entries.flatMap((entry) =>
    entry.kind === 'refund' && entry.body.original?.receipt === sale.body.receipt ? [entry.body] : [],
  );
}
