import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useDevice } from '../app/contexts.ts';
import { useFormat } from '../app/use-format.ts';
import { useLive } from '../app/use-live.ts';
import { useLoaded } from '../app/use-loaded.ts';
import type { BelowTaker, BelowZero } from '../device/below-zero.ts';
import { Panel } from '../ui/panel.tsx';
import table from '../ui/table.module.css';
import styles from './limits-screen.module.css';

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
          <Button component={Link} href="/receive" variant="default">
            {t('shares.below.receive')}
          </Button>
          <Button component={Link} href="/adjust" variant="default">
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

function TakerTable({ takers, quantity }: { takers: readonly BelowTaker[]; quantity: (units: number) => string }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div className={table.wrap}>
      <table className={`${table.table} ${table.inset}`} aria-label={t('shares.below.took')}>
        <thead>
          <tr>
            <th scope="col">{t('shares.below.till')}</th>
            <th scope="col">{t('shares.below.receipt')}</th>
            <th scope="col" className={table.number}>
              {t('shares.below.units')}
            </th>
            <th scope="col">{t('shares.below.when')}</th>
          </tr>
        </thead>
        <tbody>
          {takers.map(({ id, till, receipt, kind, units, at }) => (
            <tr key={id} data-testid="below-taker">
              <th scope="row">{till ?? t('shell.unknownTill')}</th>
              <td>
                <TakerName receipt={receipt} kind={kind} />
              </td>
              <td className={table.number}>{quantity(units)}</td>
              <td>{format.dateTime(at)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** What took stock beside sales. */
const KINDS = ['adjust', 'waste', 'transfer-out'] as const;

function TakerName({ receipt, kind }: Pick<BelowTaker, 'receipt' | 'kind'>) {
  const { t } = useTranslation();
  const known = KINDS.find((one) => one === kind);
  return receipt ?? (known ? t(`sync.kind.${known}`) : kind);
}
