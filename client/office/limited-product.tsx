import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SharesView } from '../../schema/protocol/shares.ts';
import { useDevice } from '../app/contexts.ts';
import { useFormat } from '../app/use-format.ts';
import table from '../ui/table.module.css';
import { FiguresTable } from './figures-table.tsx';
import styles from './limits-screen.module.css';
import { WriteOffDialog } from './write-off-dialog.tsx';

type Product = SharesView['products'][number];
export type Holder = Product['holders'][number];

/** One limited product: what there is, what nobody holds, and who holds the rest. */
export function LimitedProduct({ product, onChanged }: { product: Product; onChanged: () => void }) {
  const { t } = useTranslation();
  const { catalogue } = useDevice();
  const format = useFormat();
  const [chosen, setChosen] = useState<Holder | null>(null);
  const { productId, onHand, free, holders } = product;
  const { name = productId, unitScale = 1 } = catalogue.product(productId) ?? {};
  const quantity = (units: number) => format.quantity(units, unitScale);
  return (
    <section className={styles.product} data-testid="limited-product" data-product={productId}>
      <div className={styles.head}>
        <h3 className={styles.name}>{name}</h3>
        <span className="num">{t('shares.limited.summary', { onHand: quantity(onHand), free: quantity(free) })}</span>
      </div>
      {holders.length === 0 ? (
        <p className={styles.soft}>{t('shares.limited.nobody')}</p>
      ) : (
        <HolderTable holders={holders} quantity={quantity} onChoose={setChosen} />
      )}
      <WriteOffDialog
        product={productId}
        holder={chosen}
        quantity={chosen ? quantity(chosen.held + chosen.open) : ''}
        onClose={() => setChosen(null)}
        onDone={onChanged}
      />
    </section>
  );
}

function HolderTable(props: {
  holders: readonly Holder[];
  quantity: (units: number) => string;
  onChoose: (holder: Holder) => void;
}) {
  const { t } = useTranslation();
  return (
    <FiguresTable
      label={t('shares.limited.held')}
      name={t('shares.limited.till')}
      figures={[
        t('shares.limited.held'),
        t('shares.limited.open'),
        <span key="off" className="visually-hidden">
          {t('shares.limited.off')}
        </span>,
      ]}
    >
      {props.holders.map((holder) => (
        <tr key={holder.deviceId} data-testid="holder" data-till={holder.till}>
          <th scope="row">{holder.till}</th>
          <td className={`${table.number} ${holder.held < 0 ? styles.below : ''}`}>{props.quantity(holder.held)}</td>
          <td className={table.number}>{props.quantity(holder.open)}</td>
          <td className={table.number}>
            <Button variant="default" onClick={() => props.onChoose(holder)} data-testid="write-off">
              {t('shares.limited.off')}
            </Button>
          </td>
        </tr>
      ))}
    </FiguresTable>
  );
}
