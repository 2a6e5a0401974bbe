import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useDevice } from '../app/contexts.ts';
import { useFormat } from '../app/use-format.ts';
import { useLive } from '../app/use-live.ts';
import { useLoaded } from '../app/use-loaded.ts';
import type { BelowZero } from '../device/below-zero.ts';
import { Panel } from '../ui/panel.tsx';
import { TakerTable } from './below-takers.tsx';
import styles from './limits-screen.module.css';
import { movementPath } from './movement-paths.ts';

/** Products below nothing, each with who took it there and what to do about it. */
export function BelowZeroPanel() {
  const { t } = useTranslation();
  const { office, stock } = useDevice();
  const version = `${useLive(office.version)} ${useLive(stock.version)}`;
  const below = useLoaded(() => office.belowZero(), version);
  return (
    <Panel title={t('shares.below.title')} testId="below-zero">
      {below === undefined && <p className={styles.soft}>{t('shares.page.reading')}</p>}
      {below?.length === 0 && <p className={styles.soft}>{t('shares.below.none')}</p>}
      {below?.map((row) => (
        <BelowRow key={row.product} row={row} />
      ))}
    </Panel>
  );
}

function BelowRow({ row: { product, onHand, takers, isWhole } }: { row: BelowZero }) {
  const { t } = useTranslation();
  const { catalogue } = useDevice();
  const format = useFormat();
  const { name = product, unitScale = 1 } = catalogue.product(product) ?? {};
  const quantity = (units: number) => format.quantity(units, unitScale);
  return (
    <section className={styles.product} data-testid="below-row" data-product={product}>
      <div className={styles.head}>
        <h3 className={`${styles.name} ${styles.below} num`}>
          {t('shares.below.row', { name, quantity: quantity(onHand) })}
        </h3>
        <div className={styles.buttons}>
          <Button component={Link} href={movementPath('receive', product)} variant="default">
            {t('shares.below.receive')}
          </Button>
          <Button component={Link} href={movementPath('adjust', product)} variant="default">
            {t('shares.below.count')}
          </Button>
        </div>
      </div>
      <p className={styles.soft}>{t('shares.below.help')}</p>
      {takers.length > 0 && <TakerTable takers={takers} quantity={quantity} />}
      {!isWhole && <p className={styles.soft}>{t('shares.below.more')}</p>}
    </section>
  );
}
