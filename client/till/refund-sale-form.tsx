import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Refund, Sale, SaleLine } from '../../schema/entry/sale.ts';
import type { CartId } from '../../schema/ids.ts';
import type { Cart } from '../../schema/receipt.ts';
import { alreadyBack, refundCart } from '../../schema/refund.ts';
import { useDeps, useDevice } from '../app/contexts.ts';
import { useFormat } from '../app/use-format.ts';
import { useLive } from '../app/use-live.ts';
import { useLoaded } from '../app/use-loaded.ts';
import { QuantityStepper } from '../ui/quantity-stepper.tsx';
import { NewGoods } from './new-goods.tsx';
import { RefundFoot } from './refund-foot.tsx';
import styles from './refund-form.module.css';

/** Chooses lines and quantities of one receipt. Nothing is chosen at first, and no more than was sold can be. */
export function RefundSaleForm({ sale, onDone }: { sale: Sale; onDone: (refund: Refund) => void }) {
  const { t } = useTranslation();
  const { newId } = useDeps();
  const { promotions } = useDevice();
  const { lines } = sale.body;
  const [cartId] = useState(() => newId() as CartId);
  const [chosen, setChosen] = useState<readonly number[]>(() => lines.map(() => 0));
  const [goods, setGoods] = useState<Cart | null>(null);
  const back = useAlreadyBack(sale);
  const left = lines.map((line, index) => line.quantity - (back[index] ?? 0));
  const choose = (index: number, quantity: number) =>
    setChosen(chosen.with(index, Math.max(0, Math.min(quantity, left[index] ?? 0))));
  const cart = refundCart(
    cartId,
    sale.body,
    chosen.map((quantity, index) => ({ quantity, before: back[index] ?? 0 })),
  );
  return (
    <div className={styles.root} data-testid="refund-form">
      <div className={styles.tools}>
        <Button variant="default" onClick={() => setChosen(left)} data-testid="refund-all">
          {t('goods.refund.all')}
        </Button>
        <Button
          variant="default"
          aria-pressed={goods !== null}
          onClick={() => setGoods(goods ? null : { cartId: newId() as CartId, lines: [] })}
          data-testid="exchange"
        >
          {t(goods ? 'goods.exchange.off' : 'goods.exchange.on')}
        </Button>
      </div>
      <ul className={styles.lines}>
        {lines.map((line, index) => (
          <ReturnLine
            // biome-ignore lint/suspicious/noArrayIndexKey: a line of a receipt is named by its place.
            key={index}
            line={line}
            now={chosen[index] ?? 0}
            back={back[index] ?? 0}
            onChoose={(quantity) => choose(index, quantity)}
          />
        ))}
      </ul>
      {goods && (
        <section aria-label={t('goods.exchange.goods')}>
          <h3 className={styles.heading}>{t('goods.exchange.goods')}</h3>
          <NewGoods cart={goods} onChange={setGoods} />
        </section>
      )}
      <RefundFoot cart={cart} sale={sale} goods={goods && promotions.apply(goods)} onDone={onDone} />
    </div>
  );
}

interface ReturnLineProps {
  readonly line: SaleLine;
  readonly now: number;
  readonly back: number;
  readonly onChoose: (quantity: number) => void;
}

/** Pieces come back one by one; what was weighed comes back whole. */
function ReturnLine({ line, now, back, onChoose }: ReturnLineProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const scale = line.unitScale ?? 1;
  const sold = t('goods.refund.sold', { quantity: format.quantity(line.quantity, scale) });
  const already = t('goods.refund.already', { quantity: format.quantity(back, scale) });
  return (
    <li className={styles.line}>
      <span>
        {line.name}
        <span className={`${styles.detail} num`}>{back > 0 ? `${sold}, ${already}` : sold}</span>
      </span>
      <QuantityStepper
        value={format.quantity(now, scale)}
        less={t('till.cart.less', { name: line.name })}
        more={t('till.cart.more', { name: line.name })}
        onLess={() => onChoose(scale === 1 ? now - 1 : 0)}
        onMore={() => onChoose(scale === 1 ? now + 1 : line.quantity)}
        lessDisabled={now === 0}
        moreDisabled={now >= line.quantity - back}
      />
    </li>
  );
}

/** What came back of each line already, here and, as far as received, at other tills. */
function useAlreadyBack(sale: Sale): readonly number[] {
  const { returns, office } = useDevice();
  const refunds = useLoaded(() => returns.known(sale), useLive(office.version)) ?? [];
  return alreadyBack(
    sale.body.lines,
    refunds.map(({ body }) => body),
  );
}
